import { BpError, manualClock } from "@bp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Countdown, createCountdown } from "./countdown.ts";

let life: AbortController;
let sent: [symbol: string, ms: number][];
let troubles: BpError[];
let rests: Set<string>;
let fails: boolean;
let gate: Promise<void> | undefined;
const clock = manualClock(0);

beforeEach(() => {
  life = new AbortController();
  sent = [];
  troubles = [];
  rests = new Set();
  fails = false;
  gate = undefined;
});
afterEach(() => life.abort());

function start(): Countdown {
  return createCountdown({
    ms: 60_000,
    everyMs: 20_000,
    symbols: () => ["A", "B"],
    resting: (symbol) => rests.has(symbol),
    send: async (symbol, ms) => {
      sent.push([symbol, ms]);
      await gate;
      if (fails) throw new BpError("transport/timeout", { url: "x", ms: 1 });
    },
    clock,
    run: (task) => void task(),
    trouble: (error) => troubles.push(error),
    signal: life.signal,
  });
}

/** From now on nothing is answered; gives the way to answer. */
function hold(): () => void {
  let answer = () => {};
  gate = new Promise((resolve) => {
    answer = resolve;
  });
  return () => answer();
}

async function beat() {
  clock.advance(20_000);
  await settled();
}

async function settled() {
  for (let hop = 0; hop < 20; hop++) await Promise.resolve();
}

/** As long as all tries of a stop take. */
async function someTries() {
  for (let tries = 0; tries < 3; tries++) {
    await settled();
    clock.advance(500);
  }
  await settled();
}

describe("createCountdown", () => {
  it("arms with the first order, goes on while something rests, and stops once when nothing does", async () => {
    const countdown = start();
    rests.add("A");
    countdown.sent("A");
    countdown.sent("A");
    await beat();
    await beat();
    expect(sent).toEqual([
      ["A", 60_000],
      ["A", 60_000],
      ["A", 60_000],
    ]);
    rests.clear();
    await beat();
    await beat();
    expect(sent.slice(3)).toEqual([["A", 0]]);
  });

  it("arms for orders that rest from an earlier run", async () => {
    start();
    rests.add("B");
    await beat();
    expect(sent).toEqual([["B", 60_000]]);
  });

  it("tries again at the next beat after a failure", async () => {
    const countdown = start();
    rests.add("A");
    fails = true;
    countdown.sent("A");
    await beat();
    expect([sent.length, troubles.length]).toEqual([2, 2]);
  });

  it("never arms where orders that are not ours rest, and says so once", async () => {
    const countdown = start();
    rests.add("A");
    countdown.sent("A");
    countdown.strangers("A", true);
    countdown.strangers("A", true);
    await beat();
    await beat();
    expect(sent).toEqual([
      ["A", 60_000],
      ["A", 0],
    ]);
    expect(troubles.map(({ code }) => code)).toEqual(["config/conflict"]);
    countdown.strangers("A", false);
    await beat();
    expect(sent.at(-1)).toEqual(["A", 60_000]);
  });

  it("stops for good where what rests is to stay, after a beginning that is on its way, and not in the markets of strangers", async () => {
    const answer = hold();
    const countdown = start();
    rests.add("A");
    countdown.strangers("B", true);
    countdown.sent("A");
    const stays = countdown.letStay();
    await Promise.resolve();
    expect(sent).toEqual([["A", 60_000]]);
    answer();
    await stays;
    await beat();
    countdown.sent("A");
    await countdown.close();
    expect(sent.slice(1)).toEqual([["A", 0]]);
  });

  it("says so when it cannot be stopped, and keeps it then", async () => {
    const countdown = start();
    rests.add("A");
    fails = true;
    const stays = countdown.letStay().catch((error: unknown) => error);
    await someTries();
    expect(await stays).toMatchObject({ code: "transport/timeout" });
    expect(sent).toEqual(["A", "B", "A", "B", "A", "B"].map((symbol) => [symbol, 0]));
    fails = false;
    await beat();
    expect(sent.slice(6)).toEqual([
      ["A", 60_000],
      ["B", 0],
    ]);
  });

  it("stops it for strangers only after a beginning that is on its way, which would pass the stop", async () => {
    const answer = hold();
    const countdown = start();
    rests.add("A");
    countdown.sent("A");
    countdown.strangers("A", true);
    await settled();
    expect(sent).toEqual([["A", 60_000]]);
    answer();
    await settled();
    expect(sent.slice(1)).toEqual([["A", 0]]);
  });

  it("tries a stop for strangers again until it is answered, also when what rests is to stay", async () => {
    const countdown = start();
    rests.add("A");
    countdown.sent("A");
    await settled();
    fails = true;
    countdown.strangers("A", true);
    await someTries();
    expect(sent.slice(1)).toEqual(["A", "A", "A"].map((symbol) => [symbol, 0]));
    expect(troubles.map(({ code }) => code)).toEqual(["config/conflict", "transport/timeout"]);
    await beat();
    await someTries();
    expect(sent.slice(4)).toEqual(["A", "A", "A"].map((symbol) => [symbol, 0]));
    const stays = countdown.letStay().catch((error: unknown) => error);
    await someTries();
    expect(await stays).toMatchObject({ code: "transport/timeout" });
    fails = false;
    await countdown.letStay();
    expect(sent.slice(-2)).toEqual([
      ["A", 0],
      ["B", 0],
    ]);
    const before = sent.length;
    await countdown.letStay();
    expect(sent.slice(before)).toEqual([["B", 0]]); // a market of strangers where none runs is left alone
  });

  it("begins it anew for an order that was sent while a stop is on its way", async () => {
    const countdown = start();
    rests.add("A");
    countdown.sent("A");
    await settled();
    rests.clear();
    const answer = hold();
    await beat();
    rests.add("A");
    countdown.sent("A");
    await settled();
    expect(sent.slice(1)).toEqual([["A", 0]]);
    answer();
    await settled();
    expect(sent.slice(2)).toEqual([["A", 60_000]]);
  });

  it("stops it at the end for strangers although something of ours rests, if it could not be stopped before", async () => {
    const countdown = start();
    rests.add("A");
    countdown.sent("A");
    await settled();
    fails = true;
    countdown.strangers("A", true);
    await someTries();
    fails = false;
    await countdown.close();
    expect(sent.slice(-1)).toEqual([["A", 0]]);
    await countdown.close();
    expect(sent).toHaveLength(5);
  });

  it("stops at the end where nothing rests, and lets run where something does", async () => {
    const countdown = start();
    rests.add("A");
    rests.add("B");
    countdown.sent("A");
    countdown.sent("B");
    rests.delete("A");
    await countdown.close();
    expect(sent.slice(2)).toEqual([["A", 0]]);
  });
});
