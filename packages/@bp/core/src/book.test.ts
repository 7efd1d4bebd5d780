// The book against a naive map, near and far, and what a reader may rely on.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Book, createBook } from "./book.ts";
import { isBpError } from "./errors.ts";
import type { Level } from "./side.ts";
import { lots, millis, ticks } from "./units.ts";

const level = (price: number, size: number): Level => [ticks(price), lots(size)];
const at = millis(1_700_000_000_000);
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (isBpError(error)) return error.code;
    throw error;
  }
  return "no failure";
};

/** The book as one would write it without thinking of speed. */
class NaiveBook {
  readonly bid = new Map<number, number>();
  readonly ask = new Map<number, number>();

  apply(side: "bid" | "ask", price: number, size: number): void {
    if (size === 0) this[side].delete(price);
    else this[side].set(price, size);
  }

  levels(side: "bid" | "ask"): [number, number][] {
    return [...this[side]].toSorted((a, b) => (side === "bid" ? b[0] - a[0] : a[0] - b[0]));
  }
}

/** What the book shows otherwise than the naive one; `undefined` if nothing. */
function difference(book: Book, naive: NaiveBook, whole: boolean): string | undefined {
  const [bids, asks] = [naive.levels("bid"), naive.levels("ask")];
  const [bid, ask] = [bids[0], asks[0]];
  const touch = [...(bid ?? [0, 0]), ...(ask ?? [0, 0])];
  const crossed = bid !== undefined && ask !== undefined && bid[0] >= ask[0];
  const told = (about: Book) => [about.bidPrice, about.bidSize, about.askPrice, about.askSize];
  const wanted = JSON.stringify([touch, bid, ask, crossed, whole ? [bids, asks] : []]);
  const found = JSON.stringify([
    told(book),
    book.bid,
    book.ask,
    book.crossed,
    whole ? [book.levels("bid", Number.POSITIVE_INFINITY), book.levels("ask", Number.POSITIVE_INFINITY)] : [],
  ]);
  return wanted === found && !told(book).some((each) => Object.is(each, -0)) ? undefined : `${found} is not ${wanted}`;
}

interface Change {
  readonly side: "bid" | "ask";
  readonly price: number;
  readonly size: number;
}

const changes = (price: fc.Arbitrary<number>, maxLength = 300): fc.Arbitrary<Change[]> =>
  fc.array(
    fc.record({
      side: fc.constantFrom("bid" as const, "ask" as const),
      price,
      size: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 }), fc.maxSafeInteger().map(Math.abs)),
    }),
    { maxLength, size: "max" },
  );

/** Does the same to a book and to the naive one, and gives the first difference. */
const playBoth = (window: number, list: readonly Change[], start: readonly Change[] = []): string | undefined => {
  const book = createBook({ window });
  const naive = new NaiveBook();
  const of = (side: "bid" | "ask") =>
    start.filter((each) => each.side === side).map((each) => level(each.price, each.size));
  const dense = Array.from({ length: 40 }, (_, step) => level(1_000 + step, 7));
  book.reset(dense, dense, at); // all of this must be void after the next reset
  book.reset(of("bid"), of("ask"), at);
  for (const each of start) naive.apply(each.side, each.price, each.size);
  for (const { side, price, size } of list) {
    const before = difference(book, naive, false);
    if (before !== undefined) return before;
    book.apply(side, price, size);
    naive.apply(side, price, size);
    if (book.size(side, price) !== size) return `size at ${price} is ${book.size(side, price)}, not ${size}`;
  }
  return difference(book, naive, true);
};

describe("createBook", () => {
  it("refuses a window that is no count of ticks or out of bounds", () => {
    for (const window of [0, 15, 1.5, Number.NaN, 2 ** 25])
      expect(codeOf(() => createBook({ window }))).toBe("book/bad-window");
  });

  it("starts invalid and empty, and ignores changes until it is reset", () => {
    const book = createBook();
    book.apply("bid", 100, 1);
    expect(book.valid).toBe(false);
    expect(book.at).toBe(0);
    expect(difference(book, new NaiveBook(), true)).toBeUndefined();
    expect([book.mid(), book.microprice()]).toEqual([undefined, undefined]);
  });
});

