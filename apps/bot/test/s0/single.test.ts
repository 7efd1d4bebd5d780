// S0, one account, through the real engine against the exchange in memory.

import { instrument, toLots, toTicks } from "@bp/core";
import { createTally, type Tally, volumeSums } from "@bp/report";
import { single } from "@bp/strategies";
import { describe, expect, it } from "vitest";
import { type Board, layBoard } from "../board.ts";

const sol = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});
const { id } = sol;

/** A table with the original's market: 150.25 / 150.27, nothing held. */
const lay = (params: object = {}): Board => {
  const board = layBoard({
    instruments: [sol],
    strategies: [{ strategy: single, params: { instrument: id, amount: "100", ...params } }],
  });
  board.book(
    id,
    [
      ["150.25", "10000"],
      ["150.24", "10000"],
    ],
    "150.27",
  );
  board.mark(id, "150.26");
  return board;
};
/** Until the first order rests. */
const started = (params: object = {}): Board => {
  const board = lay(params);
  board.until("the first bid", () => board.open(id).length === 1, 1_000);
  return board;
};
/** Others leave the price of our bid, and somebody sells into it. */
const hit = (board: Board, size: string) => {
  board.book(id, [["150.24", "10000"]], "150.27");
  board.run(50);
  board.take(id, "sell", size, "150.25");
};
/** A position of 0.66 that is taken over at the start, with the original's market around it. */
const adopting = (side: "buy" | "sell", params: object = {}): Board => {
  const board = layBoard({
    instruments: [sol],
    existing: "adopt",
    strategies: [{ strategy: single, params: { instrument: id, amount: "100", ...params } }],
  });
  board.book(id, "150.25", "150.27");
  board.mark(id, "150.26");
  const price = toTicks(sol, side === "buy" ? "150.27" : "150.25");
  const rest = { type: "limit", tif: "ioc", postOnly: false, reduceOnly: false } as const;
  const trade = {
    instrument: id,
    side,
    price,
    size: toLots(sol, "0.66"),
    selfTradePrevention: "reject-taker",
  } as const;
  board.exchange("backpack").place("backpack", { ...rest, ...trade });
  return board;
};
const figures = (board: Board) => {
  const tally: Tally = createTally({ instruments: [sol], graceMs: 10_000 });
  for (const entry of board.entries) tally.entry(entry);
  return tally.figures();
};

