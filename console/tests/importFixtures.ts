import type { HistoryImport, HistoryImportRow } from "../src/api/history";
import { ago, me } from "./fixtures";

const nothing = { rows: 0, new: 0, known: 0, faulty: 0, threads: 0, contacts: 0 };
export const counts = { rows: 1200, new: 1180, known: 15, faulty: 5, threads: 12, contacts: 9 };

export function importRow(id: number, change: Partial<HistoryImportRow> = {}): HistoryImportRow {
  return {
    id,
    name: `Παλιά ${id}`,
    size_bytes: 3_000_000,
    state: "uploaded",
    reason_text: null,
    progress: 0,
    counts: nothing,
    gone: null,
    account: null,
    custodian: null,
    created_by: { id: me.id, name: me.name },
    created_at: ago(60),
    started_at: null,
    ended_at: null,
    undone_by: null,
    undone_at: null,
    ...change,
  };
}

/** A file whose columns are "Ώρα", "Ποιος" and "Λόγια". */
export function importPage(id: number, change: Partial<HistoryImport> = {}): HistoryImport {
  return {
    ...importRow(id),
    columns: ["Ώρα", "Ποιος", "Λόγια", "Πελάτης"],
    rows: [
      { Ώρα: "1/2/2025 9:00", Ποιος: "Μαρία", Λόγια: "Καλημέρα", Πελάτης: "5" },
      { Ώρα: "1/2/2025 9:05", Ποιος: "Μαγαζί", Λόγια: "Καλώς", Πελάτης: "5" },
    ],
    values: { Ποιος: ["Μαρία", "Μαγαζί"] },
    guess: { time: "Ώρα", sender: "Ποιος", text: "Λόγια", thread: "Πελάτης" },
    mapping: null,
    preview: null,
    faults: [],
    sample: [],
    ...change,
  };
}

/** The same, looked through. */
export function checkedImport(id: number, change: Partial<HistoryImport> = {}): HistoryImport {
  return importPage(id, {
    state: "checked",
    progress: 1,
    counts,
    preview: counts,
    mapping: {
      columns: { time: "Ώρα", sender: "Ποιος", text: "Λόγια", thread: "Πελάτης" },
      ours: ["Μαγαζί"],
      zone: "Asia/Ho_Chi_Minh",
      month_first: false,
    },
    faults: [{ line: 1005, path: "time", text: "Άγνωστη ώρα" }],
    sample: [
      {
        account_id: 1,
        key: "5",
        kind: "direct",
        there: true,
        title: "Μαρία",
        messages: [
          {
            line: 2,
            sent_at: ago(90_000),
            direction: "in",
            author: "Μαρία",
            kind: "text",
            text: "Καλημέρα",
            file_name: null,
            known: true,
          },
          {
            line: 3,
            sent_at: ago(89_000),
            direction: "out",
            author: "",
            kind: "image",
            text: "",
            file_name: null,
            known: false,
          },
        ],
      },
    ],
    ...change,
  });
}

export const undoing = {
  messages: 1180,
  conversations: 12,
  contacts: 8,
  conversations_kept: 2,
  contacts_kept: 1,
};
