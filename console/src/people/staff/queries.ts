import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { Role, StaffMember, StaffTeam, Team } from "../../api/admin";
import { api, call } from "../../api/client";
import { patchQuery } from "../../shared/patchQuery";
import type { StaffState } from "./search";

/** When people were last seen moves by itself: what was read a minute ago is shown, and read again. */
const LOOK_AGAIN_MS = 60_000;

const STAFF = ["staff"] as const;
const LISTS = [...STAFF, "list"] as const;

export type StaffFilter = { search: string; role: Role | null; team: number | null; state: StaffState };
type StaffPage = { items: StaffMember[]; next: string | null; total: number };
type StaffPages = { pages: StaffPage[]; pageParams: unknown[] };

export const staffListQuery = ({ search, role, team, state }: StaffFilter) =>
  infiniteQueryOptions({
    queryKey: [...LISTS, { search, role, team, state }],
    queryFn: ({ pageParam, signal }) =>
      call(
        api.GET("/api/staff", {
          params: {
            query: {
              ...(search && { search }),
              ...(role && { role }),
              ...(team !== null && { team_id: team }),
              ...(state !== "all" && { suspended: state === "suspended" }),
              ...(state === "unconfirmed" && { recording_confirmed: false }),
              ...(pageParam && { before: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_AGAIN_MS,
    staleTime: 0,
    refetchOnWindowFocus: true,
  });

function inLists(client: QueryClient, staffId: number): StaffMember | undefined {
  for (const [, data] of client.getQueriesData<StaffPages>({ queryKey: LISTS })) {
    const found = data?.pages.flatMap((page) => page.items).find((one) => one.id === staffId);
    if (found) return found;
  }
  return undefined;
}

export const staffMemberQuery = (client: QueryClient, staffId: number) => {
  const known = inLists(client, staffId);
  return queryOptions({
    queryKey: [...STAFF, "one", staffId],
    queryFn: ({ signal }) =>
      call(api.GET("/api/staff/{staff_id}", { params: { path: { staff_id: staffId } }, signal })),
    ...(known && { placeholderData: known }),
    staleTime: 0,
    refetchOnWindowFocus: true,
  });
};

export const teamsQuery = queryOptions({
  queryKey: ["teams"],
  queryFn: ({ signal }) => call(api.GET("/api/teams", { signal })),
  refetchOnWindowFocus: true,
});

/** Shows the person as they are now wherever they stand, then has lists and counts read anew. */
async function settle(client: QueryClient, member: StaffMember): Promise<void> {
  client.setQueryData([...STAFF, "one", member.id], member);
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: LISTS }))
    patchQuery<StaffPages>(client, queryKey, (data) => ({
      ...data,
      pages: data.pages.map((page) => ({
        ...page,
        items: page.items.map((one) => (one.id === member.id ? member : one)),
      })),
    }));
  await Promise.all([
    client.invalidateQueries({ queryKey: LISTS }),
    client.invalidateQueries({ queryKey: teamsQuery.queryKey }),
    client.invalidateQueries({ queryKey: ["colleagues"] }),
  ]);
}

export type NewPerson = { name: string; login: string; role: Role; teams: StaffTeam[] };

export function useAddPerson() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (person: NewPerson) => call(api.POST("/api/staff", { body: person })),
    onSuccess: ({ member }) => settle(client, member),
  });
}

export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (person: NewPerson) => call(api.POST("/api/staff/invitations", { body: person })),
    onSuccess: ({ member }) => settle(client, member),
  });
}

/** A new link; the old one opens nothing any more. */
export function useInviteAgain(staffId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      call(api.POST("/api/staff/{staff_id}/invitation", { params: { path: { staff_id: staffId } } })),
    onSuccess: ({ member }) => settle(client, member),
  });
}

export function useResetLink(staffId: number) {
  return useMutation({
    mutationFn: () =>
      call(api.POST("/api/staff/{staff_id}/password-reset", { params: { path: { staff_id: staffId } } })),
  });
}

export function useRemoveSecondFactor(staffId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      call(api.DELETE("/api/staff/{staff_id}/second-factor", { params: { path: { staff_id: staffId } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: STAFF }),
  });
}

/** After people came by another way than one by one. */
export function useReadStaffAnew() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [STAFF, teamsQuery.queryKey, ["colleagues"]].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
}

export type PersonChange = { name?: string; role?: Role; teams?: StaffTeam[] };

export function useChangePerson(staffId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PersonChange) =>
      call(api.PATCH("/api/staff/{staff_id}", { params: { path: { staff_id: staffId } }, body })),
    onSuccess: (member) => settle(client, member),
  });
}

export function useRenewPassword(staffId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      call(api.POST("/api/staff/{staff_id}/password", { params: { path: { staff_id: staffId } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: STAFF }),
  });
}

/** True: from now on they are out; false: they may come back. */
export function useSuspension(staffId: number) {
  const client = useQueryClient();
  const params = { params: { path: { staff_id: staffId } } };
  return useMutation({
    mutationFn: (suspended: boolean) =>
      suspended
        ? call(api.PUT("/api/staff/{staff_id}/suspension", params))
        : call(api.DELETE("/api/staff/{staff_id}/suspension", params)),
    onSuccess: (member) => settle(client, member),
  });
}

export type TeamWork =
  | { add: { kind: Team["kind"]; name: string; parent_id: number | null } }
  | { change: number; to: { name?: string; parent_id?: number | null } }
  | { remove: number };

/** Every answer is the whole tree. */
export function useTeamWork() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (work: TeamWork) => {
      if ("add" in work) return call(api.POST("/api/teams", { body: work.add }));
      if ("remove" in work)
        return call(api.DELETE("/api/teams/{team_id}", { params: { path: { team_id: work.remove } } }));
      return call(
        api.PATCH("/api/teams/{team_id}", { params: { path: { team_id: work.change } }, body: work.to }),
      );
    },
    onSuccess: async (teams) => {
      client.setQueryData(teamsQuery.queryKey, teams);
      await client.invalidateQueries({ queryKey: STAFF });
    },
  });
}
