import type { Capability } from "../../api/types";

export function takesFiles(can: ReadonlySet<Capability>): boolean {
  return can.has("image") || can.has("gif") || can.has("file");
}

/** For the browser's file dialog; what the server does not take it refuses in words. */
export function acceptOf(can: ReadonlySet<Capability>): string {
  const kinds = [
    ...(can.has("image") ? ["image/jpeg", "image/png", "image/webp"] : []),
    ...(can.has("gif") ? ["image/gif"] : []),
    ...(can.has("file") ? [".pdf", ".doc", ".docx", ".csv"] : []),
  ];
  return kinds.join(",");
}

/**
 * Files of a clipboard. Office programs put a picture of the copied cells beside their text: then the text is meant.
 */
export function pastedFiles(clipboard: Pick<DataTransfer, "files" | "getData">): File[] {
  if (clipboard.getData("text/plain") !== "") return [];
  return [...clipboard.files];
}
