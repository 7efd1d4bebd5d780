// Ten thousand cycles on a market that moves, with everything that goes wrong on the way: none ends naked.
import { type Instrument, random } from "@bp/core";
import { constantLatency } from "@bp/sim";
import { describe, expect, it } from "vitest";
import { type Desk, futures, layDesk, lead, refuse, spot } from "./desk.ts";

/** The full count takes about a minute of processor time; by default a part of it is run. */
const isLong = process.env["BP_LONG"] === "1";
const wanted = isLong ? 10_000 : 1_000;
const maxNakedMs = 10_000;
/** One more order may be on its way: a second until it is given up, there and back, and what a late answer costs. */
const stepMs = 2_000;
const cyclesOfRun = 40;

/** What one run came to. */
interface Outcome {
  readonly seed: number;
  readonly cycles: number;
  readonly end: "flat" | "halted";
  readonly longestNakedMs: number;
  readonly races: number;
  readonly partials: number;
  readonly refused: number;
  readonly lost: number;
  readonly unwound: number;
}

/** What is held on one side only, in coins. */
const openOf = (desk: Desk) => desk.held().reduce((sum, text) => sum + Number(text), 0);
/** On spot a rest that is worth less than an order stays: fees are taken in coins. */
const restOf = ({ kind }: Instrument) => (kind === "spot" ? 3.1 : 0);

/** Plays one run to its end. */
function play(seed: number, other: Instrument = futures): Outcome {
  const chance = random(seed);
  const faulty = chance.next() < 0.5;
  const desk = layDesk({
    hedge: other,
    params: {
      legWaitMs: 700,
      legLimitMs: 15_000,
      betweenLegsMs: 200,
      cycleMs: 200,
      stopBeforeFundingMs: 0,
      cycles: cyclesOfRun,
    },
    seat: {
      latency: constantLatency(20 + Math.floor(chance.next() * 60)),
      ...(faulty
        ? {
            faults: {
              seed,
              account: { delay: 0.05, delayMs: 300, twice: 0.05, reorder: 0.05 },
              answers: { lose: 0.01, delay: 0.05, delayMs: 300, twice: 0.02 },
            },
          }
        : {}),
    },
  });
  const counts = { refused: 0, lost: 0, races: 0 };
  const loses = (share: number) => {
    if (chance.next() >= share) return false;
    counts.lost += 1;
    return true;
  };
  let failing = 0; // hedges that are refused in a row
  desk.swallow((command) => {
    if (command.type !== "order.place") return false;
    // what brings the lead back is not lost here: who loses both sides can only halt, see fills.test.ts
    if (command.instrument !== other.id) return !command.slot.includes("hold") && loses(0.001);
    if (failing === 0 && chance.next() < 0.01) failing = Math.ceil(chance.next() * 8);
    if (failing > 0) {
      failing -= 1;
      counts.refused += 1;
      refuse(desk, command);
      return true;
    }
    return loses(0.002);
  });

  let middle = 17_200;
  let dryUntil = 0;
  let nakedFrom: number | undefined;
  let longestNakedMs = 0;
  const isOver = () => desk.engine.done !== undefined || desk.engine.view.halted !== undefined;
  const look = () => {
    if (Math.abs(openOf(desk)) <= restOf(other)) nakedFrom = undefined;
    else nakedFrom ??= desk.now();
    if (nakedFrom !== undefined) longestNakedMs = Math.max(longestNakedMs, desk.now() - nakedFrom);
  };
  const move = () => {
    middle += Math.round((chance.next() - 0.5) * 12);
    const basis = Math.round((chance.next() - 0.5) * 8);
    const text = (ticks: number) => (ticks / 10_000).toFixed(4);
    const size = chance.next() < 0.2 ? String(1 + Math.floor(chance.next() * 8)) : "10000"; // thin at the touch
    desk.book(lead.id, text(middle - 1), text(middle + 1));
    desk.book(
      other.id,
      [
        [text(middle + basis - 1), size],
        [text(middle + basis - 9), "500"],
      ],
      [
        [text(middle + basis + 1), size],
        [text(middle + basis + 9), "500"],
      ],
    );
    desk.last(lead.id, text(middle));
  };
  const trade = () => {
    const [resting] = desk.open(lead.id);
    if (resting === undefined || desk.now() < dryUntil) return;
    const before = desk.position(lead.id);
    if (Array.from(desk.engine.viewOf("hedge").orders(lead.id)).some(({ state }) => state === "cancelling"))
      counts.races += 1;
    desk.fill(String(1 + Math.floor(chance.next() * 10)));
    if (desk.position(lead.id) !== before && chance.next() < 0.01) dryUntil = desk.now() + 13_000;
  };
  for (let turn = 0; turn < 60_000 && !isOver(); turn++) {
    move();
    if (chance.next() < 0.5) trade();
    desk.run(30 + Math.floor(chance.next() * 200));
    look();
  }
  failing = 0;
  for (let turn = 0; turn < 300; turn++) {
    if (turn % 10 === 0) move();
    desk.run(100);
    look();
  }
  return { seed, ...counts, longestNakedMs, ...endOf(desk, seed) };
}

