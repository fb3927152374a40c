import {
  IconFile,
  IconFileMusic,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconPhoto,
  IconVideo,
} from "@tabler/icons-react";

const KINDS: readonly { tone: string; icon: typeof IconFile; endings: readonly string[] }[] = [
  { tone: "red", icon: IconFileTypePdf, endings: ["pdf"] },
  { tone: "blue", icon: IconFileText, endings: ["doc", "docx", "odt", "rtf", "txt"] },
  { tone: "green", icon: IconFileSpreadsheet, endings: ["xls", "xlsx", "csv", "ods"] },
  { tone: "amber", icon: IconFileText, endings: ["ppt", "pptx", "odp"] },
  { tone: "grey", icon: IconFileZip, endings: ["zip", "rar", "7z", "gz"] },
  { tone: "blue", icon: IconPhoto, endings: ["jpg", "jpeg", "png", "gif", "webp", "heic", "bmp"] },
  { tone: "violet", icon: IconVideo, endings: ["mp4", "mov", "avi", "webm", "mkv"] },
  { tone: "violet", icon: IconFileMusic, endings: ["mp3", "m4a", "aac", "wav", "amr", "ogg"] },
];

/** The last part of a file's name, in lower case; empty when it has none. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
}

/** Picture and tone of a file, by its name, else by its type. */
export function fileKind(name: string | null, contentType: string | null) {
  const ending = endingOf(name ?? "") || (contentType?.split("/")[1] ?? "");
  const known = KINDS.find((kind) => kind.endings.includes(ending));
  const label = ending.length > 0 && ending.length <= 5 ? ending.toUpperCase() : null;
  return { icon: known?.icon ?? IconFile, tone: known?.tone ?? "grey", label };
}
