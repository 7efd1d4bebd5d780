// Laws of all rules together: limits hold whatever is wished and in whatever order rules are asked; reductions always pass.
import { type AnyRule, decimal, type InstrumentId, type Intent, lots, type RiskRule, type Side } from "@bp/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liquidationPrice } from "./liquidationPrice.ts";
import { dailyLimit } from "./rules/dailyLimit.ts";
import { dailyLoss } from "./rules/dailyLoss.ts";
import { drawdown } from "./rules/drawdown.ts";
import { fundingWindow } from "./rules/fundingWindow.ts";
import { funds } from "./rules/funds.ts";
import { liquidation } from "./rules/liquidation.ts";
import { margin } from "./rules/margin.ts";
import { maxLeverage } from "./rules/maxLeverage.ts";
import { maxLoss } from "./rules/maxLoss.ts";
import { maxNaked } from "./rules/maxNaked.ts";
import { maxNotional } from "./rules/maxNotional.ts";
import { maxOpenOrders } from "./rules/maxOpenOrders.ts";
import { maxPosition } from "./rules/maxPosition.ts";
import { orderRate } from "./rules/orderRate.ts";
import { sizeFactors } from "./rules/sizeFactors.ts";
import { whenHalted } from "./rules/whenHalted.ts";
import { asking, far, hold, holding, order, perp, perpB, quote, type World, world } from "./scene.fixture.ts";
import { marginRate } from "./wallet.ts";

const markets = [perp.id, perpB.id];
const pairs = [[perp.id, far.id]] as const;
/** Adds up to 40 times the wallet can be wished, in pieces that overlap what works. */
const wish: fc.Arbitrary<Intent> = fc.oneof(
  fc
    .record({
      side: fc.constantFrom<Side>("buy", "sell"),
      price: fc.integer({ min: 14_800, max: 15_200 }),
      size: fc.integer({ min: 1, max: 4_000 }),
      instrument: fc.constantFrom(...markets),
      slot: fc.constantFrom("0", "1", "2", "3", "4", "5"),
    })
    .map(({ side, price, size, instrument, slot }) =>
      quote(side, price, size, { instrument, slot: `${instrument}.${slot}` }),
    ),
  fc
    .record({
      position: fc.integer({ min: -6_000, max: 6_000 }),
      worst: fc.integer({ min: 14_800, max: 15_200 }),
      instrument: fc.constantFrom(...markets),
    })
    .map(({ position, worst, instrument }) => hold(position, worst, { instrument })),
);
const slotOf = (intent: Intent) => (intent.kind === "hold" ? `hold:${intent.instrument}` : intent.slot);
const wishes = fc
  .array(wish, { maxLength: 8 })
  .map((all) => [...new Map(all.map((each) => [slotOf(each), each])).values()]);
const scene = fc.record({
  wishes,
  working: fc.array(wish, { maxLength: 4 }),
  held: fc.tuple(fc.integer({ min: -2_000, max: 2_000 }), fc.integer({ min: -2_000, max: 2_000 })),
  external: fc.integer({ min: -500, max: 500 }),
  money: fc.integer({ min: 0, max: 3_000 }),
  /** One of the rules alone, so that each of them binds; or all, in an order. */
  only: fc.option(fc.nat(5), { nil: undefined }),
  by: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
});

/** A wish as it has passed. */
interface Passed {
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly size: number;
  readonly price: number;
  readonly slot: string;
  readonly reduces: boolean;
  readonly places: boolean;
}

