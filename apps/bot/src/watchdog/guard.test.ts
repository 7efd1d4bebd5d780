// What stands in the way of an order: fence, kill mark, kill file; and what it costs.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientId } from "@bp/core";
import { systemClock } from "@bp/transport";
import { describe, expect, it, type TestContext, vi } from "vitest";
import { readLease } from "../bots/lease.ts";
import { isKilled, mark } from "../bots/marks.ts";
import { filesOf, foundBots, goodbyeIn } from "../bots/registry.ts";
import { killable } from "../killable.ts";
import { createOperator } from "../operator.ts";
import type { Stage } from "../stage/stage.ts";
import { standGuard } from "./guard.ts";

const accounts = ["sandbox/aaaa", "sandbox/bbbb"];
const order = { clientId: clientId(0x0500_0007) };
/** The number before the first of its run. */
const zero = 0x0500_0000;

async function guarded({ onTestFinished }: TestContext, killFile?: string, told = ["backpack", "aster-futures"]) {
  const folder = mkdtempSync(join(tmpdir(), "bp-guard-"));
  const before = process.env["BP_STATE"];
  process.env["BP_STATE"] = folder;
  const operator = createOperator();
  const stage = {
    place: "sandbox",
    lasts: true,
    venues: [{ id: "backpack" }, { id: "aster-futures" }],
    accounts,
    clock: systemClock,
  } as unknown as Stage; // all that a guard asks for
  const both = {
    operator,
    killFile: killFile === undefined ? undefined : join(folder, killFile),
    tell: () => undefined,
  };
  const { entry } = killable({
    ...both,
    role: "bot",
    config: { place: "sandbox", journal: ":memory:", file: undefined },
    lasts: true,
    accounts: accounts.map((name, at) => ({ name, venue: stage.venues[at]?.id ?? "" })),
  });
  if (entry === undefined) throw new Error("not registered");
  const takeBack = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true));
  const guard = await standGuard({ ...both, stage, entry, takeBack, limitMs: undefined });
  guard.begun({ run: "r1", clientRun: 5, last: zero, others: [], instruments: ["backpack:SOL_USDC_PERP"] });
  for (const venue of told) guard.told(venue, zero);
  onTestFinished(async () => {
    await guard.ended("nothing");
    if (before === undefined) delete process.env["BP_STATE"];
    else process.env["BP_STATE"] = before;
    rmSync(folder, { recursive: true, force: true });
  });
  const [bot] = foundBots();
  if (bot === undefined) throw new Error("not registered");
  return { guard, operator, folder, bot, takeBack, files: filesOf(bot.folder) };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 10)); // longer than marks may be taken for granted

