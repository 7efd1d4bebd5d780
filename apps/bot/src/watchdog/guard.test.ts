// What stands in the way of an order: fence, kill mark, kill file; and what it costs.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientId } from "@bp/core";
import { systemClock } from "@bp/transport";
import { describe, expect, it, type TestContext } from "vitest";
import { readLease } from "../kill/lease.ts";
import { isKilled, mark } from "../kill/marks.ts";
import { filesOf, foundBots } from "../kill/registry.ts";
import { createOperator } from "../operator.ts";
import type { Stage } from "../stage/stage.ts";
import { standGuard } from "./guard.ts";

const accounts = ["sandbox/aaaa", "sandbox/bbbb"];
const order = { clientId: clientId(0x0500_0007) };

async function guarded({ onTestFinished }: TestContext, killFile?: string) {
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
  const guard = await standGuard({
    stage,
    operator,
    journal: ":memory:",
    config: undefined,
    limitMs: undefined,
    killFile: killFile === undefined ? undefined : join(folder, killFile),
    tell: () => undefined,
  });
  guard.begun({ run: "r1", clientRun: 5, others: [], instruments: ["backpack:SOL_USDC_PERP"] });
  onTestFinished(async () => {
    await guard.ended(true);
    if (before === undefined) delete process.env["BP_STATE"];
    else process.env["BP_STATE"] = before;
    rmSync(folder, { recursive: true, force: true });
  });
  const [bot] = foundBots();
  if (bot === undefined) throw new Error("not registered");
  return { guard, operator, folder, bot, files: filesOf(bot.folder) };
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
    expect(readLease(files.lease).last).toBe(0);
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
      expect(performance.now() - begun).toBeLessThan(20_000);
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

  it("costs an order less than 5 µs", async (context) => {
    const { guard } = await guarded(context, "KILL");
    const batch = 500;
    let least = Number.POSITIVE_INFINITY; // the machine does other things too
    for (let turn = 0; turn < 60; turn++) {
      const begun = performance.now();
      for (let each = 0; each < batch; each++) guard.passes(order);
      least = Math.min(least, ((performance.now() - begun) / batch) * 1_000);
    }
    expect(least).toBeLessThan(5);
  });

  it("leaves nothing behind after a clean end", async (context) => {
    const { guard, bot, folder } = await guarded(context);
    await guard.ended(true);
    expect(existsSync(bot.folder)).toBe(false);
    expect(readdirSync(join(folder, "bots"))).toEqual([]);
  });
});
