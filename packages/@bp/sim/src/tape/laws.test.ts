// Promises of a tape that plays, over tapes and orders that are drawn.
import { millis, random, tapeRow } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SimFact } from "../contract.ts";
import { createExchange } from "../exchange.ts";
import { tapeMarket } from "../markets/tape.ts";
import { queueNamed } from "../models/queue.ts";
import { order, spot, start } from "../trial.fixture.ts";
import { message, type Row, tapeOf } from "./tape.fixture.ts";

const middle = 10_000;

/** A book that wanders, is lost now and then, and is told in rows of any order. */
function drawn(seed: number, count: number) {
  const chance = random(seed);
  const rows: Row[] = [];
  let mid = middle;
  const whole = (at: number) => [
    { kind: "reset", at } as const,
    ...[1, 2, 3, 4].flatMap((level) => [
      { kind: "bid", at, a: mid - level, b: chance.whole(1, 60) } as const,
      { kind: "ask", at, a: mid + level, b: chance.whole(1, 60) } as const,
    ]),
  ];
  rows.push(...message(start, whole(start)));
  for (let n = 1; n < count; n++) {
    const at = start + n * 10;
    const what = chance.next();
    if (what < 0.15) {
      mid += chance.whole(-2, 2);
      rows.push(...message(at, whole(at)));
    } else if (what < 0.18) rows.push({ kind: "lost", at });
    else if (what < 0.5) {
      const kind = chance.next() < 0.5 ? "bought" : "sold";
      rows.push({ kind, at, a: mid + chance.whole(-2, 2), b: chance.whole(1, 80) });
    } else {
      const levels = Array.from({ length: chance.whole(1, 4) }, () => {
        const kind = chance.next() < 0.5 ? ("bid" as const) : ("ask" as const);
        const away = chance.whole(1, 5);
        return { kind, a: kind === "bid" ? mid - away : mid + away, b: chance.next() < 0.3 ? 0 : chance.whole(1, 90) };
      });
      rows.push(...message(at, levels));
    }
  }
  return tapeOf(rows);
}

/** Plays a tape with orders that come and go; `step` hears the facts of each message with its rows. */
function trade(seed: number, queue: string, step: (facts: readonly SimFact[], from: number, to: number) => void) {
  const tape = drawn(seed, 300);
  const market = tapeMarket({ tape });
  const exchange = createExchange({
    start: millis(start - 1),
    market,
    queue: queueNamed(queue),
    accounts: ["alice", "bob"].map((name) => ({ name, balances: { USDC: "1000000", SOL: "10000" } })),
  });
  const facts: SimFact[] = [];
  exchange.listen((fact) => facts.push(fact));
  const chance = random(seed + 1);
  for (let next = exchange.nextAt(); next !== undefined; next = exchange.nextAt()) {
    facts.length = 0;
    const from = market.row;
    exchange.advance(next);
    step(facts, from, market.row);
    const who = chance.next() < 0.5 ? "alice" : "bob";
    if (chance.next() < 0.3) {
      const side = chance.next() < 0.5 ? "buy" : "sell";
      exchange.place(who, order(spot.id, side, middle + chance.whole(-8, 8), chance.whole(1, 40)));
    } else if (chance.next() < 0.2)
      for (const { id } of exchange.openOrders(who).slice(0, 1)) exchange.cancel(who, { instrument: spot.id, id });
  }
  return { exchange, tape };
}

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const models = fc.constantFrom("prints", "share:2", "log");

describe("a tape that plays", () => {
  it("fills resting orders only by a print or a level that reaches their price, and by no more than its size", () => {
    fc.assert(
      fc.property(seeds, models, (seed, model) => {
        const tape = drawn(seed, 300);
        trade(seed, model, (facts, from, to) => {
          for (const side of ["buy", "sell"] as const) {
            const filled = facts.flatMap((fact) =>
              fact.type === "order-filled" && fact.fill.side === side ? [fact.fill] : [],
            );
            if (filled.length === 0) continue;
            expect(filled.every(({ liquidity }) => liquidity === "maker")).toBe(true);
            for (const { price: worst } of filled) {
              const isWithin = (price: number) => (side === "buy" ? price <= worst : price >= worst);
              let most = 0; // of the rows of this message that reach so far
              for (let row = from; row < to; row++) {
                const kind = (tape.kinds[row] ?? 0) & 0x7f;
                const meets =
                  side === "buy"
                    ? kind === tapeRow.sold || kind === tapeRow.ask
                    : kind === tapeRow.bought || kind === tapeRow.bid;
                if (meets && isWithin(tape.a[row] ?? 0)) most += tape.b[row] ?? 0;
              }
              const size = filled.reduce((sum, fill) => (isWithin(fill.price) ? sum + fill.size : sum), 0);
              expect(size).toBeLessThanOrEqual(most);
            }
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it("keeps every cent, and the recorded size where nobody of ours took it", () => {
    fc.assert(
      fc.property(seeds, models, (seed, model) => {
        const { exchange } = trade(seed, model, () => undefined);
        for (const { accounts, others, house, deposits } of exchange.ledger())
          expect(Number(accounts) + Number(others) + Number(house)).toBeCloseTo(Number(deposits), 6);
      }),
      { numRuns: 40 },
    );
  });

  it("without orders of ours shows the recorded book after every message", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const tape = drawn(seed, 200);
        const market = tapeMarket({ tape });
        const exchange = createExchange({ start: millis(start - 1), market, accounts: [] });
        const sides = { bid: new Map<number, number>(), ask: new Map<number, number>() };
        let isLost = false;
        let heard = new Map<number, number>(); // bids, as one who listens keeps them
        let last = 0;
        let hasGap = false;
        exchange.listen((fact) => {
          if (fact.type !== "depth") return;
          hasGap ||= fact.first !== last + 1;
          last = fact.last;
          for (const [price, size] of fact.bids) {
            if (size === 0) heard.delete(price);
            else heard.set(price, size);
          }
        });
        for (let next = exchange.nextAt(); next !== undefined; next = exchange.nextAt()) {
          const from = market.row;
          exchange.advance(next);
          for (let row = from; row < market.row; row++) {
            const kind = (tape.kinds[row] ?? 0) & 0x7f;
            const [price, size] = [tape.a[row] ?? 0, tape.b[row] ?? 0];
            if (kind === tapeRow.reset) {
              sides.bid.clear();
              sides.ask.clear();
              isLost = false;
            } else if (kind === tapeRow.lost) isLost = true;
            else if (kind <= tapeRow.ask) {
              const [mine, other] = kind === tapeRow.bid ? [sides.bid, sides.ask] : [sides.ask, sides.bid];
              if (size === 0) mine.delete(price);
              else {
                mine.set(price, size);
                // a level that crosses shows that what it crosses is out of date
                for (const each of other.keys())
                  if (kind === tapeRow.bid ? each <= price : each >= price) other.delete(each);
              }
            }
          }
          expect(exchange.book(spot.id)).toMatchObject({
            bids: isLost ? [] : [...sides.bid].toSorted(([a], [b]) => b - a),
            asks: isLost ? [] : [...sides.ask].toSorted(([a], [b]) => a - b),
          });
          if (isLost) continue; // a listener who hears nothing knows nothing
          if (hasGap) heard = new Map(exchange.book(spot.id).bids);
          hasGap = false;
          expect([...heard].toSorted(([a], [b]) => b - a)).toEqual(exchange.book(spot.id).bids);
        }
      }),
      { numRuns: 40 },
    );
  });
});
