import { screen } from "@testing-library/react";
import { account } from "../adminFixtures";
import { ago, me } from "../fixtures";
import { checkedImport, counts, importPage, importRow, undoing } from "../importFixtures";
import { type Case, click, heading, page, status, text } from "./case";

const LIST = "GET /api/history-imports";
const ONE_FILE = "GET /api/history-imports/1";
const UNDO = "GET /api/history-imports/1/undo";
const accounts = { "GET /api/channel-accounts": page([account(1), account(2)]) };
const begun = { started_at: ago(50), account: { id: 1, name: "Λογαριασμός" }, counts };
const ended = { ...begun, ended_at: ago(40) };
const undone = {
  ...ended,
  state: "undone" as const,
  undone_at: ago(5),
  undone_by: { id: me.id, name: me.name },
  gone: { messages: 1, conversations: 1, contacts: 1 },
};

const every = [
  importRow(1),
  importRow(2, { state: "checking", progress: 0.4, counts }),
  importRow(3, { state: "checked", counts }),
  importRow(4, { ...begun, state: "running", progress: 0.25 }),
  importRow(5, { ...ended, state: "done" }),
  importRow(6, { state: "failed", reason_text: "Λόγος" }),
  importRow(7, { ...ended, state: "undoing", progress: 1 }),
  importRow(8, undone),
  importRow(9, { state: "discarded" }),
];

const list = (name: string, answer: unknown, rest: Partial<Case> = {}): Case => ({
  name: `old conversations, ${name}`,
  route: "/history-imports",
  path: "/history-imports",
  until: heading,
  ...rest,
  routes: { [LIST]: answer as never },
});

const file = (name: string, found: unknown, rest: Partial<Case> = {}): Case => ({
  name: `file of old conversations, ${name}`,
  route: "/history-imports/$importId",
  path: "/history-imports/1",
  until: heading,
  ...rest,
  routes: { ...accounts, [ONE_FILE]: { body: found }, ...rest.routes },
});

const mapping = () => screen.findAllByRole("combobox");

export const importCases: Case[] = [
  list("none", page([])),
  list("while they load", "never", { until: status(/./) }),
  list("that failed", { status: 400, body: "" }),
  list("in every state", page(every, null), { until: text("Παλιά 9") }),
  list("in every state on a phone", page(every, null), { until: text("Παλιά 9"), width: 390 }),
  file("its columns", importPage(1), { until: mapping }),
  file("its columns unknown", importPage(1, { guess: {} }), { until: mapping }),
  file("being looked through", importPage(1, { state: "checking", progress: 0.4, counts })),
  file("looked through", checkedImport(1), { until: text("Άγνωστη ώρα") }),
  file("looked through, nothing new", checkedImport(1, { preview: { ...counts, new: 0 }, faults: [] })),
  file("coming in", importPage(1, { ...begun, state: "running", progress: 0.5 })),
  file("that came in", importPage(1, { ...ended, state: "done", faults: checkedImport(1).faults })),
  file("that failed", importPage(1, { state: "failed", reason_text: "Λόγος", ended_at: ago(5) }), {
    until: text("Λόγος"),
  }),
  file(
    "going again",
    importPage(1, { ...ended, state: "undoing", gone: { messages: 9, conversations: 0, contacts: 0 } }),
  ),
  file("that is gone", importPage(1, undone)),
  file("while it loads", null, { routes: { [ONE_FILE]: "never" }, until: status(/./) }),
  file("not to be had", null, { routes: { [ONE_FILE]: { status: 400, body: "" } } }),
  file("about to go", importPage(1, { ...ended, state: "done" }), {
    routes: { [UNDO]: { body: undoing } },
    afterwards: async () => {
      await click("main section button");
      await screen.findByRole("dialog");
      await screen.findAllByText(/1\.180|1180/);
    },
  }),
];
