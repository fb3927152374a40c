import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, call } from "../../api/client";

/** Colleagues by name, the first twenty that fit. `reach`: those only to whom one may give a customer. */
export const choicesQuery = (search: string, reach: boolean) =>
  queryOptions({
    queryKey: ["staff-choices", search, reach],
    queryFn: ({ signal }) =>
      call(
        api.GET("/api/staff/choices", {
          params: { query: { ...(search && { search }), ...(reach && { reach }) } },
          signal,
        }),
      ),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
