import type { paths } from "./schema";

type Json<R> = R extends { content: { "application/json": infer B } } ? B : never;

export type HistoryImport = Json<paths["/api/history-imports/{import_id}"]["get"]["responses"][200]>;
export type HistoryImportRow = Json<paths["/api/history-imports"]["get"]["responses"][200]>["items"][number];
export type HistoryState = HistoryImportRow["state"];
export type Counted = HistoryImportRow["counts"];
export type SampleThread = HistoryImport["sample"][number];
export type UndoPreview = Json<paths["/api/history-imports/{import_id}/undo"]["get"]["responses"][200]>;

/** What a person says of a file: which column is which, and who is on our side. */
export type Plan = {
  columns: Record<string, string>;
  ours: string[];
  monthFirst: boolean;
  accountId: number | null;
  custodianId: number | null;
};