/** Puts wishes to rules in the order of `by`, and gives what has passed all of them. */
function through(
  rules: readonly AnyRule[],
  by: readonly number[],
  w: World,
  asked: readonly Intent[],
): readonly Passed[] {
  const passed: Passed[] = [];
  const last: RiskRule = {
    name: "last",
    start: () => undefined,
    check: (intent, _view, { side, size, price, reduces, places }) => {
      const { instrument } = intent;
      passed.push({ instrument, side, size, price, slot: `a/${slotOf(intent)}`, reduces, places });
      return { pass: intent };
    },
  };
  const mixed = rules.map((rule, at) => ({ rule, at: by[at] ?? 0 })).toSorted((a, b) => a.at - b.at);
  asking([...mixed.map(({ rule }) => rule), last], w).judge(asked);
  return passed;
}

/** What a side of a market may come to, in lots: everything that works, and what has passed beyond it. */
function comesTo(w: World, passed: readonly Passed[], id: InstrumentId, side: Side): number {
  const mine = (slot: string) =>
    passed.find((each) => each.slot === slot && each.instrument === id && each.side === side && each.places);
  let sum = 0;
  for (const each of w.orders)
    if (each.instrument === id && each.side === side)
      sum += Math.max(each.size - each.filled, mine(each.slot)?.size ?? 0);
  for (const each of passed)
    if (each.instrument === id && each.side === side)
      if (!w.orders.some(({ slot, side: of, instrument }) => slot === each.slot && of === side && instrument === id))
        sum += each.size;
  return sum;
}

/** What came of a round. */
interface Outcome {
  readonly w: World;
  /** What adds and is approved; one that takes no more than the order it replaces adds to nothing. */
  readonly adds: readonly Passed[];
  /** The same and what is approved besides, without reductions: those pass whatever they come to. */
  readonly counted: readonly Passed[];
  /** All that is approved: beside a position of the user's a reduction of ours may be what adds most. */
  readonly passed: readonly Passed[];
}

/** Position of ours and of others in a market's account, in lots. */
const carried = ({ w }: Outcome, id: InstrumentId) => (w.positions[id] ?? 0) + (w.externals[id] ?? 0);

/** What each market is worth in the worse case, in quote at 150. */
function notionals(outcome: Outcome, own: (id: InstrumentId) => number): readonly number[] {
  const { w, counted } = outcome;
  return markets.map((id) => {
    const longs = Math.abs(own(id) + comesTo(w, counted, id, "buy"));
    return Math.max(longs, Math.abs(own(id) - comesTo(w, counted, id, "sell"))) * 1.5;
  });
}

/** Whether the side of each wish is the worse one of its market, so that it has asked for more. */
function allGrow(outcome: Outcome): boolean {
  const { w, adds, passed } = outcome;
  return adds.every(({ instrument: id, side }) => {
    const longs = carried(outcome, id) + comesTo(w, passed, id, "buy");
    const shorts = comesTo(w, passed, id, "sell") - carried(outcome, id);
    return side === "buy" ? longs > shorts : shorts > longs; // at a tie the other side asked for as much before
  });
}

const sum = (all: readonly number[]) => all.reduce((total, each) => total + each, 0);
const moneyIn = ({ w }: Outcome) => Number(w.balances["USDC"]);
const nearly = 1e-6;

