import { describe, expect, it } from "vitest";
import { message } from "../../../tests/fixtures";
import { Problem } from "../../api/problem";
import type { Upload } from "../../api/types";
import { Compositions, quoteOf, type Uploader } from "./compositions";

type Waiting = {
  file: File;
  progress: (share: number) => void;
  signal: AbortSignal;
  yes: () => void;
  no: (error: unknown) => void;
};

/** A server whose uploads end when the test says so. */
function manual() {
  const waiting: Waiting[] = [];
  const forgotten: string[] = [];
  const upload: Uploader = (_, file, progress, signal) =>
    new Promise((resolve, reject) => {
      const media = { media_id: waiting.length + 1, name: file.name } as Upload;
      signal.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
      waiting.push({ file, progress, signal, yes: () => resolve(media), no: reject });
    });
  const compositions = new Compositions({
    upload,
    preview: (file) => (file.type.startsWith("image/") ? `blob:${file.name}` : null),
    forget: (url) => void forgotten.push(url),
  });
  return { compositions, waiting, forgotten };
}

const file = (name: string, type = "image/png") => new File(["x"], name, { type });
const settle = () => new Promise((resolve) => setTimeout(resolve));

describe("Compositions", () => {
  it("puts files up two at a time, in their order, and tells how far each is", async () => {
    const { compositions, waiting } = manual();
    compositions.addFiles(1, [file("a"), file("b"), file("c")]);
    expect(waiting.map((one) => one.file.name)).toEqual(["a", "b"]);
    waiting[0]?.progress(0.5);
    expect(compositions.of(1).uploads.map((item) => item.progress)).toEqual([0.5, 0, 0]);
    waiting[0]?.yes();
    await settle();
    expect(waiting.map((one) => one.file.name)).toEqual(["a", "b", "c"]);
    expect(compositions.of(1).uploads.map((item) => [item.state, item.media?.media_id ?? null])).toEqual([
      ["done", 1],
      ["uploading", null],
      ["uploading", null],
    ]);
  });

  it("keeps why a file failed, lets the next go, and tries again when asked", async () => {
    const { compositions, waiting } = manual();
    compositions.addFiles(1, [file("a"), file("b"), file("c")]);
    const refusal = new Error("too large");
    waiting[0]?.no(refusal);
    await settle();
    const failed = compositions.of(1).uploads[0];
    expect([failed?.state, failed?.error]).toEqual(["failed", refusal]);
    expect(waiting).toHaveLength(3);
    compositions.retry(1, failed?.key ?? "");
    waiting[1]?.yes();
    waiting[2]?.yes();
    await settle();
    expect(waiting.map((one) => one.file.name)).toEqual(["a", "b", "c", "a"]);
  });

  it("takes up again, when the line is back, what the line broke off and nothing else", async () => {
    const { compositions, waiting } = manual();
    compositions.addFiles(1, [file("a"), file("b")]);
    waiting[0]?.no(Problem.unreachable(new TypeError("offline")));
    waiting[1]?.no(Problem.from(413, {}));
    await settle();
    compositions.resume();
    waiting[2]?.yes();
    await settle();
    expect(waiting.map((one) => one.file.name)).toEqual(["a", "b", "a"]);
    expect(compositions.of(1).uploads.map((item) => item.state)).toEqual(["done", "failed"]);
  });

  it("stops the upload of a file that is taken out, and lets go of its picture", async () => {
    const { compositions, waiting, forgotten } = manual();
    compositions.addFiles(1, [file("a"), file("b", "application/pdf")]);
    compositions.remove(1, compositions.of(1).uploads[0]?.key ?? "");
    await settle();
    expect(waiting[0]?.signal.aborted).toBe(true);
    expect(forgotten).toEqual(["blob:a"]);
    expect(compositions.of(1).uploads.map((item) => item.name)).toEqual(["b"]);
  });

  it("keeps conversations apart, and is empty after sending", () => {
    const { compositions } = manual();
    compositions.setQuote(1, quoteOf(message(7)));
    compositions.setButtons(2, [{ title: "a", type: "oa.open.phone", payload: "113" }]);
    expect(compositions.of(1)).toMatchObject({ quote: { messageId: 7, text: "Μήνυμα 7" }, buttons: [] });
    compositions.clear(1);
    expect(compositions.of(1).quote).toBeNull();
    expect(compositions.of(2).buttons).toHaveLength(1);
    compositions.clearAll();
    expect(compositions.of(2).buttons).toEqual([]);
  });
});
