/** One line on standard error about something that should not happen: where, never what (no messages, no keys). */
export function report(where: string, error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error;
  const stack = error instanceof Error ? (error.stack ?? "").split("\n") : [];
  const frames = stack.filter((line) => /^\s+at /.test(line)).slice(0, 4);
  const at = frames.map((line) => line.trim().replace(/\(?(?:file:\/\/)?\/\S*\/(\S+?)\)?$/, "$1"));
  process.stderr.write(`${JSON.stringify({ problem: where, error: name, at })}\n`);
}
