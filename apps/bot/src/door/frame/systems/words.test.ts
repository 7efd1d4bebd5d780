// Every key of the views has a translation in each language of the page.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { viewKeys } from "./keys.ts";

const folder = join(import.meta.dirname, "../../../../../dashboard/src/panes/words");
const files = existsSync(folder) ? readdirSync(folder).filter((name) => /^views\..*\.ts$/.test(name)) : [];

describe("viewKeys", () => {
  it("names each key once", () => {
    expect(new Set(viewKeys).size).toBe(viewKeys.length);
    expect(viewKeys.filter((key) => !/^[a-z]+\.[A-Za-z0-9]+$/.test(key))).toEqual([]);
  });

  it.each(files)("are all translated in %s", (name) => {
    const text = readFileSync(join(folder, name), "utf8");
    const translated = new Set([...text.matchAll(/^ {2}"([a-z]+\.[A-Za-z0-9]+)":/gm)].map(([, key]) => key));
    expect(viewKeys.filter((key) => !translated.has(key))).toEqual([]);
  });
});
