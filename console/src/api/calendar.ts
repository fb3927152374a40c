import type { paths } from "./schema";

type Json<R> = R extends { content: { "application/json": infer B } } ? B : never;

export type Hours = Json<paths["/api/calendar/hours"]["get"]["responses"][200]>;
export type Week = Hours["week"];
export type Interval = Week[number][number];
export type CalendarTeam = Hours["teams"][number];
export type CalendarDay = Json<paths["/api/calendar/days"]["get"]["responses"][200]>["items"][number];
export type DayKind = NonNullable<CalendarDay["rule"]>["kind"];
export type DayChange = { kind: DayKind; name: string; intervals: Interval[] };
export type ShiftList = Json<paths["/api/shifts"]["get"]["responses"][200]>;
export type Shift = ShiftList["items"][number];
export type LeaveList = Json<paths["/api/leave"]["get"]["responses"][200]>;
export type Leave = LeaveList["items"][number];
