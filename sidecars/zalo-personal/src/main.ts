/** A sidecar: lines in, lines out, until standard input ends. Standard error tells of problems, never of content. */

import { Host } from "./host.ts";
import { eachLine } from "./input.ts";
import { Output, standardOutput } from "./output.ts";
import { report } from "./report.ts";

const SILENCE_S = 90;
const FLUSH_MS = 2000;

process.on("unhandledRejection", (error) => report("unhandled", error));
process.on("uncaughtException", (error) => report("uncaught", error));

const stdout = standardOutput();
stdout.on("error", () => process.exit(0)); // the host is gone
const output = new Output(stdout);
const host = new Host(
  output,
  {
    standIn: process.env.ZALO_WEB_URL?.replace(/\/+$/, "") || null,
    silence: (Number(process.env.SIDECAR_SILENCE_S) || SILENCE_S) * 1000,
  },
  () => void end(),
);

let ending = false;

async function end(): Promise<never> {
  if (!ending) {
    ending = true;
    host.close();
    await Promise.race([output.flushed(), new Promise((resolve) => setTimeout(resolve, FLUSH_MS))]);
  }
  process.exit(0);
}

process.on("SIGTERM", () => void end());
process.on("SIGINT", () => {}); // Ctrl-C in a terminal reaches the host, which ends its sidecars

await eachLine(process.stdin, (line) => void host.take(line)).catch((error) => report("input", error));
await end();
