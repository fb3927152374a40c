import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "../../api/client";

export const channelLimitsQuery = queryOptions({
  queryKey: ["channel-limits"],
  queryFn: ({ signal }) => call(api.GET("/api/channel-limits", { signal })),
  refetchOnWindowFocus: true,
});

/** Sets a limit, or with null takes it back to what its source says. */
export function useChangeLimit(key: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (value: number | null) => {
      const params = { path: { key } };
      if (value === null) await call(api.DELETE("/api/channel-limits/{key}", { params }));
      else await call(api.PUT("/api/channel-limits/{key}", { params, body: { value } }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: channelLimitsQuery.queryKey }),
  });
}
