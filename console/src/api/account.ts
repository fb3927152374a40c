import type { paths } from "./schema";

type Json<R> = R extends { content: { "application/json": infer B } } ? B : never;

export type AccountSecurity = Json<paths["/api/account/security"]["get"]["responses"][200]>;
export type Device = Json<paths["/api/account/devices"]["get"]["responses"][200]>["items"][number];
export type ApiToken = Json<paths["/api/account/tokens"]["get"]["responses"][200]>["items"][number];
export type ImportPreview = Json<paths["/api/staff/import/preview"]["post"]["responses"][200]>;
export type ImportRow = ImportPreview["rows"][number];
export type ImportFault = ImportRow["faults"][number];
export type Imported = Json<paths["/api/staff/import"]["post"]["responses"][200]>;
