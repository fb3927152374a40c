import { cutAtMentions } from "../notes/mentions";

/** Somebody of a group; without an identity: everybody at once. */
export type Member = { id: number; identityId: number | null; name: string };

/** As Zalo writes it. */
export const EVERYBODY: Member = { id: 0, identityId: null, name: "All" };

/** A member whom a text names: `pos` and `len` with the @, in UTF-16 code units. */
export type MemberMention = { identity_id: number | null; pos: number; len: number };

/** The members whom a text names, where they stand in it. */
export function memberMentions(text: string, members: readonly Member[]): MemberMention[] {
  const found: MemberMention[] = [];
  let pos = 0;
  for (const { text: words, person } of cutAtMentions(text, members)) {
    if (person) found.push({ identity_id: person.identityId, pos, len: words.length });
    pos += words.length;
  }
  return found;
}
