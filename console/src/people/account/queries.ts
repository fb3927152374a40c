import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "../../api/client";

const ACCOUNT = ["account"] as const;

export const securityQuery = queryOptions({
  queryKey: [...ACCOUNT, "security"],
  queryFn: ({ signal }) => call(api.GET("/api/account/security", { signal })),
  staleTime: 0,
});

/** One's own browsers, or with `staffId` somebody's. */
export const devicesQuery = (staffId: number | null) =>
  queryOptions({
    queryKey: staffId === null ? [...ACCOUNT, "devices"] : ["staff", "devices", staffId],
    queryFn: ({ signal }) =>
      staffId === null
        ? call(api.GET("/api/account/devices", { signal }))
        : call(api.GET("/api/staff/{staff_id}/devices", { params: { path: { staff_id: staffId } }, signal })),
    staleTime: 0,
  });

export function useEndDevice(staffId: number | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (deviceId: number) =>
      staffId === null
        ? call(api.DELETE("/api/account/devices/{device_id}", { params: { path: { device_id: deviceId } } }))
        : call(
            api.DELETE("/api/staff/{staff_id}/devices/{device_id}", {
              params: { path: { staff_id: staffId, device_id: deviceId } },
            }),
          ),
    onSettled: () => client.invalidateQueries({ queryKey: devicesQuery(staffId).queryKey }),
  });
}

export const tokensQuery = queryOptions({
  queryKey: [...ACCOUNT, "tokens"],
  queryFn: ({ signal }) => call(api.GET("/api/account/tokens", { signal })),
});

export const allTokensQuery = queryOptions({
  queryKey: ["api-tokens"],
  queryFn: ({ signal }) => call(api.GET("/api/api-tokens", { signal })),
  staleTime: 0,
});

export type NewToken = { name: string; scopes: string[]; expires_at: string };

export function useAddToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewToken) => call(api.POST("/api/account/tokens", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
}

/** One's own; `any`: as somebody who looks after all. */
export function useRevokeToken(any: boolean) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tokenId: number) => {
      const params = { params: { path: { token_id: tokenId } } };
      return any
        ? call(api.DELETE("/api/api-tokens/{token_id}", params))
        : call(api.DELETE("/api/account/tokens/{token_id}", params));
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
        client.invalidateQueries({ queryKey: allTokensQuery.queryKey }),
      ]),
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { current: string; password: string }) =>
      call(api.PUT("/api/account/password", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: devicesQuery(null).queryKey }),
  });
}

/** The secret is made once, however often the page is drawn. */
export function useTotp() {
  const client = useQueryClient();
  const read = () => client.invalidateQueries({ queryKey: securityQuery.queryKey });
  return {
    begin: useMutation({ mutationFn: () => call(api.POST("/api/account/totp")) }),
    confirm: useMutation({
      mutationFn: (code: string) => call(api.PUT("/api/account/totp", { body: { code } })),
      onSuccess: read,
    }),
    remove: useMutation({ mutationFn: () => call(api.DELETE("/api/account/totp")), onSuccess: read }),
    renewCodes: useMutation({
      mutationFn: () => call(api.POST("/api/account/recovery-codes")),
      onSuccess: read,
    }),
  };
}
