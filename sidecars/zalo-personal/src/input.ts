import type { Readable } from "node:stream";

/** Longest line the host may send: far above any request. */
const LINE_CHARACTERS = 32 * 1024 * 1024;

/** Calls `take` for each whole line; resolves at the end of the stream. Raises when a line has no end. */
export async function eachLine(stream: Readable, take: (line: string) => void): Promise<void> {
  stream.setEncoding("utf8");
  let rest = "";
  for await (const chunk of stream as AsyncIterable<string>) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LINE_CHARACTERS) throw new Error("line without end");
    for (const line of lines) if (line) take(line);
  }
}
