import type { paths } from "./schema";

type Json<R> = R extends { content: { "application/json": infer B } } ? B : never;

// What the pages of the administration read, derived from paths like the rest of the types.
export type ChannelAccountDetail = Json<paths["/api/channel-accounts/{account_id}"]["get"]["responses"][200]>;
export type Connection = Json<paths["/api/channel-accounts/zalo-oa/connections"]["post"]["responses"][201]>;
export type ChannelAdmin = Json<
  paths["/api/channel-accounts/{account_id}/admins"]["get"]["responses"][200]
>["items"][number];
export type Colleague = Json<paths["/api/colleagues"]["get"]["responses"][200]>["items"][number];
export type ChannelLimit = Json<paths["/api/channel-limits"]["get"]["responses"][200]>["items"][number];
export type PrivacyRequest = Json<paths["/api/privacy-requests"]["get"]["responses"][200]>["items"][number];
export type PrivacyState = "open" | "closed";
export type Demo = Json<paths["/api/demo"]["get"]["responses"][200]>;
export type StaffMember = Json<paths["/api/staff"]["get"]["responses"][200]>["items"][number];
export type Role = StaffMember["role"];
export type StaffTeam = { team_id: number; leads: boolean };
export type Team = Json<paths["/api/teams"]["get"]["responses"][200]>["items"][number];
