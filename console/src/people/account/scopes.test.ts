import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scopeGroups, scopeName } from "./scopes";

/** Of the server, but for those that no token may hold. */
function known(): string[] {
  const source = readFileSync(join(import.meta.dirname, "../../../../src/sokhach/core/actor.py"), "utf8");
  const permissions = [...source.matchAll(/^ {4}[A-Z_]+ = "([a-z_]+:[a-z_]+)"$/gm)].map(
    (one) => one[1] ?? "",
  );
  const never = ["staff:manage", "security_policy:manage"];
  return ["contact:read", "conversation:read", ...permissions.filter((one) => !never.includes(one))];
}

describe("scopes", () => {
  it("have words for everything that the server lets a token hold", () => {
    expect(known().length).toBeGreaterThan(20);
    expect(known().filter((scope) => scopeName(scope) === null)).toEqual([]);
  });

  it("keep to what may be chosen, and lose nothing", () => {
    const groups = scopeGroups(["note:write", "conversation:read", "moon:land"]);
    expect(groups.map((group) => group.scopes.map((one) => one.scope))).toEqual([
      ["conversation:read", "note:write"],
      ["moon:land"],
    ]);
    expect(groups[1]?.scopes[0]?.name).toBeNull();
  });
});
