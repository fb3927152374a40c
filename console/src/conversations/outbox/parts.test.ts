import { describe, expect, it } from "vitest";
import type { Upload } from "../../api/types";
import { NOTHING_MORE, type Pending } from "./outbox";
import { partId, partsOf } from "./parts";
import { sendingOf } from "./sending";

const ID = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";
const upload = (media_id: number, type: string) => ({ media_id, type, name: `${media_id}` }) as Upload;
const picture = upload(1, "image");
const file = upload(2, "file");

function pending(change: Partial<Pending>): Pending {
  return {
    ...NOTHING_MORE,
    clientId: ID,
    conversationId: 1,
    text: "",
    createdAt: "2026-11-22T03:00:00Z",
    state: "waiting",
    failure: null,
    ...change,
  };
}

const shape = (item: Pending) => partsOf(item).map((part) => [part.text, part.media?.media_id ?? null]);

describe("partsOf", () => {
  it("puts words under a first picture, and before anything else", () => {
    expect(shape(pending({ text: "a", media: [picture, file] }))).toEqual([
      ["a", 1],
      ["", 2],
    ]);
    expect(shape(pending({ text: "a", media: [file, picture] }))).toEqual([
      ["a", null],
      ["", 2],
      ["", 1],
    ]);
  });

  it("keeps words apart from a picture when they quote or have buttons", () => {
    const quote = { messageId: 9, authorName: null, direction: "in", kind: "text", text: "b" } as const;
    const parts = partsOf(pending({ text: "a", media: [picture], quote }));
    expect(parts.map((part) => [part.first, part.last, part.media?.media_id ?? null])).toEqual([
      [true, false, null],
      [false, true, 1],
    ]);
    const buttons = [{ title: "x", type: "oa.query.show", payload: "x" }] as const;
    expect(shape(pending({ text: "a", media: [picture], buttons }))).toHaveLength(2);
  });

  it("is one message for a template or a question", () => {
    expect(shape(pending({ requestInfo: { title: "a", subtitle: "b" } }))).toEqual([["", null]]);
  });

  it("gives each part the id that the server gives it", () => {
    // As Python's uuid.uuid5 makes them.
    expect(partId(ID, 0)).toBe(ID);
    expect(partId(ID, 1)).toBe("e991593b-cd89-5b85-b87f-e86768176995");
    expect(partId(ID, 2)).toBe("f82ab26e-3332-5925-8c0a-997180c2c505");
  });
});

describe("sendingOf", () => {
  it("says only what there is", () => {
    expect(sendingOf(pending({ text: "a" }))).toEqual({ client_id: ID, text: "a" });
    expect(sendingOf(pending({ stickerId: "46991" }))).toEqual({ client_id: ID, sticker_id: "46991" });
    const template = { templateId: "7", name: "Giao hàng", data: { ma: "1" }, via: "uid" } as const;
    expect(sendingOf(pending({ media: [file], template }))).toEqual({
      client_id: ID,
      media_ids: [2],
      template: { template_id: "7", data: { ma: "1" }, via: "uid" },
    });
  });
});
