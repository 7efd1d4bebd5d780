import { errorCodes as asterCodes } from "@aster/client";
import { errorCodes as backpackCodes } from "@bp/client";
import { describe, expect, it } from "vitest";
import { aster } from "./aster.ts";
import { backpack } from "./backpack.ts";
import type { CommandName, Policy } from "./row.ts";

/** Codes that lines about a command have. */
function codesIn({ rows }: Policy, command: CommandName): Set<string> {
  return new Set(
    rows
      .filter((row) => row.command === command)
      .flatMap(({ says }) =>
        typeof says === "object" ? [String((says.json as { code?: unknown } | undefined)?.code)] : [],
      ), // whatever it is
  );
}

describe("the outcome policy", () => {
  it.each(["place", "cancel"] as const)("says for every code of Backpack what it means for a %s", (command) => {
    const codes = codesIn(backpack, command);
    const elsewhere = command === "place" ? ["RESOURCE_NOT_FOUND"] : []; // an order that is placed is never looked for
    expect(Object.keys(backpackCodes).filter((code) => !codes.has(code) && !elsewhere.includes(code))).toEqual([]);
  });

  it.each(["place", "cancel"] as const)("says for every code of Aster what it means for a %s", (command) => {
    const codes = codesIn(aster, command);
    const elsewhere = command === "place" ? [] : ["-1015", "-1021", "-1022", "-4225"];
    expect([...asterCodes.keys()].map(String).filter((code) => !codes.has(code) && !elsewhere.includes(code))).toEqual(
      [],
    );
  });

  it.each([backpack, aster])("has one line for an answer to a command ($title)", ({ rows }) => {
    const names = rows.map(({ command, answer, only, scheme }) => `${command} ${answer} ${only ?? ""} ${scheme ?? ""}`);
    expect(names.length).toBe(new Set(names).size);
  });
});
