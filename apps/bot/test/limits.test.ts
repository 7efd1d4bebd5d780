// The limits of a run on the real engine: each key of the configuration is a rule that works.
import { type Intent, instrument, lots, type Strategy, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { ownSchema } from "../src/config/own/schema.ts";
import { type Limits, rulesOf } from "../src/limits.ts";
import { type Board, type BoardOptions, layBoard } from "./board.ts";

const perp = (venue: string) =>
  instrument({
    id: `${venue}:SOL_USDC_PERP`,
    kind: "perp",
    base: "SOL",
    quote: "USDC",
    tickSize: "0.01",
    lotSize: "0.01",
    maker: "0",
    taker: "0",
  });
const sol = perp("backpack");
const twin = perp("backpack-2");
const basic: Limits = { maxOpenOrders: 10, priceBand: 0.5, staleMs: 600_000, rate: { orders: 50, windowMs: 1_000 } };
const second = 1_000;

/** Holds and quotes what the test says, and nothing else. */
function wisher(wish: { now: readonly Intent[] }): Strategy<undefined> {
  return {
    name: "w",
    params: { parse: () => undefined },
    instruments: () => [sol.id],
    start: () => undefined,
    want: () => wish.now,
  };
}

function lay(limits: Partial<Limits>, more: Partial<BoardOptions> = {}) {
  const wish: { now: readonly Intent[] } = { now: [] };
  const instruments = more.instruments ?? [sol];
  const json: Limits = JSON.parse(JSON.stringify({ ...basic, ...limits })); // as the recipe keeps them
  const board = layBoard({
    seats: [{ venue: "backpack", balances: { USDC: "1000" }, leverage: 50 }],
    instruments,
    rules: rulesOf(json, instruments),
    strategies: [{ strategy: wisher(wish), params: undefined }],
    ...more,
  });
  price(board, "150.00");
  board.run(2 * second);
  return { board, wish, said: (text: string) => board.notes.filter(({ why }) => why.includes(text)) };
}

function price(board: Board, at: string, id = sol.id): void {
  board.book(id, at, (Number(at) + 0.01).toFixed(2));
  board.mark(id, at);
}

const hold = (position: number, id = sol.id, worst = position < 0 ? 14_000 : 16_000): Intent => ({
  kind: "hold",
  instrument: id,
  position: lots(position),
  worst: ticks(worst),
  why: "test",
});
const bid = (at: number, size: number, slot = "bid", id = sol.id): Intent => ({
  kind: "quote",
  instrument: id,
  slot,
  side: "buy",
  price: ticks(at),
  size: lots(size),
  postOnly: true,
});

describe("limits", () => {
  it("S4.15 maxLossPct: equity 1000 at 950.01 goes on, at 950.00 own orders go and everything stops", () => {
    const { board, wish, said } = lay({ maxLossPct: "5" });
    wish.now = [hold(1_000)]; // 10 SOL at 150.01
    board.run(2 * second);
    wish.now = [hold(1_000), bid(14_000, 1)];
    board.run(second);
    board.mark(sol.id, "145.011");
    board.run(2 * second);
    expect(board.engine.view.profit().toFixed(2)).toBe("-49.99");
    expect([board.engine.view.halted, board.open(sol.id)]).toEqual([undefined, ["buy 0.01 @ 140.00"]]);
    board.mark(sol.id, "145.01");
    board.run(2 * second);
    expect(board.engine.view.halted).toContain("equity 950.00 is 5.00 % below 1000.00 at the start, limit 5 %");
    expect(board.open(sol.id)).toEqual([]);
    expect(said("max-loss")).toHaveLength(2); // the halt, and why the bid went
    board.mark(sol.id, "190.00");
    board.run(2 * second);
    expect(board.open(sol.id)).toEqual([]);
    wish.now = [hold(0, sol.id, 14_000)]; // a reduction goes on
    board.run(2 * second);
    expect(board.position(sol.id)).toBe("0.00");
  });

  it("S4.17 dailyLimit: a realised loss of 200 buys nothing until 00:00 UTC, sells go on, nothing halts", () => {
    const { board, wish } = lay({ dailyLimit: "200" }, { start: Date.UTC(2026, 0, 1, 23, 59, 0) });
    wish.now = [hold(2_500)]; // at 150.01
    board.run(2 * second);
    price(board, "142.02");
    board.run(second);
    wish.now = [hold(100, sol.id, 14_000), bid(14_100, 100)];
    board.run(2 * second);
    expect(board.engine.view.holding(sol.id)?.realized.toFixed(2)).toBe("-191.76"); // 24 × 7.99
    expect(board.open(sol.id)).toEqual(["buy 1.00 @ 141.00"]);
    price(board, "141.76");
    board.run(second);
    wish.now = [hold(1, sol.id, 14_000), bid(14_100, 100)];
    board.run(2 * second);
    expect(board.engine.view.holding(sol.id)?.realized.toFixed(4)).toBe("-199.9275");
    price(board, "142.00");
    board.run(second);
    wish.now = [hold(0, sol.id, 14_000), bid(14_100, 100)];
    board.run(2 * second);
    expect(board.engine.view.holding(sol.id)?.realized.toFixed(4)).toBe("-200.0076");
    expect([board.open(sol.id), board.engine.view.halted]).toEqual([[], undefined]);
    board.run(60 * second);
    expect(board.open(sol.id)).toEqual(["buy 1.00 @ 141.00"]);
  });

  it("S4.27 sizeFactors: after a fall of 10 % the next order is 0.8 of its size; what rests is left alone", () => {
    const levels = [{ name: "MEDIUM", downPct: "10", factor: "0.8" }];
    const { board, wish } = lay({ sizeFactors: levels });
    wish.now = [hold(1_000), bid(14_000, 50, "before")];
    board.run(2 * second);
    board.mark(sol.id, "140.01");
    board.run(second);
    wish.now = [hold(1_000), bid(14_000, 50, "before"), bid(13_900, 50, "after")];
    board.run(2 * second);
    expect(board.open(sol.id)).toEqual(["buy 0.50 @ 140.00", "buy 0.40 @ 139.00"]);
  });

  it("maxNakedMs, nakedHaltMs: an unhedged pair may be hedged and reduced, not more; then it halts", () => {
    const { board, wish, said } = lay(
      { pairs: [[sol.id, twin.id]], maxNakedMs: 5_000, nakedHaltMs: 20_000 },
      {
        instruments: [sol, twin],
        seats: ["backpack", "backpack-2"].map((venue) => ({ venue, balances: { USDC: "1000" } })),
      },
    );
    wish.now = [hold(100)];
    board.run(7 * second);
    wish.now = [hold(200), bid(14_900, 10, "more")];
    board.run(2 * second);
    expect([board.position(sol.id), board.open(sol.id)]).toEqual(["1.00", []]);
    expect(said("are 1 SOL (150.00 USDC) apart")).toHaveLength(2);
    wish.now = [hold(100), hold(-60, twin.id)];
    board.run(2 * second);
    expect(board.position(twin.id)).toBe("-0.60");
    expect(board.engine.view.halted).toBeUndefined();
    board.run(15 * second);
    expect(board.engine.view.halted).toMatch(
      /^max-naked: .* are 0.4 SOL \(60.00 USDC\) apart for 2\d\.\d s, at most 20 s$/,
    );
  });

  it("S3.16 fundingWindowMs: nothing new in the last five minutes before a stamp", () => {
    const start = Date.UTC(2026, 0, 1, 15, 54, 50);
    const at = Date.UTC(2026, 0, 1, 16);
    const { board, wish } = lay({ fundingWindowMs: 300_000 }, { start });
    board.mark(sol.id, "150.00", { rate: 0.0001, at });
    wish.now = [bid(14_900, 10)];
    board.run(5 * second);
    expect(board.open(sol.id)).toEqual(["buy 0.10 @ 149.00"]);
    board.run(5 * second);
    expect(board.open(sol.id)).toEqual([]);
  });

  it("leverage, minMarginRatio, maxLeverage: a hold is worked as far as they carry it", () => {
    const reached = (limits: Partial<Limits>) => {
      const { board, wish } = lay(limits);
      wish.now = [hold(99_999, sol.id, 15_001)];
      board.run(3 * second);
      return board.position(sol.id);
    };
    expect(reached({ leverage: 10 })).toBe("66.66"); // 1000 × 10 / 150.01
    expect(reached({ leverage: 10, minMarginRatio: 2 })).toBe("33.33");
    expect(reached({ leverage: { [sol.id]: 5 } })).toBe("33.33");
    expect(reached({ maxLeverage: 3 })).toBe("19.99");
  });

  it("liquidationPct, liquidationHaltPct: nothing that adds, and then a halt", () => {
    const { board, wish, said } = lay({ liquidationPct: 20, liquidationHaltPct: 10 });
    wish.now = [bid(14_999, 3_200)];
    board.run(2 * second);
    expect([board.open(sol.id), said("would be liquidated at").length]).toEqual([[], 1]);
    wish.now = [hold(3_000, sol.id, 15_001)];
    board.run(2 * second);
    expect(board.position(sol.id)).toBe("30.00");
    board.mark(sol.id, "130.00");
    board.run(2 * second);
    expect(board.engine.view.halted).toMatch(/^liquidation: .*% from the mark of 130.0000, at least 10 %$/);
  });

  it("maxPosition by market or for each, maxOrderNotional, maxNotional", () => {
    const first = (limits: Partial<Limits>) => {
      const { board, wish } = lay(limits);
      wish.now = [bid(14_900, 300, "a"), bid(14_900, 300, "b")];
      board.run(2 * second);
      return board.open(sol.id);
    };
    const one = ["buy 3.00 @ 149.00", "buy 1.00 @ 149.00"];
    expect(first({ maxPosition: "4" })).toEqual(one);
    expect(first({ maxPosition: { [sol.id]: "4" } })).toEqual(one);
    expect(first({ maxPosition: { [twin.id]: "4" } })).toEqual(["buy 3.00 @ 149.00", "buy 3.00 @ 149.00"]);
    expect(first({ maxOrderNotional: "149" })).toEqual(["buy 1.00 @ 149.00", "buy 1.00 @ 149.00"]);
    expect(first({ maxNotional: "596" })).toEqual(one);
  });

  it("maxLoss, dailyLoss and maxDrawdown halt at an amount", () => {
    const why = (limits: Partial<Limits>) => {
      const { board, wish } = lay(limits);
      wish.now = [hold(1_000)];
      board.run(2 * second);
      board.mark(sol.id, "148.00");
      board.run(second);
      return board.engine.view.halted;
    };
    expect(why({ maxLoss: "20" })).toBe("max-loss: lost 20.10 since the start, limit 20");
    expect(why({ dailyLoss: "20" })).toContain("daily-loss: lost 20.1");
    expect(why({ maxDrawdown: "20" })).toContain("drawdown: fell 20.1");
    expect(why({ maxLoss: "21", dailyLoss: "21", maxDrawdown: "21" })).toBeUndefined();
  });

  it("every limit of our own format is a rule, in the order in which they are asked", () => {
    const text = {
      ...basic,
      maxPosition: { [sol.id]: 1.5 },
      maxOrderNotional: 500,
      maxNotional: "1000",
      maxLossPct: 5,
      maxLoss: "50",
      dailyLoss: 40,
      dailyLimit: 30,
      maxDrawdown: 20,
      sizeFactors: [{ name: "MEDIUM", downPct: 10, factor: "0.8" }],
      pairs: [[sol.id, twin.id]],
      maxNakedMs: 10_000,
      nakedHaltMs: 60_000,
      maxNakedBase: "0.05",
      maxNakedNotional: 10,
      fundingWindowMs: 300_000,
      leverage: { [sol.id]: 10 },
      minMarginRatio: 1.2,
      maxLeverage: 5,
      liquidationPct: 20,
      liquidationHaltPct: 10,
    };
    const { limits } = ownSchema.parse({ strategies: [{ use: "maker" }], limits: text });
    expect(limits).toMatchObject({ maxLossPct: "5", pairs: [[sol.id, twin.id]] });
    expect(rulesOf(limits as Limits, [sol, twin]).map(({ name }) => name)).toEqual([
      "when-halted",
      "max-loss",
      "daily-loss",
      "drawdown",
      "daily-limit",
      "stale-market",
      "price-band",
      "funding-window",
      "max-naked",
      "size-factors",
      "max-notional",
      "max-position",
      "own-cross",
      "funds",
      "margin",
      "max-leverage",
      "liquidation",
      "max-open-orders",
      "order-rate",
    ]);
    const wrong = { maxLoss: 0, maxLossPct: "0.0", pairs: [[sol.id]], leverage: 0, maxLos: 1 };
    for (const [key, value] of Object.entries(wrong))
      expect(ownSchema.safeParse({ strategies: [{ use: "maker" }], limits: { [key]: value } }).success, key).toBe(
        false,
      );
  });

  it("a configuration without them has the same rules as ever", () => {
    expect(rulesOf({ ...basic, maxPosition: "1" }, [sol]).map(({ name }) => name)).toEqual([
      "when-halted",
      "stale-market",
      "price-band",
      "max-position",
      "own-cross",
      "funds",
      "max-open-orders",
      "order-rate",
    ]);
  });
});
