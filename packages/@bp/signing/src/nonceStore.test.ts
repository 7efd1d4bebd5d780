import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BpError } from "@bp/core";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { claimsIn } from "./nonceStore.ts";

const directory = mkdtempSync(join(tmpdir(), "claims-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
});

let signers = 0;
/** An address that nobody has had, its folder and its claims. */
function setUp() {
  const name = `0x${(++signers).toString(16).padStart(40, "0")}`;
  return { name, own: join(directory, name), claims: claimsIn(directory, [name]) };
}
const minute = 1_000;
const cell = minute * 60 + 20; // a second of that minute

const failure = (work: () => unknown): BpError => {
  try {
    work();
  } catch (error) {
    if (error instanceof BpError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

describe("a claim", () => {
  it("is good once, for its slot of its second", () => {
    const { claims } = setUp();
    expect([claims.take(cell, 3), claims.take(cell, 3)]).toEqual([true, false]);
    expect([claims.take(cell, 4), claims.take(cell + 1, 3)]).toEqual([true, true]);
  });

  it("of two names is good only if neither was taken, and spends nothing of the second where the first was", () => {
    const [one, two] = [setUp(), setUp()];
    const both = claimsIn(directory, [one.name, two.name]);
    one.claims.take(cell, 1);
    two.claims.take(cell, 2);
    expect([both.take(cell, 1), both.take(cell, 2), both.take(cell, 3)]).toEqual([false, false, true]);
    expect([two.claims.take(cell, 1), one.claims.take(cell, 2)]).toEqual([true, false]);
  });

  it("is kept where only the user can look, in a folder that is made again when somebody has removed it", () => {
    const { own, claims } = setUp();
    claims.take(cell, 1);
    rmSync(own, { recursive: true });
    expect(claims.take(cell, 2)).toBe(true);
    for (const folder of [own, join(own, String(minute))]) expect(statSync(folder).mode & 0o077).toBe(0);
    expect(readdirSync(join(own, String(minute)))).toEqual([`${cell}.2`]);
  });

  it("fails with the system's word for it, and with the cause", () => {
    const { own, claims } = setUp();
    writeFileSync(join(own, String(minute)), "");
    const error = failure(() => claims.take(cell, 1));
    expect([error.code, error.context]).toEqual(["signing/nonce-store", { directory, why: `ENOTDIR at ${own}` }]);
    expect(error.cause).toMatchObject({ code: "ENOTDIR" });
  });

  it("is given up when its folder does not come to stay", () => {
    const fs = process.getBuiltinModule("node:fs");
    const openSync = vi.fn<() => never>(() => {
      throw Object.assign(new Error("no such folder"), { code: "ENOENT" });
    });
    vi.spyOn(process, "getBuiltinModule").mockReturnValue({ ...fs, openSync });
    const { claims } = setUp();
    expect(failure(() => claims.take(cell, 1)).code).toBe("signing/nonce-store");
    expect(openSync).toHaveBeenCalledTimes(10);
  });

  it("needs files", () => {
    vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined); // as in a browser
    const error = failure(() => claimsIn(directory, ["anybody"]));
    expect([error.code, error.context]).toEqual([
      "signing/nonce-store",
      { directory, why: "there is no file system here" },
    ]);
  });
});

describe("the floor", () => {
  it("lets nothing be claimed up to the end of its minute", () => {
    const { own, claims } = setUp();
    writeFileSync(join(own, `floor.${minute - 1}`), "");
    writeFileSync(join(own, `floor.${minute}`), "");
    const error = failure(() => claims.take(cell, 1));
    expect(error.code).toBe("signing/nonce-clock");
    expect(error.context).toMatchObject({ behindMs: 40_000 });
    expect(failure(() => claims.take((minute + 1) * 60 - 1, 1)).context).toMatchObject({ behindMs: 1_000 });
    expect(claims.take((minute + 1) * 60, 1)).toBe(true);
  });

  it("is not asked for a claim that somebody had", () => {
    const { own, claims } = setUp();
    claims.take(cell, 1);
    writeFileSync(join(own, `floor.${minute}`), "");
    expect(claims.take(cell, 1)).toBe(false);
  });

  it("is nothing that only looks like one", () => {
    const { own, claims } = setUp();
    claims.take(cell, 1);
    for (const name of [`floor.${minute} (copy)`, `old floor.${minute}`, "floor.x"]) writeFileSync(join(own, name), "");
    expect(claims.take(cell, 2)).toBe(true);
  });
});

describe("newest", () => {
  it("is the newest second that anybody has claimed for one of the names, in whatever order they are listed", () => {
    const [one, two] = [setUp(), setUp()];
    for (const each of [99, 100, 98]) one.claims.take(each, 1);
    two.claims.take(97, 1);
    expect(one.claims.newest(0, 1_000)).toBe(100);
    for (const names of [
      [one.name, two.name],
      [two.name, one.name],
    ])
      expect(claimsIn(directory, names).newest(0, 1_000)).toBe(100);
  });

  it("looks from the first to the last of the seconds that were asked for", () => {
    const { claims } = setUp();
    for (const each of [62, 65, 125, 130]) claims.take(each, 1);
    expect([claims.newest(62, 62), claims.newest(63, 64), claims.newest(66, 124)]).toEqual([62, 0, 0]);
    expect([claims.newest(60, 125), claims.newest(60, 64), claims.newest(126, 129)]).toEqual([125, 62, 0]);
  });

  it("is 0 where nobody has claimed", () => {
    expect(setUp().claims.newest(0, 100)).toBe(0);
  });
});

describe("old minutes", () => {
  const minutesOf = (own: string) => readdirSync(own).toSorted();

  it("go after an hour, two at a time, the oldest first, and their floor stays", () => {
    const { own, claims } = setUp();
    for (const old of [100, 20, 3, 941]) mkdirSync(join(own, String(old)));
    claims.take(cell, 1);
    expect(minutesOf(own)).toEqual(["100", "1000", "941", "floor.20"]);
    claims.take(cell + 60, 1);
    expect(minutesOf(own)).toEqual(["1000", "1001", "floor.20", "floor.941"]); // an hour before 1001 is 941
  });

  it("are links that go too, one after the other, with nothing behind them", () => {
    const { own, claims } = setUp();
    const other = mkdtempSync(join(tmpdir(), "other-"));
    writeFileSync(join(other, "precious"), "");
    for (const name of ["1", "2"]) symlinkSync(other, join(own, name));
    claims.take(cell, 1);
    expect([minutesOf(own), readdirSync(other)]).toEqual([["1000", "floor.2"], ["precious"]]);
    rmSync(other, { recursive: true });
  });
});

describe("the folder of a name", () => {
  it("is an address as it is, in one case, and for all else one that cannot leave the directory", () => {
    const address = `0x${"Ab".repeat(20)}`;
    const names = [address, `${address}00`, `x${address}`, "../somebody"];
    const before = new Set(readdirSync(directory));
    claimsIn(directory, names);
    const made = readdirSync(directory).filter((name) => !before.has(name));
    expect(made).toHaveLength(4);
    expect(made.filter((name) => name === address.toLowerCase())).toHaveLength(1);
    expect(made.filter((name) => /^[0-9a-f]{40}$/.test(name))).toHaveLength(3);
    expect(existsSync(join(directory, "..", "somebody"))).toBe(false);
  });
});
