import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BpError } from "@bp/core";
import * as fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import { createNonces, createSpareNonces, type NonceOptions } from "./index.ts";

const directory = mkdtempSync(join(tmpdir(), "nonces-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const second = 1_000_000;
const start = 1_748_310_859_508_867; // µs; in the middle of a cell
const cell = Math.floor(start / second);
let signers = 0;

/** A signer that nobody has had, in a directory that all tests share, and a clock that goes where it is told. */
function setUp(given: Partial<NonceOptions> = {}) {
  const signer = `0x${(++signers).toString(16).padStart(40, "0")}`;
  const clock = { time: start };
  const more = (other: Partial<NonceOptions> = {}) =>
    createNonces({ signer, directory, now: () => clock.time, ...given, ...other });
  return { signer, clock, more, nonces: more(), folder: join(directory, signer) };
}

const failure = (work: () => unknown): BpError => {
  try {
    work();
  } catch (error) {
    if (error instanceof BpError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

const take = ({ next }: { next: () => number }, count: number) => Array.from({ length: count }, next);

/** Fills cells with the claims of others. */
function occupy(folder: string, from: number, to: number) {
  for (let each = from; each <= to; each++) {
    mkdirSync(join(folder, String(Math.floor(each / 60))), { recursive: true });
    for (let slot = 0; slot < 32; slot++)
      writeFileSync(join(folder, String(Math.floor(each / 60)), `${each}.${slot}`), "");
  }
}

describe.each(["machine", "process"] as const)("nonces of a %s", (scope) => {
  it("rise, near the time and never below it", () => {
    const { nonces, clock } = setUp({ scope });
    let last = 0;
    for (let count = 0; count < 1_000; count++) {
      clock.time += count % 7 === 0 ? 5_000 : 0;
      const nonce = nonces.next();
      expect(Number.isSafeInteger(nonce)).toBe(true);
      expect(nonce).toBeGreaterThan(last);
      expect(nonce).toBeGreaterThanOrEqual(clock.time);
      expect(nonce).toBeLessThan(clock.time + 50_000);
      last = nonce;
    }
  });

  it("go on rising when the clock steps back by 5 s, because the venue keeps the latest only", () => {
    const { nonces, clock } = setUp({ scope });
    const before = nonces.next();
    clock.time -= 5 * second;
    const after = take(nonces, 200);
    expect(after[0]).toBeGreaterThan(before);
    expect(after.at(-1)).toBeLessThan(clock.time + 8 * second);
    clock.time += 6 * second;
    expect(nonces.next()).toBeGreaterThanOrEqual(clock.time);
  });

  it("are refused when all of two seconds are spent, and are there again later", () => {
    const { nonces, clock } = setUp({ scope });
    let last = 0;
    const error = failure(() => {
      for (;;) last = nonces.next();
    });
    expect(last).toBeLessThanOrEqual(clock.time + 2 * second);
    expect(error.code).toBe("signing/nonce-spent");
    expect(error.retry).toBe("later");
    const { waitMs } = error.context as { waitMs: number };
    expect(waitMs).toBeGreaterThan(0);
    expect(failure(() => nonces.next()).code).toBe("signing/nonce-spent");
    clock.time += waitMs * 1_000;
    const nonce = nonces.next();
    expect(nonce).toBeGreaterThanOrEqual(clock.time);
    expect(nonce).toBeLessThanOrEqual(clock.time + 2 * second);
  });

  it("are of one kind for two allocators of one signer", () => {
    const { nonces, more } = setUp({ scope });
    const other = more();
    const both = Array.from({ length: 500 }, () => [nonces.next(), other.next()]).flat();
    expect(new Set(both).size).toBe(1_000);
    expect(Math.max(...both)).toBeLessThan(start + 50_000);
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY, 2 ** 53, 2 ** 53 - 16_000_000])(
    "are not made of the time %d",
    (time) => {
      const { nonces, clock } = setUp({ scope });
      clock.time = time;
      const error = failure(() => nonces.next());
      expect([error.code, error.context]).toEqual([
        "signing/bad-value",
        { key: "nonce", why: `${time} is no time in µs since 1970` },
      ]);
      clock.time = start + 0.5;
      expect(Number.isSafeInteger(nonces.next())).toBe(true);
    },
  );

  it("need a name", () => {
    for (const [names, key] of [
      [{ signer: "" }, "signer"],
      [{ signer: "0xa", user: "" }, "user"],
    ] as const) {
      const error = failure(() => createNonces({ ...names, scope, directory }));
      expect([error.code, error.context]).toEqual(["signing/bad-value", { key, why: "nonces need a name" }]);
    }
  });

  it("are of this machine's time if no other is given", () => {
    const signer = `0x${(++signers).toString(16).padStart(40, "0")}`;
    const before = Date.now() * 1_000;
    const nonce = createNonces({ signer, scope, directory }).next();
    expect(nonce).toBeGreaterThanOrEqual(before);
    expect(nonce).toBeLessThan(Date.now() * 1_000 + 2 * second);
  });

  it("are the same for two copies of this package", async () => {
    vi.resetModules();
    const copy = await import("./index.ts");
    expect(copy.createNonces).not.toBe(createNonces);
    const { nonces, signer, clock } = setUp({ scope });
    const other = copy.createNonces({ signer, directory, scope, now: () => clock.time });
    const both = Array.from({ length: 500 }, () => [nonces.next(), other.next()]).flat();
    expect(new Set(both).size).toBe(1_000);
  });
});

describe("nonces of a process", () => {
  it("are refused when the clock steps back by hours: nothing says which were used", () => {
    const { nonces, clock } = setUp({ scope: "process" });
    nonces.next();
    clock.time -= 7_200 * second;
    const error = failure(() => nonces.next());
    expect(error.code).toBe("signing/nonce-clock");
    expect(error.context).toEqual({
      behindMs: 7_200_001,
      hint: "wait, or start the program anew if the clock is right now",
    });
  });

  it("are spent for no longer than the clock needs to come by", () => {
    const { nonces } = setUp({ scope: "process" });
    const error = failure(() => {
      for (;;) nonces.next();
    });
    expect(error.context).toMatchObject({ waitMs: 1 });
  });

  it("leave no file", () => {
    const { nonces, signer } = setUp({ scope: "process" });
    nonces.next();
    expect(readdirSync(directory)).not.toContain(signer);
  });

  it("are what there is without a file system, and nobody is told otherwise", () => {
    const modules = vi.spyOn(process, "getBuiltinModule").mockImplementation(() => undefined);
    try {
      const name = "a browser's";
      const [one, other] = [createNonces({ signer: name }), createNonces({ signer: name })];
      expect(other.next()).not.toBe(one.next());
      for (const options of [{ scope: "machine" as const }, { directory }]) {
        const error = failure(() => createNonces({ signer: name, ...options }));
        expect([error.code, error.context]).toEqual([
          "signing/nonce-store",
          { directory: "scope" in options ? "a file" : directory, why: "there is no file system here" },
        ]);
      }
    } finally {
      modules.mockRestore();
    }
  });

  it("do not mind how the address is written", () => {
    const { nonces, more } = setUp({ scope: "process", signer: "0xAbC" });
    expect(more({ signer: "0xaBc" }).next()).not.toBe(nonces.next());
  });
});

describe("nonces of a machine", () => {
  it("begin anew at the time, with claims of their own, when the clock steps back by half an hour", () => {
    const { nonces, clock } = setUp();
    const before = take(nonces, 100);
    for (let step = 0; step < 5; step++) {
      clock.time -= 1_800 * second;
      const after = take(nonces, 100);
      expect(after[0]).toBeLessThan(clock.time + second);
      clock.time += 1_800 * second;
      before.push(...after, ...take(nonces, 100));
    }
    expect(new Set(before).size).toBe(before.length);
  });

  it("of a new program join those that are ahead because the clock stepped back", () => {
    const { nonces, clock, more } = setUp();
    const before = nonces.next();
    clock.time -= 5 * second;
    const after = more().next();
    expect(after).toBeGreaterThanOrEqual(Math.floor(before / second) * second);
    expect(after).toBeLessThan(clock.time + 8 * second);
  });

  it("are not taken from the end of a second that has not one for each slot", () => {
    const { clock, more } = setUp();
    clock.time = cell * second + second - 10;
    const first = more().next(); // slot 0 has none left there, and the next second's first is not claimed
    clock.time += 10;
    const both = [first, ...take(more(), 3)];
    expect([Math.floor(first / second), new Set(both).size]).toEqual([cell + 1, 4]);
  });

  it("of a second that has just begun are claimed too", () => {
    const { clock, nonces, more } = setUp();
    clock.time = cell * second;
    nonces.next(); // slot 0
    clock.time += second;
    expect(nonces.next()).not.toBe(more().next());
  });

  it("survive any number of restarts while the clock stands still", () => {
    const { more } = setUp();
    const seen = Array.from({ length: 60 }, () => take(more(), 10)).flat();
    expect(new Set(seen).size).toBe(600);
    expect(Math.max(...seen)).toBeLessThan(start + 2 * second);
  });

  it("go to the next second when all slots of one are taken, and are refused beyond the window", () => {
    const { folder, more } = setUp();
    occupy(folder, cell, cell);
    expect(Math.floor(more().next() / second)).toBe(cell + 1);
    occupy(folder, cell + 1, cell + 9);
    const error = failure(() => more().next());
    expect(error.code).toBe("signing/nonce-spent");
    const { waitMs } = error.context as { waitMs: number };
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(1_000);
  });

  it("keep an hour of claims, and nothing older can be claimed again", () => {
    const { nonces, clock, folder, more } = setUp();
    for (let minute = 0; minute < 150; minute++) {
      nonces.next();
      clock.time += 60 * second;
    }
    const minutes = readdirSync(folder).filter((name) => /^\d+$/.test(name));
    expect(minutes.length).toBeLessThan(65);
    expect(readdirSync(folder).length - minutes.length).toBeLessThanOrEqual(2); // the floor, and the one before
    clock.time -= 2 * 3_600 * second;
    for (const each of [nonces, more()]) {
      const error = failure(() => each.next());
      expect(error.code).toBe("signing/nonce-clock");
      expect(error.retry).toBe("later");
      expect(error.message).toContain(folder);
    }
    clock.time += 2 * 3_600 * second;
    expect(nonces.next()).toBeGreaterThanOrEqual(clock.time);
  });

  it("are there whatever else lies in the folder, and nothing is removed through a link", () => {
    const { nonces, clock, folder } = setUp();
    take(nonces, 2);
    const other = mkdtempSync(join(tmpdir(), "other-"));
    writeFileSync(join(other, "precious"), "");
    symlinkSync(other, join(folder, "1"));
    writeFileSync(join(folder, "2"), "");
    for (const name of ["floor.", "floor.29138514 (copy)", "floor.x", ".DS_Store"])
      writeFileSync(join(folder, name), "");
    clock.time += 60 * second;
    take(nonces, 2);
    clock.time += 60 * second;
    take(nonces, 2);
    expect(readdirSync(other)).toEqual(["precious"]);
    rmSync(other, { recursive: true });
    expect(readdirSync(folder)).not.toContain("1");
  });

  it("can be claimed within a minute after somebody's clock was years ahead", () => {
    const { nonces, clock, more } = setUp();
    const seen = take(nonces, 10);
    clock.time += 4 * 365 * 86_400 * second;
    seen.push(...take(more(), 10));
    clock.time = start + 60 * second;
    seen.push(...take(nonces, 10), ...take(more(), 10));
    expect(new Set(seen).size).toBe(40);
    expect(seen.at(-1)).toBeLessThan(clock.time + 2 * second);
  });

  it("never repeat, whatever clocks and programs do", () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ by: fc.integer({ min: 0, max: 2 * second }) }) },
      { weight: 2, arbitrary: fc.record({ by: fc.integer({ min: -9 * second, max: 0 }) }) },
      { weight: 1, arbitrary: fc.record({ by: fc.integer({ min: -1_200 * second, max: 1_200 * second }) }) },
      { weight: 8, arbitrary: fc.record({ who: fc.nat(2), count: fc.integer({ min: 1, max: 60 }) }) },
      { weight: 1, arbitrary: fc.record({ restart: fc.nat(2) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { clock, more } = setUp();
        const programs = [more(), more(), more()];
        const taken: { nonce: number; time: number }[] = [];
        for (const each of steps) {
          if ("by" in each) clock.time += each.by;
          else if ("restart" in each) programs[each.restart] = more();
          else
            for (let count = 0; count < each.count; count++)
              taken.push({ nonce: programs[each.who]?.next() ?? 0, time: clock.time });
        }
        expect(new Set(taken.map(({ nonce }) => nonce)).size).toBe(taken.length);
        expect(taken.filter(({ nonce, time }) => nonce < time || nonce > time + 8 * second)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("are kept where only the user can look, below a name that is safe", () => {
    const { nonces, folder } = setUp();
    nonces.next();
    expect(statSync(folder).mode & 0o077).toBe(0);
    const nasty = "../../outside/\u0000";
    createNonces({ signer: nasty, directory, now: () => start }).next();
    for (const name of readdirSync(directory)) expect(name).toMatch(/^(0x)?[0-9a-f]{40}$/);
  });

  it("are kept in the user's state folder if nothing else is said", () => {
    vi.stubEnv("XDG_STATE_HOME", join(directory, "state"));
    vi.stubEnv("LOCALAPPDATA", join(directory, "state"));
    const signer = `0x${"c".repeat(40)}`;
    createNonces({ signer, now: () => start }).next();
    expect(readdirSync(join(directory, "state", "bp", "nonces", signer))).toEqual([String(Math.floor(cell / 60))]);
    vi.unstubAllEnvs();
    rmSync(join(directory, "state"), { recursive: true });
  });

  it("say what to do when the directory is none", () => {
    const file = join(directory, "0x".padEnd(42, "f"));
    writeFileSync(file, "");
    const error = failure(() => setUp({ directory: file }));
    expect(error.code).toBe("signing/nonce-store");
    expect(error.message).toContain(file);
    expect(error.message).toContain('"process"');
    const { nonces, folder } = setUp();
    writeFileSync(join(folder, String(Math.floor(cell / 60))), "");
    expect(failure(() => nonces.next()).code).toBe("signing/nonce-store");
  });
});

describe("spare nonces", () => {
  it("need no file, and are above all that others give out and within 10 s, also after the clock stepped back", () => {
    const { signer, clock, nonces } = setUp();
    const spares = createSpareNonces({ signer, now: () => clock.time });
    const high = nonces.next();
    clock.time -= 5 * second; // now the others run ahead as far as they ever do
    const before = take(nonces, 100).at(-1) ?? 0;
    expect(before).toBeGreaterThan(high);
    const modules = vi.spyOn(process, "getBuiltinModule").mockImplementation(() => undefined);
    try {
      let last = before;
      for (const nonce of take(spares, 1_000)) {
        expect(nonce).toBeGreaterThan(last);
        expect(nonce).toBeGreaterThanOrEqual(clock.time + 8 * second);
        expect(nonce).toBeLessThan(clock.time + 9 * second);
        last = nonce;
      }
      expect(spares.last()).toBe(last);
    } finally {
      modules.mockRestore();
    }
  });

  it("are never the same twice in a process for one signer, nor for one user", () => {
    const { signer, clock } = setUp();
    const [user, now] = [`user of ${signer}`, () => clock.time];
    const one = createSpareNonces({ signer, user, now });
    for (const who of [{ signer: signer.toUpperCase() }, { signer: `another of ${signer}`, user }]) {
      const other = createSpareNonces({ ...who, now });
      const given = Array.from({ length: 300 }, (_, at) => (at % 2 === 0 ? one : other).next());
      expect(new Set(given).size).toBe(300);
      expect([one.last(), other.last()]).toEqual([given.at(-1), given.at(-1)]);
    }
    expect(createSpareNonces({ signer: `nobody of ${signer}`, now }).last()).toBe(0);
  });

  it("follow the last without going further ahead, until it is past", () => {
    const { signer, clock } = setUp();
    const spares = createSpareNonces({ signer, now: () => clock.time });
    const last = take(spares, 3).at(-1) ?? 0;
    clock.time += 5 * second;
    expect([spares.follow(), spares.follow(), spares.last()]).toEqual([last + 1, last + 2, last + 2]);
    clock.time = last + 100;
    expect(spares.follow()).toBe(clock.time);
    expect(spares.next()).toBeGreaterThanOrEqual(clock.time + 8 * second);
  });

  it("are where the venue takes them however far the clock stepped back, and those from before are waited for no more", () => {
    const { signer, clock } = setUp();
    const spares = createSpareNonces({ signer, now: () => clock.time });
    spares.next();
    clock.time -= 3_600 * second;
    expect(spares.last()).toBe(0);
    for (const nonce of [spares.next(), spares.follow()]) {
      expect(nonce).toBeGreaterThanOrEqual(clock.time + 8 * second);
      expect(nonce).toBeLessThan(clock.time + 9 * second);
    }
  });
});
