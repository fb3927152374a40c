import { i18n } from "@lingui/core";
import { csrfToken } from "./client";
import { Problem } from "./problem";
import type { Upload } from "./types";

function body(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}

/** Puts one file into a conversation's tray on the server; see `sendFile`. */
export function uploadFile(
  conversationId: number,
  file: File,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<Upload> {
  return sendFile<Upload>(`/api/conversations/${conversationId}/uploads`, file, progress, signal);
}

/**
 * Sends one file. `progress` runs from 0 to 1. Rejects with a `Problem`, or an `AbortError` when `signal` ends it. By
 * XMLHttpRequest: fetch tells nothing of how far an upload has come.
 */
export function sendFile<T>(
  path: string,
  file: File,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Accept-Language", i18n.locale === "en" ? "en" : "vi");
    const token = csrfToken();
    if (token) request.setRequestHeader("x-csrftoken", token);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) progress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(body(request) as T);
      else reject(Problem.from(request.status, body(request)));
    };
    request.onerror = () => reject(Problem.unreachable(new TypeError("upload failed")));
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    const form = new FormData();
    form.append("file", file, file.name);
    request.send(form);
  });
}
