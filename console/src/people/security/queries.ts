import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Role } from "../../api/admin";
import { api, call } from "../../api/client";

export const policyQuery = queryOptions({
  queryKey: ["security-policy"],
  queryFn: ({ signal }) => call(api.GET("/api/security-policy", { signal })),
  staleTime: 0,
});

export function useChangePolicy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (totp_roles: Role[]) => call(api.PUT("/api/security-policy", { body: { totp_roles } })),
    onSuccess: (policy) => client.setQueryData(policyQuery.queryKey, policy),
  });
}