/** Each rule with what it promises of everything that adds. */
const promises: readonly (readonly [AnyRule, (outcome: Outcome) => void])[] = [
  [
    maxPosition({ [perp.id]: "30", [perpB.id]: "30" }),
    ({ w, adds, counted }) => {
      for (const { instrument: id, side } of adds) {
        const own = (w.positions[id] ?? 0) * (side === "buy" ? 1 : -1);
        expect(own + comesTo(w, counted, id, side)).toBeLessThanOrEqual(3_000);
      }
    },
  ],
  [
    maxNotional({ total: "6000", markets }),
    (outcome) => {
      const { w, adds } = outcome;
      const own = (id: InstrumentId) => w.positions[id] ?? 0;
      const low = Math.min(15_000, ...adds.map(({ price }) => price)) / 15_000; // each counts at its own price
      if (allGrow({ ...outcome, w: { ...w, externals: {} } }))
        expect(sum(notionals(outcome, own)) * low).toBeLessThanOrEqual(6_000 + nearly);
    },
  ],
  [
    maxOpenOrders({ total: 3 }),
    ({ w, adds, counted }) => {
      const quotes = (all: readonly Passed[]) => all.map(({ slot }) => slot).filter((slot) => !slot.includes("hold"));
      const working = w.orders.map(({ slot }) => slot);
      if (quotes(adds).some((slot) => !working.includes(slot)))
        expect(new Set([...working, ...quotes(counted)]).size).toBeLessThanOrEqual(3);
    },
  ],
  [
    margin({ markets, leverage: 10 }),
    (outcome) => {
      const all = notionals(outcome, (id) => carried(outcome, id));
      const need = sum(all.map((each) => each * marginRate(perp.margin?.initial, each, 0.1)));
      if (allGrow(outcome)) expect(need).toBeLessThanOrEqual(moneyIn(outcome) + nearly);
    },
  ],
  [
    maxLeverage(4, markets),
    (outcome) => {
      const all = notionals(outcome, (id) => carried(outcome, id));
      if (allGrow(outcome)) expect(sum(all)).toBeLessThanOrEqual(moneyIn(outcome) * 4 + nearly);
    },
  ],
  [
    liquidation({ markets, refusePct: 15 }),
    (outcome) => {
      const { w, adds, counted } = outcome;
      for (const { instrument: id, side } of adds) {
        const now = carried(outcome, id);
        const size = now + (side === "buy" ? 1 : -1) * comesTo(w, counted, id, side);
        if (size === 0 || (Math.sign(size) === Math.sign(now) && Math.abs(size) <= Math.abs(now))) continue;
        const beside = Math.abs(carried(outcome, id === perp.id ? perpB.id : perp.id)) * 1.5;
        const maintenance = perp.margin?.maintenance ?? { base: decimal("0"), factor: decimal("0") };
        const elsewhere = beside * marginRate(maintenance, beside);
        const end = liquidationPrice({ size: size / 100, mark: 150, equity: moneyIn(outcome), maintenance, elsewhere });
        if (end !== undefined) expect((Math.sign(size) * (150 - end)) / 1.5).toBeGreaterThanOrEqual(15 - nearly);
      }
    },
  ],
];

describe("limits", () => {
  it("hold for everything that adds and is approved, together with what works, in any order of wishes and rules", () => {
    const bound = promises.map(() => ({ added: 0, refused: 0 }));
    fc.assert(
      fc.property(scene, ({ wishes: asked, working, held, external, money, only, by }) => {
        const w = world();
        w.balances["USDC"] = String(money);
        for (const [at, id] of markets.entries()) {
          w.positions[id] = held[at];
          w.holdings[id] = holding(held[at] ?? 0, ((held[at] ?? 0) * 1.5).toFixed(2));
        }
        w.externals[perp.id] = external;
        for (const [at, each] of working.entries())
          if (each.kind === "quote") w.orders.push(order({ ...each, slot: `${each.instrument}.${at}` }));
        const before = (each: Passed) => {
          const found = w.orders.find(({ slot, side }) => slot === each.slot && side === each.side);
          return found === undefined ? 0 : found.size - found.filled;
        };

        const asks = only === undefined ? promises : promises.slice(only, only + 1);
        const passed = through(
          asks.map(([rule]) => rule),
          by,
          w,
          asked,
        );
        const adds = passed.filter((each) => !each.reduces && each.places && each.size > before(each));
        const counts = bound[only ?? -1];
        if (counts !== undefined) {
          counts.added += adds.length;
          counts.refused += asked.length - passed.length;
        }
        if (adds.length === 0) return;
        for (const [, holds] of asks) holds({ w, adds, counted: passed.filter((each) => !each.reduces), passed });
      }),
      { numRuns: 5_000 },
    );
    for (const { added, refused } of bound) expect(Math.min(added, refused)).toBeGreaterThan(100); // each of them has bound
  });
});

