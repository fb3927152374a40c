import { describe, expect, it } from "vitest";
import type { Capability, NewButton } from "../../api/types";
import { isComplete } from "./buttons";
import { acceptOf, pastedFiles, takesFiles } from "./files";
import { inputModeOf, missingParams } from "./templates";

describe("files", () => {
  const can = (...names: Capability[]) => new Set(names);

  it("are offered as the channel takes them", () => {
    expect(takesFiles(can("text", "quote"))).toBe(false);
    expect(takesFiles(can("file"))).toBe(true);
    expect(acceptOf(can("image", "gif"))).toBe("image/jpeg,image/png,image/webp,image/gif");
    expect(acceptOf(can("file"))).not.toContain("image");
  });

  it("are taken from the clipboard, unless text came along", () => {
    const picture = new File(["x"], "a.png");
    const clipboard = (text: string) => ({
      files: [picture] as unknown as FileList,
      getData: () => text,
    });
    expect(pastedFiles(clipboard(""))).toEqual([picture]);
    expect(pastedFiles(clipboard("A1\tB1"))).toEqual([]);
  });
});

describe("buttons", () => {
  const button = (change: Partial<NewButton>): NewButton => ({
    title: "Xem",
    type: "oa.open.url",
    payload: "https://a.vn",
    ...change,
  });

  it("are complete with what their kind needs", () => {
    expect(isComplete(button({}))).toBe(true);
    expect(isComplete(button({ title: " " }))).toBe(false);
    expect(isComplete(button({ payload: "javascript:alert(1)" }))).toBe(false);
    expect(isComplete(button({ type: "oa.query.show", payload: "giá" }))).toBe(true);
    expect(isComplete(button({ type: "oa.open.phone", payload: "gọi tôi" }))).toBe(false);
    expect(isComplete(button({ type: "oa.open.phone", payload: "0912 345 678" }))).toBe(true);
    expect(isComplete(button({ type: "oa.open.sms", payload: "0912345678" }))).toBe(false);
    expect(isComplete(button({ type: "oa.open.sms", payload: "0912345678", content: "DK" }))).toBe(true);
  });
});

describe("templates", () => {
  const params = [
    { name: "ten", required: true, type: "STRING", max_length: 30 },
    { name: "ghi_chu", required: false, type: "STRING", max_length: null },
  ];

  it("miss what is required and blank", () => {
    expect(missingParams({ params }, { ten: "  " })).toEqual(["ten"]);
    expect(missingParams({ params }, { ten: "Lan" })).toEqual([]);
  });

  it("bring the keyboard of their type", () => {
    expect(["CURRENCY", "PHONE", "URL", "STRING"].map(inputModeOf)).toEqual([
      "numeric",
      "tel",
      "url",
      "text",
    ]);
  });
});