describe("Book.apply", () => {
  it("equals a map under any changes within a small window's reach", () => {
    fc.assert(
      fc.property(changes(fc.integer({ min: 1, max: 60 })), (list) => {
        expect(playBoth(16, list)).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });

  it("equals a map when levels are far away and the touch leaves the window again and again", () => {
    const near = fc.integer({ min: 1_000, max: 1_100 });
    const far = fc.oneof(near, fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 900, max: 1_300 }));
    fc.assert(
      fc.property(changes(far), changes(far, 60), fc.constantFrom(16, 17, 64, 1_000), (list, start, window) => {
        expect(playBoth(window, list, start)).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it("equals a map over the whole range of exact whole numbers, zero and below among them", () => {
    const edge = fc.constantFrom(0, 1, -1, 2 ** 31, 2 ** 31 - 1, -(2 ** 31), 2 ** 32, Number.MAX_SAFE_INTEGER);
    const any = fc.oneof(
      fc.maxSafeInteger(),
      edge,
      fc.integer({ min: -40, max: 40 }).map((off) => Number.MAX_SAFE_INTEGER - 40 + off),
      fc.integer({ min: -40, max: 40 }).map((off) => Number.MIN_SAFE_INTEGER + 40 + off),
    );
    fc.assert(
      fc.property(changes(any, 120), fc.constantFrom(16, 33), (list, window) => {
        expect(playBoth(window, list)).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });

  it("follows a touch that wanders far, both ways, with a deep book behind it", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 50, maxLength: 200 }), (steps) => {
        const list: Change[] = [];
        let mid = 10_000;
        for (const [turn, step] of steps.entries()) {
          const next = mid + step;
          for (let price = Math.min(mid, next); price <= Math.max(mid, next); price++)
            list.push({ side: step > 0 ? "ask" : "bid", price, size: 0 });
          list.push({ side: "bid", price: next - 1, size: turn + 1 }, { side: "ask", price: next + 1, size: turn + 1 });
          mid = next;
        }
        expect(playBoth(32, list)).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  it("takes size 0 for a level that is not there as nothing, near and far", () => {
    const book = createBook({ window: 16 });
    book.reset([level(100, 1)], [level(101, 2)], at);
    for (const price of [99, 100_000, 1, 101]) book.apply("bid", price, 0);
    for (const price of [102, 100_000, 1, 100]) book.apply("ask", price, 0);
    expect([book.bid, book.ask]).toEqual([
      [100, 1],
      [101, 2],
    ]);
  });

  it("lets a price change sides without touching the other side", () => {
    const book = createBook();
    book.reset([level(100, 1), level(99, 4)], [level(101, 2)], at);
    book.apply("ask", 100, 3); // the new side comes first in the frame
    expect(book.crossed).toBe(true);
    book.apply("bid", 100, 0);
    expect(book.crossed).toBe(false);
    expect([book.bid, book.ask, book.size("bid", 100), book.size("ask", 100)]).toEqual([[99, 4], [100, 3], 0, 3]);
  });

  it("refuses prices and sizes that are not whole, and sizes below 0, and stays as it was", () => {
    const book = createBook();
    book.reset([level(100, 1)], [level(101, 2)], at);
    const bad: [number, number][] = [
      [100.5, 1],
      [Number.NaN, 1],
      [Number.POSITIVE_INFINITY, 1],
      [100, -1],
      [100, 0.5],
      [100, Number.NaN],
      [100, 2 ** 53],
      [2 ** 53, 1],
      [3, -1],
    ];
    for (const [price, size] of bad)
      for (const side of ["bid", "ask"] as const)
        expect(codeOf(() => book.apply(side, price, size))).toBe("book/bad-level");
    expect([book.bid, book.ask]).toEqual([
      [100, 1],
      [101, 2],
    ]);
  });
});

describe("Book.reset", () => {
  it("takes levels in any order, skips size 0 and lets the last entry for a price count", () => {
    const book = createBook({ window: 16 });
    book.reset(
      [level(90, 1), level(100, 5), level(100, 7), level(200, 0)],
      [level(300, 2), level(102, 9), level(102, 0)],
      at,
    );
    expect(book.levels("bid", 10)).toEqual([
      [100, 7],
      [90, 1],
    ]);
    expect(book.levels("ask", 10)).toEqual([[300, 2]]);
    expect([book.valid, book.at]).toEqual([true, at]);
  });

  it("voids what was known before, far levels too", () => {
    const book = createBook({ window: 16 });
    book.reset([level(100, 1), level(3, 1)], [level(101, 1), level(90_000, 1)], at);
    book.reset([level(50, 1)], [], at);
    expect([book.levels("bid", 9), book.levels("ask", 9), book.askPrice, book.size("bid", 3)]).toEqual([
      [[50, 1]],
      [],
      0,
      0,
    ]);
  });

  it("leaves the book invalid and empty when a level cannot be", () => {
    const book = createBook();
    book.reset([level(100, 1)], [level(101, 1)], at);
    const broken = [100, -1] as unknown as Level; // what a faulty decoder might hand over
    expect(codeOf(() => book.reset([level(1, 1)], [broken], at))).toBe("book/bad-level");
    expect([book.valid, book.bid, book.ask]).toEqual([false, undefined, undefined]);
  });
});

describe("Book.lose", () => {
  it("reads as empty on both sides until the next reset", () => {
    const book = createBook();
    book.reset([level(100, 1)], [level(101, 1)], at);
    book.lose();
    book.apply("bid", 99, 5);
    expect([book.valid, book.bidPrice, book.bidSize, book.askPrice, book.askSize, book.crossed]).toEqual([
      false,
      0,
      0,
      0,
      0,
      false,
    ]);
    expect([book.bid, book.ask, book.mid(), book.levels("bid", 5), book.size("bid", 99)]).toEqual([
      undefined,
      undefined,
      undefined,
      [],
      0,
    ]);
    book.reset([level(98, 1)], [level(103, 1)], at);
    expect(book.levels("bid", 5)).toEqual([[98, 1]]);
  });
});

describe("Book.stamp", () => {
  it("sets when the book last reached us", () => {
    const book = createBook();
    book.reset([], [], at);
    book.stamp(millis(at + 5));
    expect(book.at).toBe(at + 5);
  });
});

describe("Book.levels", () => {
  it("gives the best first, no more than asked for, and nothing for a depth of 0", () => {
    const book = createBook({ window: 16 });
    book.reset([level(100, 1), level(10, 2), level(99, 3)], [level(101, 4), level(5_000, 5), level(4_000, 6)], at);
    expect(book.levels("bid", 2)).toEqual([
      [100, 1],
      [99, 3],
    ]);
    expect(book.levels("ask", 3)).toEqual([
      [101, 4],
      [4_000, 6],
      [5_000, 5],
    ]);
    expect(book.levels("ask", 0)).toEqual([]);
  });
});

describe("Book.microprice", () => {
  it("leans towards the thin side", () => {
    const book = createBook();
    book.reset([level(100, 30)], [level(102, 10)], at);
    expect(book.microprice()).toBe(101.5); // 10 offered against 30 bid
    expect(book.mid()).toBe(101);
  });

  it("is not known without both sides", () => {
    const book = createBook();
    book.reset([level(100, 30)], [], at);
    expect([book.mid(), book.microprice()]).toEqual([undefined, undefined]);
  });

  it("stays between bid and ask", () => {
    const price = fc.integer({ min: 1, max: 2 ** 30 });
    const size = fc.integer({ min: 1, max: 2 ** 20 });
    fc.assert(
      fc.property(price, fc.integer({ min: 1, max: 1_000 }), size, size, (bid, width, bidSize, askSize) => {
        const book = createBook({ window: 16 });
        book.reset([level(bid, bidSize)], [level(bid + width, askSize)], at);
        const fair = book.microprice() ?? Number.NaN;
        expect(fair).toBeGreaterThanOrEqual(bid);
        expect(fair).toBeLessThanOrEqual(bid + width);
      }),
    );
  });
});

describe("Book.sweep", () => {
  const book = createBook({ window: 16 });
  book.reset([level(100, 5), level(99, 5), level(10, 5)], [level(101, 3), level(103, 4), level(900, 2)], at);

  it("walks the asks for a buy and the bids for a sell, the far ones too", () => {
    expect(book.sweep("buy", 2)).toEqual({ filled: 2, cost: 202, worst: 101 });
    expect(book.sweep("buy", 8)).toEqual({ filled: 8, cost: 303 + 412 + 900, worst: 900 });
    expect(book.sweep("sell", 11)).toEqual({ filled: 11, cost: 500 + 495 + 10, worst: 10 });
  });

  it("says how much a thin book can fill", () => {
    expect(book.sweep("buy", 100)).toEqual({ filled: 9, cost: 303 + 412 + 1_800, worst: 900 });
    expect(book.sweep("sell", Number.POSITIVE_INFINITY).filled).toBe(15);
    expect(createBook().sweep("buy", 5)).toEqual({ filled: 0, cost: 0, worst: 0 });
    expect(book.sweep("buy", 0)).toEqual({ filled: 0, cost: 0, worst: 0 });
  });
});
