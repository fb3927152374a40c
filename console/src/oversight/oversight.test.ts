import { describe, expect, it } from "vitest";
import { deviceName } from "./device";
import { conversationIdOf, readLogSearch, readSightSearch } from "./search";

describe("readLogSearch", () => {
  it("keeps what the pages know", () => {
    const all = {
      staff: 3,
      conversation: 12,
      road: "file",
      action: "staff:renew_password",
      from: "2026-11-01",
      until: "2026-11-22",
    };
    expect(readLogSearch(all)).toEqual(all);
    expect(readSightSearch(all)).toEqual({ staff: 3, conversation: 12 });
  });

  it("leaves the rest out", () => {
    expect(
      readLogSearch({ staff: -1, conversation: "x", road: "air", action: "x", from: "22/11/2026", until: 5 }),
    ).toEqual({});
  });
});

describe("conversationIdOf", () => {
  it.each([
    ["HT-000123", 123],
    [" ht-123 ", 123],
    ["123", 123],
    ["KH-000123", undefined],
    ["HT-0", undefined],
    ["", undefined],
  ])("%s", (words, id) => {
    expect(conversationIdOf(words)).toBe(id);
  });
});

describe("deviceName", () => {
  it("says what people know", () => {
    const windows =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
    expect(deviceName(windows)).toBe("Chrome · Windows");
    expect(deviceName(`${windows} Edg/131.0.0.0`)).toBe("Edge · Windows");
    const phone =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1";
    expect(deviceName(phone)).toBe("Safari · iPhone");
  });

  it("repeats what nobody knows", () => {
    expect(deviceName("python-httpx/0.28")).toBe("python-httpx/0.28");
    expect(deviceName("")).toBe("");
  });
});
