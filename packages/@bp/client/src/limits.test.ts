// The budgets of a client against a venue that counts a sliding minute by arrival.
import { manualClock, millis, random } from "@bp/core";
import { describe, expect, it } from "vitest";
import { clientLimits, costOf } from "./limits.ts";

const start = millis(1_750_000_000_000);
const url = "http://127.0.0.1:1";
const signed = costOf(true, false);

async function turns(): Promise<void> {
  for (let hop = 0; hop < 6; hop++) await Promise.resolve();
}

/** The most that arrived within any stretch of so many ms. */
function mostIn(times: readonly number[], ms: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  let from = 0;
  let most = 0;
  for (const [place, time] of sorted.entries()) {
    while ((sorted[from] ?? 0) <= time - ms) from += 1;
    most = Math.max(most, place - from + 1);
  }
  return most;
}

describe("clientLimits", () => {
  it("keeps the venue's 2,000 a minute however long requests are on their way, and lets every cancel and hedge go at once", async () => {
    for (const seed of [1, 2, 3]) {
      const clock = manualClock(start);
      const dice = random(seed);
      const { budget } = clientLimits(clock, url, undefined);
      const arrived: number[] = [];
      const arrive = () => void arrived.push(clock.now() + dice.next() * 1_900);
      let held = 0;
      const asked: Promise<void>[] = [];
      let quotes = 0;
      const quote = async () => {
        try {
          await budget.take("trade", signed);
        } catch {
          return; // stood in line for too long
        }
        quotes += 1;
        arrive();
      };
      for (let passed = 0; passed < 130_000; passed += 50) {
        for (let wish = 0; wish < 6; wish++) asked.push(quote());
        if (passed % 250 === 0) {
          if (budget.tryTake("cancel", signed)) arrive();
          else held += 1;
        }
        await turns();
        clock.advance(50);
        await turns();
      }
      clock.advance(10_000);
      await Promise.all(asked);
      expect(held).toBe(0);
      expect(quotes).toBeGreaterThan(2_500); // most of what quotes may have in two windows and a bit
      expect(mostIn(arrived, 60_000)).toBeLessThanOrEqual(2_000);
    }
  });

  it("lets what protects leave before quotes that have waited for longer", async () => {
    const clock = manualClock(start);
    const { budget } = clientLimits(clock, url, undefined);
    while (budget.tryTake("cancel", signed));
    clock.advance(58_000);
    const left: string[] = [];
    for (const lane of ["trade", "read", "cancel", "trade", "cancel"] as const)
      budget.take(lane, signed).then(
        () => left.push(lane),
        () => undefined,
      );
    expect(budget.tryTake("trade", signed)).toBe(false);
    await turns();
    expect(left).toEqual([]);
    clock.advance(4_000);
    await turns();
    expect(left).toEqual(["cancel", "cancel", "trade", "read", "trade"]);
  });

  it("counts what is slow in both, and what nobody signs by address, for all clients of the process", () => {
    const clock = manualClock(start);
    const [one, other] = [clientLimits(clock, url, undefined), clientLimits(clock, url, undefined)];
    for (let count = 0; count < 28; count++) expect(one.slow.tryTake("read", costOf(false, true))).toBe(true);
    expect(other.slow.tryTake("read", costOf(false, true))).toBe(false);
    expect(one.budget.free("cancel")).toBe(1_900 - 28);
    expect([other.budget.free("cancel"), other.budget.free("cancel", "unsigned")]).toEqual([1_900, 1_900 - 28]);
    expect(clientLimits(clock, url, "http://127.0.0.1:2").slow.tryTake("read", costOf(false, true))).toBe(true);
  });

  it("stops both budgets of a client after a 429, whichever of them met it, and no other account's", () => {
    const clock = manualClock(start);
    const [one, other] = [clientLimits(clock, url, undefined), clientLimits(clock, url, undefined)];
    one.slow.pause(1_000);
    expect([one.budget.pausedMs(), one.slow.pausedMs(), other.budget.pausedMs()]).toEqual([1_000, 1_000, 0]);
    one.budget.pause(3_000);
    expect(one.slow.pausedMs()).toBe(3_000);
  });
});
