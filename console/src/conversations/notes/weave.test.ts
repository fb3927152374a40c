import { describe, expect, it } from "vitest";
import { ago, message, note } from "../../../tests/fixtures";
import { flattenNotes, type NoteData, withNote } from "./notePages";
import { notesBeside, wantsOlderNotes } from "./weave";

const messages = [message(1, { sent_at: ago(60) }), message(2, { sent_at: ago(30) })];
const old = note(1, { created_at: ago(90) });
const between = note(2, { created_at: ago(45) });

describe("notes beside messages", () => {
  it("wait for the messages around them", () => {
    expect(notesBeside([old, between], messages, false)).toEqual([between]);
    expect(notesBeside([old, between], messages, true)).toEqual([old, between]);
    expect(notesBeside([old], [], false)).toEqual([old]);
  });

  it("are read as far back as the messages are", () => {
    expect(wantsOlderNotes([between], messages, false)).toBe(true);
    expect(wantsOlderNotes([old, between], messages, false)).toBe(false);
    expect(wantsOlderNotes([old], messages, true)).toBe(true);
    expect(wantsOlderNotes([], messages, false)).toBe(false);
  });
});

describe("notes that were read", () => {
  const data: NoteData = {
    pages: [
      { items: [between], next: "x" },
      { items: [old], next: null },
    ],
    pageParams: [null, "x"],
  };

  it("stand in their order, each once", () => {
    expect(flattenNotes(data).map((one) => one.id)).toEqual([1, 2]);
    const twice = { pages: [{ items: [old, between], next: null }, ...data.pages] };
    expect(flattenNotes(twice).map((one) => one.id)).toEqual([1, 2]);
  });

  it("take in a new one and the trace of one that is gone", () => {
    const added = withNote(data, note(3, { created_at: ago(1) }));
    expect(flattenNotes(added).map((one) => one.id)).toEqual([1, 2, 3]);
    const gone = withNote(added, { ...old, deleted: true, text: "" });
    expect(flattenNotes(gone).map((one) => one.deleted)).toEqual([true, false, false]);
  });
});
