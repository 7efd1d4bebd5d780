// Two accounts of one exchange, two strategies, orders that are late, doubted and slow to go: no two of ours ever meet.
import {
  type AnyRule,
  type ClientId,
  clientId,
  type InstrumentId,
  type Intent,
  lots,
  marketOf,
  millis,
  type OrderView,
  ticks,
} from "@bp/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGate, type Ruling } from "./gate.ts";
import { keeps } from "./keeps.ts";
import { maxPosition } from "./rules/maxPosition.ts";
import { ownCross } from "./rules/ownCross.ts";
import { hold, perp, perp2, quote, spot, viewOf, world } from "./scene.fixture.ts";

const places: readonly InstrumentId[] = [perp.id, perp2.id, spot.id];

const wish: fc.Arbitrary<Intent> = fc.oneof(
  fc
    .record({
      side: fc.constantFrom("buy" as const, "sell" as const),
      price: fc.integer({ min: 14_995, max: 15_005 }),
      size: fc.integer({ min: 1, max: 20 }),
      instrument: fc.constantFrom(...places),
      postOnly: fc.boolean(),
      slot: fc.constantFrom("s0", "s1", "s2", "s3"),
    })
    .map(({ side, price, size, ...more }) => quote(side, price, size, more)),
  fc
    .record({
      position: fc.integer({ min: -20, max: 20 }),
      worst: fc.integer({ min: 14_990, max: 15_010 }),
      instrument: fc.constantFrom(...places),
    })
    .map(({ position, worst, instrument }) => hold(position, worst, { instrument })),
);
const wishes = fc.array(wish, { maxLength: 6 }).map((all) => {
  const seen = new Set<string>();
  return all.filter((each) => {
    const slot = each.kind === "hold" ? `hold:${each.instrument}` : each.slot;
    return !seen.has(slot) && seen.add(slot);
  });
});
interface Round {
  readonly a: readonly Intent[];
  readonly b: readonly Intent[];
  /** What the venue says of the n-th live order: it goes, is taken, or is doubted. */
  readonly said: readonly { readonly at: number; readonly what: string }[];
  readonly positions: readonly number[];
}
const round: fc.Arbitrary<Round> = fc.record({
  a: wishes,
  b: wishes,
  said: fc.array(fc.record({ at: fc.nat(20), what: fc.constantFrom("gone", "open", "unknown", "fills") }), {
    maxLength: 8,
  }),
  positions: fc.array(fc.integer({ min: -10, max: 10 }), { minLength: 3, maxLength: 3 }),
});

type Live = { -readonly [key in keyof OrderView]: OrderView[key] } & { readonly doomed: boolean };
interface Facing extends Pick<Ruling, "side" | "price"> {
  readonly instrument: InstrumentId;
  readonly kind: "quote" | "hold";
  readonly doubted: boolean;
}

/** Plays rounds, and gives every two of ours that could meet after one of them. */
function play(rules: readonly AnyRule[], rounds: readonly Round[]) {
  const gate = createGate(rules);
  const w = world();
  const live: Live[] = [];
  const met: (readonly [Facing, Facing])[] = [];
  const counts = { passed: 0, refused: 0 };
  let number = 0;
  const next = () => {
    number += 1;
    return clientId(number);
  };
  for (const { a, b, said, positions } of rounds) {
    for (const [at, id] of places.entries()) w.positions[id] = positions[at];
    w.orders.splice(0, w.orders.length, ...live);
    const view = viewOf(w);
    const asked = [
      { strategy: "a", intents: a, view },
      { strategy: "b", intents: b, view },
    ];
    const { approved } = gate.judge(asked, view, { inSlot: (slot) => live.find((each) => each.slot === slot) });
    counts.passed += approved.length;
    counts.refused += a.length + b.length - approved.length;
    act(approved, live, next);
    const all = live.map(({ instrument, side, price, state, slot }): Facing => {
      return { instrument, side, price, kind: slot.includes("hold") ? "hold" : "quote", doubted: state === "unknown" };
    });
    for (const { slot, size, intent, side, price } of approved)
      if (size > 0 && !live.some((each) => each.slot === slot && each.price === price && each.side === side))
        all.push({ instrument: intent.instrument, side, price, kind: intent.kind, doubted: false });
    for (const [at, one] of all.entries())
      for (const other of all.slice(at + 1)) if (meets(one, other)) met.push([one, other]);
    for (const { at, what } of said) tell(live, at, what);
  }
  return { met, counts };
}

