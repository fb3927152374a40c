import type { paths } from "./schema";

type Json<R> = R extends { content: { "application/json": infer B } } ? B : never;

// Derived from paths, not from component names, so that renaming a server class changes nothing here.
export type Me = Json<paths["/api/session"]["get"]["responses"][200]>;
export type ConversationPage = Json<paths["/api/conversations"]["get"]["responses"][200]>;
export type ConversationRow = ConversationPage["items"][number];
export type ConversationDetail = Json<paths["/api/conversations/{conversation_id}"]["get"]["responses"][200]>;
export type MessagePage = Json<
  paths["/api/conversations/{conversation_id}/messages"]["get"]["responses"][200]
>;
export type Message = MessagePage["items"][number];
export type Attachment = Message["attachments"][number];
export type Delivery = NonNullable<Message["delivery"]>;
export type ChannelAccount = Json<paths["/api/channel-accounts"]["get"]["responses"][200]>["items"][number];
export type QuarantinePage = Json<paths["/api/quarantine"]["get"]["responses"][200]>;
export type QuarantineItem = QuarantinePage["items"][number];

export type View = "open" | "mine" | "waiting" | "all";
export type Locale = "vi" | "en";
export type ColorScheme = "auto" | "light" | "dark";
