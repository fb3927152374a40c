import type { paths } from "./schema";

type Json<R> = R extends { content: { "application/json": infer B } } ? B : never;

// Derived from paths, not from component names, so that renaming a server class changes nothing here.
export type Me = Json<paths["/api/session"]["get"]["responses"][200]>;
export type ConversationPage = Json<paths["/api/conversations"]["get"]["responses"][200]>;
export type ConversationCounts = NonNullable<ConversationPage["counts"]>;
export type ConversationRow = ConversationPage["items"][number];
export type ConversationDetail = Json<paths["/api/conversations/{conversation_id}"]["get"]["responses"][200]>;
export type Reply = ConversationDetail["reply"];
export type Tag = ConversationRow["tags"][number];
export type MessagePage = Json<
  paths["/api/conversations/{conversation_id}/messages"]["get"]["responses"][200]
>;
export type Gap = MessagePage["gaps"][number];
export type Message = MessagePage["items"][number];
/** A name within a text; `pos` and `len` count UTF-16 code units. */
export type Mention = Message["mentions"][number];
export type Attachment = Message["attachments"][number];
export type Quote = NonNullable<Message["quote"]>;
export type Reaction = Message["reactions"][number];
export type SentTemplate = NonNullable<Message["template"]>;
export type MessageButton = Message["buttons"][number];
type Sending = NonNullable<
  paths["/api/conversations/{conversation_id}/messages"]["post"]["requestBody"]
>["content"]["application/json"];
export type NewButton = NonNullable<Sending["buttons"]>[number];
export type Template = Json<
  paths["/api/conversations/{conversation_id}/templates"]["get"]["responses"][200]
>["items"][number];
export type Contact = Json<paths["/api/contacts/{contact_id}"]["get"]["responses"][200]>;
export type Delivery = NonNullable<Message["delivery"]>;
export type ChannelAccount = Json<paths["/api/channel-accounts"]["get"]["responses"][200]>["items"][number];
export type QuarantinePage = Json<paths["/api/quarantine"]["get"]["responses"][200]>;
export type QuarantineItem = QuarantinePage["items"][number];

/** A file that was put up and waits to be sent. */
export type Upload = Json<paths["/api/conversations/{conversation_id}/uploads"]["post"]["responses"][201]>;

/** What can be sent in a conversation; the server may know more than we do. */
export type Capability =
  | "text"
  | "image"
  | "gif"
  | "file"
  | "sticker"
  | "quote"
  | "reaction"
  | "recall"
  | "mention"
  | "typing"
  | "request_info"
  | "buttons"
  | "template_uid"
  | "template_phone";

export type View = "open" | "mine" | "waiting" | "all";
export type Locale = "vi" | "en";
export type ColorScheme = "auto" | "light" | "dark";