describe("reductions", () => {
  const everything = (): AnyRule[] =>
    [
      whenHalted(),
      maxLoss({ pct: "5", amount: "40", markets }),
      dailyLimit("20", { markets, pairs }),
      dailyLoss("30"),
      drawdown("30"),
      sizeFactors({ markets }),
      maxNaked({ pairs, maxNakedMs: 1_000, haltMs: 2_000 }),
      fundingWindow({ beforeMs: 300_000, pairs }),
      maxPosition({ [perp.id]: "1", [perpB.id]: "1" }),
      maxNotional({ total: "100", markets }),
      margin({ markets, leverage: 2 }),
      maxLeverage(1, markets),
      liquidation({ markets, refusePct: 50, haltPct: 40 }),
      funds({ markets, leverage: 2 }),
      maxOpenOrders({ total: 0 }),
      orderRate(1, 1_000),
    ] as AnyRule[];

  it("pass whole, whatever else is wished, unknown, breached or halted", () => {
    fc.assert(
      fc.property(
        fc.record({
          held: fc.integer({ min: -3_000, max: 3_000 }).filter((size) => size !== 0),
          leaves: fc.double({ min: 0, max: 0.99, noNaN: true }),
          how: fc.constantFrom("hold", "quote", "reduce-only"),
          wishes,
          by: fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
          halted: fc.option(fc.constant("a person asked for it"), { nil: undefined }),
          money: fc.option(fc.integer({ min: -100, max: 1_000 }), { nil: undefined }),
          other: fc.option(fc.integer({ min: -2_000, max: 2_000 }), { nil: undefined }),
          hedge: fc.option(fc.integer({ min: -200, max: 200 }), { nil: undefined }),
          losses: fc.array(fc.integer({ min: -500, max: 500 }), { maxLength: 6 }),
          fundingIn: fc.option(fc.integer({ min: 1, max: 600_000 }), { nil: undefined }),
        }),
        ({ held, leaves, how, wishes: asked, by, halted, money, other, hedge, losses, fundingIn }) => {
          const w = world();
          w.positions[perp.id] = held;
          w.positions[perpB.id] = other;
          w.positions[far.id] = hedge;
          w.balances["USDC"] = "1000";
          const mixed = everything()
            .map((rule, at) => ({ rule, at: by[at] ?? 0 }))
            .toSorted((a, b) => a.at - b.at)
            .map(({ rule }) => rule);
          const { tell, judge } = asking(mixed, w);
          for (const profit of losses) {
            w.now += 1_500;
            w.profit = String(profit);
            w.holdings[perp.id] = holding(held, (held * 1.5).toFixed(2), { realized: String(profit) });
            w.holdings[perpB.id] = holding(other ?? 0, "0");
            tell({ type: "timer.fired" });
          }
          w.bookAt = w.now;
          w.halted = halted;
          w.balances["USDC"] = money === undefined ? undefined : String(money);
          if (fundingIn !== undefined) w.fundingAt[perp.id] = w.now + fundingIn;

          const position = Math.trunc(held * leaves);
          const size = Math.abs(held - position);
          const side = held > 0 ? "sell" : "buy";
          const price = held > 0 ? 14_900 : 15_100;
          const mine =
            how === "hold"
              ? hold(position, price)
              : quote(side, price, size, { slot: "mine", ...(how === "quote" ? {} : { reduceOnly: true }) });
          const rest = asked.filter((each) => slotOf(each) !== slotOf(mine));
          const { approved } = judge([
            mine,
            ...rest.filter((each) => each.kind === "quote" || each.instrument !== perp.id),
          ]);
          expect(approved.find(({ intent }) => slotOf(intent) === slotOf(mine))).toMatchObject({
            side,
            size: lots(size),
          });
        },
      ),
      { numRuns: 4_000 },
    );
  });
});
