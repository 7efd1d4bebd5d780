import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestOf, sourceDigest } from "./source.ts";
import { part } from "./space.fixture.ts";
import { type Spec, trialOf } from "./spec.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "source-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const digest = (name = "bot") => digestOf(new Map([[name, folder]]));

describe("digestOf", () => {
  it("changes with each byte of code, its file's name and its place, and with nothing else", () => {
    mkdirSync(join(folder, "rules"));
    const rule = join(folder, "rules/rule.ts");
    writeFileSync(rule, "export const limit = 1;");
    const seen = [digest()];
    const change = (what: () => void) => {
      what();
      const now = digest();
      expect(seen).not.toContain(now);
      seen.push(now);
    };
    change(() => writeFileSync(rule, "export const limit = 2;"));
    change(() => renameSync(rule, join(folder, "rules/other.ts")));
    change(() => renameSync(join(folder, "rules/other.ts"), join(folder, "other.ts")));
    change(() => writeFileSync(join(folder, "table.json"), "[]"));
    for (const name of ["rule.test.ts", "rule.fixture.ts", "rule.d.ts", "rule.js.map", "README.md"])
      writeFileSync(join(folder, name), "anything");
    expect(digest()).toBe(seen.at(-1));
    expect(digest("another")).not.toBe(seen.at(-1));
  });

  it("is the same wherever the code lies", () => {
    writeFileSync(join(folder, "a.ts"), "1");
    const before = digest();
    const elsewhere = mkdtempSync(join(tmpdir(), "source-"));
    renameSync(join(folder, "a.ts"), join(elsewhere, "a.ts"));
    expect(digestOf(new Map([["bot", elsewhere]]))).toBe(before);
    rmSync(elsewhere, { recursive: true });
  });
});

describe("sourceDigest", () => {
  it("is part of a trial's key", () => {
    const spec: Spec = {
      file: "maker.yaml",
      config: { strategies: [{ use: "maker", params: { spreadPct: 1 } }] },
      data: [],
      digest: "0".repeat(64),
      options: {},
      version: "0",
      source: sourceDigest(),
    };
    expect(spec.source).toMatch(/^[0-9a-f]{64}$/);
    const key = (source: string) => trialOf({ ...spec, source }, { "strategies.maker.params.spreadPct": 2 }, part).key;
    expect(key(spec.source)).toBe(key(sourceDigest()));
    expect(key("1".repeat(64))).not.toBe(key(spec.source));
  });
});
