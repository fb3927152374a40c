// JSON Schema of the protocol (stdin, as `sokhach.channels.zalo_personal.protocol` tells it) → src/protocol.gen.ts, or
// with `--print` standard output.
import { writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { compile } from "json-schema-to-typescript";

// An object of no told shape is a dictionary, and no unknown keys are allowed elsewhere.
const open = (_, node) =>
  node?.type === "object" && !node.properties ? { ...node, additionalProperties: true } : node;
const { $defs, requests, replies, events, version } = JSON.parse(await text(process.stdin), open);
const lines = {
  title: "Lines",
  type: "object",
  additionalProperties: false,
  required: ["request", "reply", "event"],
  properties: { request: requests, reply: replies, event: events },
  $defs,
};
const types = await compile(lines, "Lines", {
  additionalProperties: false,
  bannerComment: "// Generated from protocol.py by `make protocol`; never edited.",
  format: true,
  style: { printWidth: 110 },
  unknownAny: true,
  unreachableDefinitions: true,
});
const tidy = types
  .replace(
    /\n \* This interface was referenced by `Lines`'s JSON-Schema\n \* via the `definition` "\w+"\./g,
    "",
  )
  .replace(/\n \*\n \*\/\n/g, "\n */\n")
  .replace(/\/\*\*\n \*\/\n/g, "");
const whole = `${tidy}
export type Request = Lines["request"];
export type Event = Lines["event"];
export const VERSION = ${version};
`;
if (process.argv.includes("--print")) process.stdout.write(whole);
else await writeFile(new URL("../src/protocol.gen.ts", import.meta.url), whole);