/** What the venue itself keeps apart: a hold and an order in doubt of one account. */
function isApart([one, other]: readonly [Facing, Facing]): boolean {
  const kinds = (one.doubted && other.kind === "hold") || (other.doubted && one.kind === "hold");
  return kinds && one.instrument === other.instrument;
}

describe("ownCross, in any order of events", () => {
  it("S0.29 no two approved or working orders of one market can meet, on whatever account they are", () => {
    const counts = { passed: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(round, { minLength: 1, maxLength: 12 }), (rounds) => {
        // A rule behind it takes some away again.
        const played = play([ownCross(), maxPosition({ [perp.id]: "0.3" })], rounds);
        expect(played.met.filter((each) => !isApart(each))).toEqual([]);
        counts.passed += played.counts.passed;
        counts.refused += played.counts.refused;
      }),
      { numRuns: 3_000 },
    );
    expect(counts.passed).toBeGreaterThan(counts.refused); // it does not hold by refusing everything
  });

  it("S0.29 is what keeps them apart: without it, and with markets told apart by account, they meet", () => {
    const meetsWith = (rules: readonly AnyRule[]) => {
      let count = 0;
      for (const rounds of fc.sample(fc.array(round, { minLength: 5, maxLength: 12 }), { numRuns: 200, seed: 1 }))
        count += play(rules, rounds).met.filter((each) => !isApart(each)).length;
      return count;
    };
    expect(meetsWith([])).toBeGreaterThan(100);
    expect(meetsWith([ownCross((id) => id)])).toBeGreaterThan(100);
  });
});

/** What the engine's planner does: cancels what is not kept, and places in free slots. */
function act(approved: readonly Ruling[], live: Live[], next: () => ClientId): void {
  for (const [at, order] of live.entries()) {
    const ruling = approved.find(({ slot }) => slot === order.slot);
    const kept = ruling?.intent.kind === "quote" && keeps(order, ruling.intent);
    if (!kept && order.state === "open") live[at] = { ...order, state: "cancelling", doomed: true };
  }
  for (const { slot, intent, side, size, price } of approved) {
    if (size === 0 || live.some((each) => each.slot === slot)) continue;
    live.push({
      clientId: next(),
      instrument: intent.instrument,
      slot,
      side,
      price: ticks(price),
      size,
      filled: lots(0),
      postOnly: intent.kind === "quote" && intent.postOnly,
      reduceOnly: false,
      state: "placing",
      since: millis(0),
      placedAt: millis(0),
      doomed: intent.kind === "hold",
    });
  }
}

function tell(live: Live[], at: number, what: string): void {
  const order = live[at % Math.max(1, live.length)];
  if (order === undefined) return;
  if (what === "gone" && (order.doomed || order.state !== "open")) live.splice(live.indexOf(order), 1);
  else if (what === "open" && order.state === "placing" && !order.doomed) order.state = "open";
  else if (what === "unknown") order.state = "unknown";
  else if (what === "fills" && order.filled + 1 < order.size) order.filled = lots(order.filled + 1);
}

function meets(one: Facing, other: Facing): boolean {
  if (one.side === other.side || marketOf(one.instrument) !== marketOf(other.instrument)) return false;
  const [buy, sell] = one.side === "buy" ? [one, other] : [other, one];
  return buy.price >= sell.price;
}
