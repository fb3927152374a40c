import type { paths } from "./schema";
import type { ConversationRow } from "./types";

type Json<R> = R extends { content: { "application/json": infer B } } ? B : never;

/** How much of a customer somebody sees. */
export type Access = ConversationRow["access"];
export type StaffRef = NonNullable<ConversationRow["custodian"]>;
export type Revealed = Json<paths["/api/contacts/{contact_id}/reveal"]["post"]["responses"][200]>;
export type CustodyEntry = Json<
  paths["/api/conversations/{conversation_id}/custody"]["get"]["responses"][200]
>["items"][number];
export type Share = Json<
  paths["/api/conversations/{conversation_id}/shares"]["get"]["responses"][200]
>["items"][number];
export type NotePage = Json<paths["/api/conversations/{conversation_id}/notes"]["get"]["responses"][200]>;
export type Note = NotePage["items"][number];
