import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { DayChange, Interval } from "../../api/calendar";
import { api, call } from "../../api/client";

const CALENDAR = ["calendar"] as const;
const LEAVE = ["leave"] as const;
const SHIFTS = ["shifts"] as const;

type TeamId = number | undefined;
const ofTeam = (team: TeamId) => (team === undefined ? {} : { team_id: team });

export const hoursQuery = (team: TeamId) =>
  queryOptions({
    queryKey: [...CALENDAR, "hours", team ?? null],
    queryFn: ({ signal }) =>
      call(api.GET("/api/calendar/hours", { params: { query: ofTeam(team) }, signal })),
    refetchOnWindowFocus: true,
  });

export const daysQuery = (year: number, team: TeamId) =>
  queryOptions({
    queryKey: [...CALENDAR, "days", year, team ?? null],
    queryFn: ({ signal }) =>
      call(api.GET("/api/calendar/days", { params: { query: { year, ...ofTeam(team) } }, signal })),
    placeholderData: keepPreviousData,
  });

export const shiftsQuery = (from: string, until: string, team: TeamId) =>
  queryOptions({
    queryKey: [...SHIFTS, from, until, team ?? null],
    queryFn: ({ signal }) =>
      call(api.GET("/api/shifts", { params: { query: { from, until, ...ofTeam(team) } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchOnWindowFocus: true,
  });

export const leaveQuery = queryOptions({
  queryKey: LEAVE,
  queryFn: ({ signal }) => call(api.GET("/api/leave", { signal })),
  staleTime: 0,
  refetchOnWindowFocus: true,
});

function useCalendarWork<T>(mutationFn: (given: T) => Promise<unknown>, ...keys: (readonly string[])[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

/** Null: as what is above. */
export function useSetHours(team: TeamId) {
  return useCalendarWork((week: Interval[][] | null) => {
    type Body = {
      week: [Interval[], Interval[], Interval[], Interval[], Interval[], Interval[], Interval[]] | null;
    };
    const body = { week } as Body;
    return call(api.PUT("/api/calendar/hours", { params: { query: ofTeam(team) }, body }));
  }, CALENDAR);
}

/** Without a change the date is left to what it would be. */
export function useSetDay(team: TeamId) {
  return useCalendarWork(({ date, change }: { date: string; change: DayChange | null }) => {
    const params = { path: { day: date }, query: ofTeam(team) };
    return change
      ? call(api.PUT("/api/calendar/days/{day}", { params, body: change }))
      : call(api.DELETE("/api/calendar/days/{day}", { params }));
  }, CALENDAR);
}

export function useAddShift() {
  type New = { staff_id: number; from_at: string; until_at: string };
  return useCalendarWork((body: New) => call(api.POST("/api/shifts", { body })), SHIFTS);
}

export function useDeleteShift() {
  return useCalendarWork(
    (id: number) => call(api.DELETE("/api/shifts/{shift_id}", { params: { path: { shift_id: id } } })),
    SHIFTS,
  );
}

export function useCopyWeek(team: TeamId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (monday: string) =>
      call(api.POST("/api/shifts/copies", { body: { monday, ...ofTeam(team) } })),
    onSuccess: () => client.invalidateQueries({ queryKey: SHIFTS }),
  });
}

export type NewLeave = {
  staff_id: number | null;
  from_at: string;
  until_at: string;
  deputy_id: number | null;
  note: string;
};

export function useAddLeave() {
  return useCalendarWork((body: NewLeave) => call(api.POST("/api/leave", { body })), LEAVE, SHIFTS);
}

export function useEndLeave() {
  return useCalendarWork(
    (id: number) => call(api.DELETE("/api/leave/{leave_id}", { params: { path: { leave_id: id } } })),
    LEAVE,
    SHIFTS,
  );
}
