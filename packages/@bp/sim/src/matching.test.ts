import { random } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMatcher, type Matcher } from "./matching.ts";

interface Naive {
  readonly side: "buy" | "sell";
  readonly price: number;
  size: number;
  readonly owner: number;
  readonly tag: number;
}

/** Price-time priority the slow way: one sorted list. */
function naiveTake(book: Naive[], side: "buy" | "sell", limit: number, size: number, fills: string[]): number {
  let open = size;
  for (;;) {
    const matching = book
      .filter((each) => each.side !== side && (side === "buy" ? each.price <= limit : each.price >= limit))
      .toSorted((a, b) => (side === "buy" ? a.price - b.price : b.price - a.price) || a.tag - b.tag);
    const [best] = matching;
    if (best === undefined || open === 0) return open;
    const traded = Math.min(open, best.size);
    open -= traded;
    best.size -= traded;
    fills.push(`${best.tag}@${best.price}x${traded}`);
    if (best.size === 0) book.splice(book.indexOf(best), 1);
  }
}

function touchOf(book: readonly Naive[]): readonly [number, number] {
  const bids = book.filter((each) => each.side === "buy").map((each) => each.price);
  const asks = book.filter((each) => each.side === "sell").map((each) => each.price);
  return [bids.length === 0 ? 0 : Math.max(...bids), asks.length === 0 ? 0 : Math.min(...asks)];
}

const quiet = () => createMatcher(() => undefined);

function levels(matcher: Matcher): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (let price = matcher.above(1); price !== 0; price = matcher.above(price + 1))
    found.push([price, matcher.sizeAt(price)]);
  return found;
}

describe("createMatcher", () => {
  it("fills the oldest order at the best price first", () => {
    const fills: string[] = [];
    const matcher = createMatcher((_slot, tag, price, size) => fills.push(`${tag}@${price}x${size}`));
    matcher.rest("sell", 101, 5, 0, 1);
    matcher.rest("sell", 100, 5, 0, 2);
    matcher.rest("sell", 100, 5, 1, 3);
    expect(matcher.take("buy", 101, 12, Infinity, 7)).toBe(0);
    expect(fills).toEqual(["2@100x5", "3@100x5", "1@101x2"]);
    expect([matcher.bid, matcher.ask, matcher.sizeAt(101), matcher.count]).toEqual([0, 101, 3, 1]);
  });

  it("does not go beyond its limit or its budget", () => {
    const matcher = quiet();
    matcher.rest("sell", 100, 5, -1, 1);
    matcher.rest("sell", 102, 5, -1, 2);
    expect(matcher.take("buy", 101, 10, Infinity, -1)).toBe(5);
    expect(matcher.take("buy", 102, 10, 350, -1)).toBe(7); // 3 × 102 = 306; a fourth would be 408
    expect(matcher.budgetLeft).toBe(44);
  });

  it("stops in front of an order of the same owner and says which", () => {
    const matcher = quiet();
    matcher.rest("buy", 100, 5, 3, 1);
    const own = matcher.rest("buy", 99, 5, 4, 2);
    expect(matcher.take("sell", 98, 10, Infinity, 4)).toBe(5);
    expect(matcher.met).toBe(own);
  });

  it("knows an order by slot and tag, so that a slot used again is safe", () => {
    const matcher = quiet();
    const slot = matcher.rest("buy", 100, 5, 0, 1);
    expect(matcher.cancel(slot, 1)).toBe(true);
    expect(matcher.cancel(slot, 1)).toBe(false);
    const again = matcher.rest("buy", 100, 6, 0, 2);
    expect(again).toBe(slot);
    expect(matcher.cancel(slot, 1)).toBe(false);
    expect(matcher.cancel(slot, -1)).toBe(false);
    expect(matcher.sizeAt(100)).toBe(6);
  });

  it("keeps an order's place when it is resized", () => {
    const fills: number[] = [];
    const matcher = createMatcher((_slot, tag) => fills.push(tag));
    const first = matcher.rest("buy", 100, 5, 0, 1);
    matcher.rest("buy", 100, 5, 1, 2);
    matcher.resize(first, 2);
    expect(matcher.sizeAt(100)).toBe(7);
    matcher.take("sell", 100, 3, Infinity, -1);
    expect(fills).toEqual([1, 2]);
    matcher.resize(matcher.first(100), 0);
    expect(matcher.bid).toBe(0);
  });

  it("finds prices far apart, on pages that come and go", () => {
    const matcher = quiet();
    const prices = [1, 31, 32, 1_023, 1_024, 70_000, 6_183_764, 2_147_483_646];
    const slots = prices.map((price, at) => matcher.rest("sell", price, at + 1, -1, at + 1));
    expect(levels(matcher).map(([price]) => price)).toEqual(prices);
    expect(matcher.below(2_147_483_645)).toBe(6_183_764);
    expect(matcher.below(1_023)).toBe(1_023);
    for (const [at, slot] of slots.entries()) {
      expect(matcher.ask).toBe(prices[at]);
      matcher.cancel(slot, at + 1);
    }
    expect([matcher.ask, matcher.above(1), matcher.below(2_147_483_646)]).toEqual([0, 0, 0]);
  });

  it("does what a sorted list does, whatever is thrown at it", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 3_000 }), (seed, width) => {
        const chance = random(seed);
        const fills: string[] = [];
        const expected: string[] = [];
        const matcher = createMatcher((_slot, tag, price, size) => fills.push(`${tag}@${price}x${size}`));
        const book: Naive[] = [];
        const slots = new Map<number, number>();
        let cancelled = true;
        for (let tag = 1; tag <= 120; tag++) {
          const side = chance.next() < 0.5 ? "buy" : "sell";
          const price = 2_000 + chance.whole(-width, width) + (side === "buy" ? -1 : 1) * chance.whole(0, 3);
          const limit = Math.max(1, price);
          const size = chance.whole(1, 9);
          if (chance.next() < 0.3 && book.length > 0) {
            const gone = book[chance.whole(0, book.length - 1)];
            if (gone !== undefined) {
              book.splice(book.indexOf(gone), 1);
              cancelled = matcher.cancel(slots.get(gone.tag) ?? 0, gone.tag) && cancelled;
            }
            continue;
          }
          const left = matcher.take(side, limit, size, Infinity, -1);
          expect(left).toBe(naiveTake(book, side, limit, size, expected));
          if (left > 0) {
            slots.set(tag, matcher.rest(side, limit, left, -1, tag));
            book.push({ side, price: limit, size: left, owner: -1, tag });
          }
          expect([matcher.bid, matcher.ask]).toEqual(touchOf(book));
        }
        expect(cancelled).toBe(true);
        expect(fills).toEqual(expected);
        const totals = new Map<number, number>();
        for (const { price, size } of book) totals.set(price, (totals.get(price) ?? 0) + size);
        expect(levels(matcher)).toEqual([...totals].toSorted(([a], [b]) => a - b));
        expect(matcher.count).toBe(book.length);
      }),
      { numRuns: 150 },
    );
  });
});
