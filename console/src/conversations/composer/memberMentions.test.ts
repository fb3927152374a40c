import { describe, expect, it } from "vitest";
import { EVERYBODY, memberMentions } from "./memberMentions";

const members = [{ id: 7, identityId: 7, name: "Lan" }, { id: 8, identityId: 8, name: "Lan Anh" }, EVERYBODY];

describe("memberMentions", () => {
  it("says whom a text names and where, the longest name first", () => {
    const text = "Chào 👋 @Lan Anh, @Lan và @All";
    const found = memberMentions(text, members);
    expect(found.map((one) => one.identity_id)).toEqual([8, 7, null]);
    expect(found.map(({ pos, len }) => text.slice(pos, pos + len))).toEqual(["@Lan Anh", "@Lan", "@All"]);
  });

  it("takes no part of a longer word for a name", () => {
    expect(memberMentions("@Lanh @Huy", members)).toEqual([]);
  });
});
