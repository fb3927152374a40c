import { describe, expect, it } from "vitest";
import { replying } from "../../../tests/fixtures";
import { nearCap } from "./nearCap";

const cap = (used: number, limit: number) => ({ cap: `c${limit}`, text: "Tin gửi hôm nay", used, limit });

describe("nearCap", () => {
  it("is the one that ends first, and none while there is room", () => {
    expect(nearCap(replying({ caps: [cap(79, 100), cap(0, 10)] }))).toBeNull();
    expect(nearCap(replying({ caps: [cap(85, 100), cap(9, 10)] }))?.limit).toBe(10);
    expect(nearCap(replying())).toBeNull();
  });

  it("is not told where nothing can be sent, or where the wait is told already", () => {
    const caps = [cap(100, 100)];
    expect(nearCap(replying({ caps, blocked: true }))).toBeNull();
    expect(nearCap(replying({ caps, waits: { text: "Tin sẽ tự gửi lúc 7:00", until: null } }))).toBeNull();
    expect(nearCap(replying({ caps }))?.used).toBe(100);
  });
});