describe("standGuard", () => {
  it("lets orders pass and writes their numbers down", async (context) => {
    const { guard, bot, files } = await guarded(context);
    expect(guard.passes(order)).toBe(true);
    expect(readLease(files.lease).last).toBe(order.clientId);
    expect(bot).toMatchObject({ pid: process.pid, alive: true, run: "r1", clientRun: 5 });
    expect(bot.accounts.map(({ venue }) => venue)).toEqual(["backpack", "aster-futures"]);
  });

  it("lets none pass behind a fence, and says so once", async (context) => {
    const { guard, operator, files } = await guarded(context);
    let fenced = 0;
    guard.onFence(() => {
      fenced += 1;
    });
    writeFileSync(files.fence, "late\n");
    expect([guard.passes(order), guard.passes(order)]).toEqual([false, false]);
    expect(fenced).toBe(1);
    expect(operator.ending).toBe(undefined);
    expect(readLease(files.lease).last).toBe(zero);
  });

  it("writes no last number down until all venues have told what rests: the journal may have lost the end of the run", async (context) => {
    const { guard, files } = await guarded(context, undefined, []);
    const last = () => readLease(files.lease).last;
    guard.told("backpack", zero + 3);
    expect([guard.passes(order), last()]).toEqual([true, 0]);
    guard.told("aster-futures", zero + 16); // shown there, and lost here
    expect(last()).toBe(zero + 16);
    guard.told("backpack", zero + 18);
    expect(last()).toBe(zero + 18);
  });

  it("lets none leave any more that has passed before, and keeps the last number where an earlier one leaves later", async (context) => {
    const { guard, files } = await guarded(context);
    const later = { clientId: clientId(0x0500_0008) };
    expect([guard.passes(order), guard.passes(later), guard.mayLeave()]).toEqual([true, true, true]);
    expect(readLease(files.lease).last).toBe(later.clientId);
    writeFileSync(files.fence, "late\n");
    expect(guard.mayLeave()).toBe(false);
  });

  it("halts at a mark, and marks the other accounts too", async (context) => {
    const { guard, operator } = await guarded(context);
    mark({ account: "sandbox/aaaa", venue: "backpack", by: "a test", at: 1 });
    await soon();
    expect(guard.passes(order)).toBe(false);
    expect(operator.ending).toBe("halt");
    expect(accounts.map(isKilled)).toEqual([true, true]);
  });

  it("halts at a kill file, without being asked for an order", async (context) => {
    const { operator, folder } = await guarded(context, "KILL");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "KILL"), "");
    const begun = performance.now();
    while (operator.ending === undefined) {
      expect(performance.now() - begun).toBeLessThan(60_000);
      await soon();
    }
    expect(operator.ending).toBe("halt");
  });

  it("what was killed by its fence stays dead, also when the marks are gone", async (context) => {
    const { guard, operator, files } = await guarded(context);
    writeFileSync(files.fence, "the kill switch (bot kill)\n");
    expect(guard.passes(order)).toBe(false);
    expect(operator.ending).toBe("halt");
  });

  it("is killed by a fence also where the watchdog's own has stood in its place", async (context) => {
    const { guard, operator, files } = await guarded(context);
    writeFileSync(files.fence, "late\n");
    expect(guard.passes(order)).toBe(false);
    expect(operator.ending).toBe(undefined);
    writeFileSync(files.fence, "the kill switch (bot kill)\n"); // its marks could not be made
    await vi.waitFor(() => expect(operator.ending).toBe("halt"), { timeout: 60_000 });
  });

  it("costs an order some looks at the disk and no wait", async (context) => {
    const { guard } = await guarded(context, "KILL");
    const batch = 500;
    let least = Number.POSITIVE_INFINITY; // the machine does other things too
    for (let turn = 0; turn < 60; turn++) {
      const begun = performance.now();
      for (let each = 0; each < batch; each++) guard.passes(order);
      least = Math.min(least, ((performance.now() - begun) / batch) * 1_000);
    }
    expect(least).toBeLessThan(100); // µs; about 3 where nothing else runs
  });

  it("halts where nobody can look for a mark or a fence", async (context) => {
    const { guard, operator, folder } = await guarded(context);
    rmSync(join(folder, "kill"), { recursive: true, force: true });
    symlinkSync("kill", join(folder, "kill")); // a ring: as a folder that may not be entered, also for root
    await soon();
    expect(guard.passes(order)).toBe(false);
    expect(operator.ending).toBe("halt");
    const fenced = await guarded(context);
    rmSync(fenced.bot.folder, { recursive: true });
    symlinkSync(fenced.bot.folder, fenced.bot.folder);
    expect(fenced.guard.passes(order)).toBe(false);
  });

  it("says what is left to whoever has killed it, and takes back what was meant to stay", async (context) => {
    for (const [left, word] of [
      ["nothing", "nothing"],
      ["unknown", "unknown"],
      ["meant", "nothing"],
    ] as const) {
      const { guard, bot, files, takeBack } = await guarded(context);
      writeFileSync(files.fence, "the kill switch (bot kill)\n");
      await guard.ended(left);
      expect(goodbyeIn(bot.folder)).toBe(word);
      expect(takeBack).toHaveBeenCalledTimes(left === "meant" ? 1 : 0);
    }
  });

  it("leaves nothing behind after a clean end", async (context) => {
    const { guard, bot, folder } = await guarded(context);
    await guard.ended("nothing");
    expect(existsSync(bot.folder)).toBe(false);
    expect(readdirSync(join(folder, "bots"))).toEqual([]);
  });
});
