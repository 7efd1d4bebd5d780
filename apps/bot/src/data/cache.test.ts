import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { plantedCandles } from "../sweep/planted.fixture.ts";
import { cacheFolder, cacheOptions, cacheState, tidyCache } from "./cache.ts";
import { readKept } from "./tape.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cache-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const day = 86_400_000;
const now = Date.UTC(2026, 5, 1);
/** A tape that was used so many days ago. */
function lay(letter: string, daysAgo: number, ending = ".tape"): string {
  const name = `${letter.repeat(64)}${ending}`;
  writeFileSync(join(folder, name), "0123456789");
  const at = new Date(now - daysAgo * day);
  utimesSync(join(folder, name), at, at);
  return name;
}

describe("cacheFolder", () => {
  it("is where one says, else beside the state that was told, else the system's", () => {
    vi.stubEnv("BP_CACHE", "/a");
    vi.stubEnv("BP_STATE", "/b");
    expect(cacheFolder()).toBe("/a");
    vi.stubEnv("BP_CACHE", "");
    expect(cacheFolder()).toBe(join("/b", "cache"));
    vi.stubEnv("BP_STATE", "");
    vi.stubEnv("XDG_CACHE_HOME", "/c");
    const isPosix = process.platform !== "win32"; // elsewhere it is the one that Windows says
    expect(isPosix ? cacheFolder() : "/c/bp").toBe("/c/bp");
    vi.stubEnv("XDG_CACHE_HOME", "not/absolute");
    expect(isPosix ? cacheFolder() : "/.cache/bp").toMatch(/^\/.*\.cache\/bp$/);
  });
});

describe("tidyCache", () => {
  it("throws away what was of no use for a month, and drafts of the dead, and nothing that is not its own", () => {
    const kept = [lay("a", 0), lay("b", 29), lay("c", 0, ".tape.draft-1-abc")];
    lay("d", 31);
    lay("e", 1, ".tape.draft-2-abc");
    writeFileSync(join(folder, "notes.txt"), "mine");
    tidyCache(folder, now);
    expect(readdirSync(folder).toSorted()).toEqual([...kept, "notes.txt"].toSorted());
  });

  it("keeps what was used last where there is too much, and one in any case", () => {
    const [newest, next] = [lay("a", 1), lay("b", 2)];
    lay("c", 3);
    tidyCache(folder, now, 25);
    expect(readdirSync(folder).toSorted()).toEqual([newest, next]);
    tidyCache(folder, now, 5);
    expect(readdirSync(folder)).toEqual([newest]);
    expect(cacheState(folder)).toEqual({ folder, tapes: 1, bytes: 10 });
    tidyCache(join(folder, "nowhere"), now);
  });
});

describe("readKept", () => {
  it("opens what was read before, unless one says no", async () => {
    vi.stubEnv("BP_CACHE", join(folder, "kept"));
    const file = plantedCandles(folder);
    const [first, again] = [await readKept([file], {}, {}), await readKept([file], {}, {})];
    expect([first.cache, again.cache]).toEqual(["kept", "found"]);
    expect([again.tape.digest, again.report]).toEqual([first.tape.digest, first.report]);
    expect(statSync(cacheFolder()).mode & 0o077).toBe(0); // a person's data are nobody else's
    expect((await readKept([file], {}, { cache: false })).cache).toBe(undefined);
    expect(cacheOptions({ cache: false })).toEqual({});
    plantedCandles(folder, 80); // the same name with other candles
    const changed = await readKept([file], {}, {});
    expect(changed.cache).toBe("kept");
    expect(changed.tape.digest).not.toBe(first.tape.digest);
  });

  it("reads all the same where nothing can be kept", async () => {
    const file = plantedCandles(folder);
    vi.stubEnv("BP_CACHE", join(file, "below"));
    const { cache, warnings } = await readKept([file], {}, {});
    expect(cache).toBe(undefined);
    expect(warnings.join()).toMatch(/what was read is not kept: /);
    expect(existsSync(cacheFolder())).toBe(false);
  });
});
