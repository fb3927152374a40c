import type { paths } from "../../api/schema";

type Json<R> = R extends { content: { "application/json": infer B } } ? B : never;
type Of<P extends keyof paths> = paths[P] extends { get: { responses: { 200: infer R } } } ? Json<R> : never;
type BodyOf<R> = R extends { content: { "application/json": infer B } } ? B : never;

export type PersonalAccountList = Of<"/api/personal-accounts">;
export type PersonalAccount = PersonalAccountList["items"][number];
export type PersonalState = PersonalAccount["state"];
export type CapUse = PersonalAccount["caps"][number];
export type PersonalAccountDetail = Of<"/api/personal-accounts/{account_id}">;
export type PersonalLogin = Of<"/api/personal-logins/{login_id}">;
export type PersonalConsent = Of<"/api/personal-consent">;
export type PrivateExtent = Of<"/api/personal-accounts/{account_id}/private">;
export type PrivateKind = PrivateExtent["items"][number]["kind"];
export type FriendList = Of<"/api/personal-accounts/{account_id}/people">;
export type FriendRequest = Of<"/api/personal-accounts/{account_id}/friend-requests">["items"][number];
export type FriendAnswer = NonNullable<FriendRequest["answer"]>;
export type PersonalCall = Of<"/api/personal-calls/{call_id}">;

export type NewPersonalLogin = BodyOf<NonNullable<paths["/api/personal-logins"]["post"]["requestBody"]>>;
/** Whose SIM the account stands on: it decides what is captured. */
export type SimKind = NewPersonalLogin["sim"];
export type PersonalChange = BodyOf<
  NonNullable<paths["/api/personal-accounts/{account_id}"]["put"]["requestBody"]>
>;
type Acting = paths["/api/personal-accounts/actions"]["post"];
export type BulkAction = BodyOf<NonNullable<Acting["requestBody"]>>["action"];
export type BulkOutcome = Json<Acting["responses"][200]>;

/** Whom a number belongs to, as `find_phone` answers. */
export type FoundPerson = {
  uid: string;
  name: string;
  avatar_url: string | null;
  friend: boolean;
  requested: boolean;
  conversation_id: number | null;
};

/** The conversation that a call made or found. */
export function begunConversation({ result }: Pick<PersonalCall, "result">): number | null {
  return typeof result?.conversation_id === "number" ? result.conversation_id : null;
}

/** What a call brought, if it is a person. */
export function foundPerson({ result }: Pick<PersonalCall, "result">): FoundPerson | null {
  return typeof result?.uid === "string" ? (result as FoundPerson) : null;
}