/** How it ended; a failure names its seed. */
function endOf(desk: Desk, seed: number) {
  const [onLead, onHedge] = desk.held().map(Number);
  const halted = desk.engine.view.halted;
  const where = `seed ${seed}: ${onLead} and ${onHedge}, ${desk.memory().phase}, ${halted ?? desk.engine.done ?? "neither done nor halted"}`;
  expect(desk.open(lead.id), where).toEqual([]);
  expect(Math.abs(openOf(desk)), where).toBeLessThanOrEqual(restOf(desk.hedge));
  if (halted === undefined) {
    expect(desk.engine.done, where).toBeDefined();
    expect(onLead, where).toBe(0);
  } else
    expect(
      desk.notes.some(({ rule }) => rule === "alert"),
      where,
    ).toBe(true);
  const { totals } = desk.memory();
  const partials = desk.events.filter(
    (each) => each.type === "order.filled" && each.instrument === lead.id && each.total !== 10,
  ).length;
  return {
    cycles: totals.cycles - totals.skipped,
    end: halted === undefined ? ("flat" as const) : ("halted" as const),
    partials,
    unwound: totals.unwound + desk.memory().unwinds,
  };
}

/** Plays runs from seed 1 on until there are so many cycles, and adds up what they came to. */
function playAll(cycles: number, other: Instrument) {
  const runs: Outcome[] = [];
  const began = process.cpuUsage();
  for (let seed = 1, done = 0; done < cycles; seed++) {
    const run = play(seed, other);
    runs.push(run);
    done += run.cycles;
  }
  for (const { seed, longestNakedMs } of runs)
    expect(longestNakedMs, `seed ${seed}`).toBeLessThanOrEqual(maxNakedMs + stepMs);
  const sum = (of: (run: Outcome) => number) => runs.reduce((total, run) => total + of(run), 0);
  const figures = {
    hedge: other.id,
    runs: runs.length,
    cycles: sum((run) => run.cycles),
    halted: sum(({ end }) => (end === "halted" ? 1 : 0)),
    partials: sum(({ partials }) => partials),
    races: sum(({ races }) => races),
    refused: sum(({ refused }) => refused),
    lost: sum(({ lost }) => lost),
    unwound: sum(({ unwound }) => unwound),
    longestNakedMs: Math.max(...runs.map(({ longestNakedMs }) => longestNakedMs)),
    cpuSeconds: Math.round(process.cpuUsage(began).user / 1e5) / 10,
  };
  if (isLong) console.info(figures);
  return figures;
}

describe("hedge, from seeds", () => {
  it(`ends ${wanted} cycles flat, or halted with an alert, and is never naked for longer than it may be`, {
    timeout: 600_000,
  }, () => {
    const figures = playAll(wanted, futures);
    // it did go wrong often enough for this to mean something
    expect(figures.partials).toBeGreaterThan(wanted / 2);
    expect(figures.refused).toBeGreaterThan(wanted / 200);
    expect(figures.races).toBeGreaterThan(wanted / 200);
    expect(figures.unwound).toBeGreaterThan(0);
    expect(figures.halted).toBeGreaterThan(0);
  });

  it(`does so with a hedge on spot, ${wanted / 10} cycles, but for rests that are worth less than an order`, {
    timeout: 600_000,
  }, () => {
    expect(playAll(wanted / 10, spot).partials).toBeGreaterThan(wanted / 20);
  });
});
