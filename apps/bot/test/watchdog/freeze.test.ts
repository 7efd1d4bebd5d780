// The figure of the watchdog: a bot frozen with ten resting orders at each venue, again and again, and how long they stand.
// BP_LONG=1 makes a hundred of it; BP_RUNS says another number, BP_LIMIT another limit: on a machine that has much to do, a second is short.
import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Finished } from "../table.ts";
import { aster, layWard, sol } from "./ward.ts";

const limitMs = Number(process.env["BP_LIMIT"] ?? 1_000);
const runs = Number(process.env["BP_RUNS"] ?? (process.env["BP_LONG"] === "1" ? 100 : 3));
/** How long after the limit orders may stand, ms. */
const mostMs = 2_000;
/** The same bot is frozen so often before another one takes its place, on markets of its own: each awakening takes an eighth of what Aster allows in a minute. */
const times = 3;

describe("a frozen bot", () => {
  it(`has no open order two seconds after the limit, ${runs} of ${runs}`, {
    timeout: 600_000 + runs * 120_000,
  }, async () => {
    const took: number[] = [];
    while (took.length < runs) {
      const cleaning: Parameters<Finished>[0][] = [];
      try {
        took.push(...(await frozen((task) => void cleaning.push(task), Math.min(times, runs - took.length))));
      } finally {
        for (const task of cleaning.toReversed()) await task();
      }
      const file = process.env["BP_FIGURES"]; // each of them in ms, as they come
      if (file !== undefined) writeFileSync(file, `${JSON.stringify(took.map((ms) => Math.round(ms - limitMs)))}\n`);
    }
    const late = took.toSorted((a, b) => a - b).map((ms) => Math.round(ms - limitMs));
    const at = (share: number) => late[Math.min(late.length - 1, Math.floor(share * late.length))];
    const figures = { runs, least: at(0), median: at(0.5), p90: at(0.9), p99: at(0.99), most: at(1) };
    process.stdout.write(`ms after the watchdog's limit of ${limitMs} ms: ${JSON.stringify(figures)}\n`);
    expect(late.filter((ms) => ms > mostMs)).toEqual([]);
  });
});

/** Freezes one bot so often. @returns how long its orders stood, ms of this process' own from SIGSTOP */
async function frozen(finished: Finished, count: number): Promise<readonly number[]> {
  const ward = await layWard(finished);
  const { hall } = ward;
  const own = [hall.byHand(sol, "buy", "1.00", "120.00"), hall.byHand(aster, "sell", "1.00", "190.00")];
  const bot = ward.start(["--watchdog-ms", String(limitMs)]);
  const told = (error: unknown): never => {
    throw new Error(`${String(error)}\n${bot.stdout}\n${bot.stderr}\n${ward.log()}`);
  };
  const took: number[] = [];
  while (took.length < count) {
    await ward.full().catch(told);
    await hall.pass(700 + Math.random() * 300); // anywhere between two beats, and two rounds of quotes
    await ward.full().catch(told);
    bot.child.kill("SIGSTOP");
    const stood = await ward.promptly("no open order of ours", () => ward.resting() === 0, 30_000).catch(told);
    took.push(stood);
    if (stood > limitMs + mostMs) process.stdout.write(`${Math.round(stood - limitMs)} ms:\n${ward.log()}\n`);
    expect([...hall.resting(sol), ...hall.resting(aster)].toSorted()).toEqual(own.toSorted());
    bot.child.kill("SIGCONT");
  }
  await ward.full().catch(told); // it goes on
  bot.child.kill("SIGINT");
  const { code } = await bot.ended;
  if (code !== 0) told(`it ended with ${code}`);
  expect(ward.resting()).toBe(0);
  return took;
}