describe("single", () => {
  it("S0.1 places one post-only bid of 0.66 at the best bid, for less than the amount", () => {
    const board = started();
    board.run(2_000);
    expect(board.placed()).toEqual(["buy 0.66 @ 150.25 gtx"]);
    expect(board.open(id)).toEqual(["buy 0.66 @ 150.25"]);
    const [order] = board.commands.flatMap((each) => (each.type === "order.place" ? [each] : []));
    expect(order?.clientId).toBeGreaterThan(0);
    const [resting] = board.exchange("backpack").openOrders("backpack", id);
    expect(resting?.clientId).toBe(order?.clientId); // the venue knows it by the same id
  });

  it("S0.5 leaves an old order alone that is at the best bid", () => {
    const board = started();
    board.run(11_000);
    expect(board.cancels()).toBe(0);
    expect(board.placed()).toHaveLength(1);
  });

  it("S0.6 replaces an old order at a new best bid, and never has two", () => {
    const board = started();
    board.run(10_900);
    board.book(
      id,
      [
        ["150.27", "10000"],
        ["150.26", "10000"],
      ],
      "150.29",
    );
    for (let at = 0; at < 200; at++) {
      board.run(10);
      expect(board.open(id).length).toBeLessThanOrEqual(1);
    }
    expect(board.placed()).toEqual(["buy 0.66 @ 150.25 gtx", "buy 0.66 @ 150.27 gtx"]);
    const [first, cancel, second] = board.commands.filter(({ type }) => type !== "account.ask");
    expect([first?.type, cancel?.type, second?.type]).toEqual(["order.place", "order.cancel", "order.place"]);
    const ended = board.events.find(({ type }) => type === "order.cancelled");
    const accepted = board.events.filter(({ type }) => type === "order.accepted")[1];
    expect(ended?.seq).toBeLessThan(accepted?.seq ?? 0);
  });

  it("S0.7 does nothing at nine seconds, and follows at ten", () => {
    const board = lay();
    board.until("the first bid", () => board.placed().length === 1, 1_000);
    const placedAt = board.now();
    board.run(9_000 - (board.now() - placedAt));
    board.book(
      id,
      [
        ["150.40", "10000"],
        ["150.39", "10000"],
      ],
      "150.42",
    );
    board.run(900);
    expect(board.cancels()).toBe(0);
    board.run(1_500);
    expect(board.placed().at(-1)).toBe("buy 0.66 @ 150.40 gtx");
  });

  it("S0.9 closes a position first, reduce-only, and buys again only when flat", () => {
    const board = started();
    hit(board, "0.66");
    board.until("the close", () => board.placed().length > 1);
    expect(board.placed()[1]).toBe("sell 0.66 @ 149.50 ioc reduce-only"); // 150.25 · 0.995 = 149.49875, up
    board.until("flat", () => board.position(id) === "0.00");
    board.until("the next bid", () => board.open(id).length === 1);
    expect(board.placed()).toHaveLength(3);

    const short = adopting("sell");
    short.until("the close", () => short.placed().length > 0);
    expect(short.placed()[0]).toBe("buy 0.66 @ 151.02 ioc reduce-only"); // 150.27 · 1.005 = 151.02135, down
    short.until("flat", () => short.position(id) === "0.00");
  });

  it("S0.9 takes the rest of a half-filled bid away before it closes what was bought", () => {
    const board = started();
    hit(board, "0.30");
    board.until("the close", () => board.placed().length > 1);
    expect(board.placed()[1]).toBe("sell 0.30 @ 149.50 ioc reduce-only");
    board.until("flat", () => board.position(id) === "0.00");
    board.run(100);
    const cancelled = board.events.findIndex(({ type }) => type === "order.cancelled");
    const closed = board.events.findIndex((event) => event.type === "order.filled" && event.side === "sell");
    expect(cancelled).toBeGreaterThan(0);
    expect(cancelled).toBeLessThan(closed);
  });

  it("S0.12 survives a lost book, and has one order when it is back", () => {
    const board = started();
    const at = () => ({ at: board.now(), venueAt: board.now() }) as { at: never; venueAt: never };
    board.tell({ type: "book.lost", instrument: id, why: "the request failed", ...at() });
    board.run(5_000);
    expect(board.open(id)).toEqual([]);
    board.tell({
      type: "book.reset",
      instrument: id,
      bids: [[15_025 as never, 1_000_000 as never]],
      asks: [[15_027 as never, 1_000_000 as never]],
      ...at(),
    });
    board.run(1_000);
    expect(board.open(id)).toEqual(["buy 0.66 @ 150.25"]);
    board.run(4_000);
    expect(board.open(id)).toHaveLength(1);
  });

  it("S0.13 never sells below the cap of an attempt, goes on with the rest, and tells a person after some", () => {
    const board = adopting("buy", { closeAlertAfter: 2 });
    board.book(id, [["150.20", "0.30"]], "150.27");
    board.until("the first attempt", () => board.position(id) === "0.36", 5_000);
    expect(board.placed()[0]).toBe("sell 0.66 @ 149.45 ioc reduce-only"); // 150.20 · 0.995 = 149.449, up
    expect(board.notes.filter(({ rule }) => rule === "alert")).toEqual([]);
    board.book(id, [["149.00", "0.10"]], "150.27");
    board.until("the second attempt", () => board.position(id) === "0.26", 10_000);
    expect(board.placed()[1]).toBe("sell 0.36 @ 148.26 ioc reduce-only"); // 149 · 0.995 = 148.255, up
    board.run(2_000);
    expect(board.notes.some(({ rule, why }) => rule === "alert" && why.includes("2 closing orders"))).toBe(true);
  });

  it("S0.14 counts what a round trip costs to the last digit", () => {
    const board = started();
    hit(board, "0.66");
    board.until("the close", () => board.placed().length > 1);
    board.until("flat again", () => board.position(id) === "0.00");
    board.run(1_000);
    const { session } = figures(board);
    const { profit, ratios } = session;
    expect(profit.gross.toFixed()).toBe("-0.0066");
    expect(profit.fees.toFixed()).toBe("0.0694122");
    expect(profit.net.toFixed()).toBe("-0.0760122");
    expect(ratios.costPer10k?.toFixed(2)).toBe("3.83");
    expect(volumeSums(session.sums.volumes).all.quote.toFixed()).toBe("198.3234");
  });
});
