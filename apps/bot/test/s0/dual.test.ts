// S0, two accounts, through the real engine against one exchange in memory.
import { type InstrumentId, instrument } from "@bp/core";
import { ownCross } from "@bp/risk";
import { dualHedge } from "@bp/strategies";
import { describe, expect, it } from "vitest";
import { type Board, layBoard } from "../board.ts";

const common = { kind: "perp", base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.01" } as const;
const one: InstrumentId = "backpack:SOL_USDC_PERP";
const two: InstrumentId = "backpack-2:SOL_USDC_PERP";
const [first, second] = [instrument({ ...common, id: one }), instrument({ ...common, id: two })];

const lay = (params: object = {}, [bid, ask] = ["150.25", "150.27"]): Board => {
  const board = layBoard({
    instruments: [first, second],
    seats: [{ venue: "backpack" }, { venue: "backpack-2" }],
    rules: [ownCross()],
    strategies: [{ strategy: dualHedge, params: { long: one, short: two, amount: "100", ...params } }],
  });
  board.book(one, bid, ask);
  board.mark(one, bid);
  return board;
};
const rested = (board: Board): Board => {
  board.until("both legs rest", () => board.open(one).length === 1 && board.open(two).length === 1, 2_000);
  return board;
};
const phase = (board: Board) => (board.engine.memoryOf("dual-hedge") as { readonly phase: string }).phase;
const cycles = (board: Board) => (board.engine.memoryOf("dual-hedge") as { readonly cycles: number }).cycles;
/** Others leave the touch to our legs, which then trade `size` each where it is given. */
const fill = (board: Board, long: string | undefined, short: string | undefined) => {
  board.book(one, "150.20", "150.32");
  board.run(50);
  if (long !== undefined) board.take(one, "sell", long, "150.25");
  if (short !== undefined) board.take(one, "buy", short, "150.27");
};
/** Both legs open with 0.66. */
const paired = (params: object = {}): Board => {
  const board = rested(lay(params));
  fill(board, "0.66", "0.66");
  board.until("the pair", () => phase(board) === "waiting");
  return board;
};
/** No trade of the exchange was between the two accounts. */
const apart = (board: Board) => {
  const exchange = board.exchange("backpack");
  const ours = (account: string) => new Set(exchange.orderHistory(account).map(({ id }) => id));
  const [a, b] = [ours("backpack"), ours("backpack-2")];
  for (const { buyOrderId, sellOrderId } of exchange.trades(one))
    expect(
      (a.has(buyOrderId) && b.has(sellOrderId)) || (b.has(buyOrderId) && a.has(sellOrderId)),
      "a trade with ourselves",
    ).toBe(false);
};

describe("dual-hedge", () => {
  it("S0.15 sends both legs in one step, at the touch, of one size", () => {
    const board = rested(lay());
    expect(board.open(one)).toEqual(["buy 0.66 @ 150.25"]);
    expect(board.open(two)).toEqual(["sell 0.66 @ 150.27"]);
    const places = board.sent().filter(({ command }) => command.type === "order.place");
    expect(places).toHaveLength(2);
    expect(places[0]?.at).toBe(places[1]?.at);
    expect(phase(board)).toBe("opening");
  });

  it("S0.16 gives both legs the size that the dearer one can pay", () => {
    const board = rested(lay({}, ["100.00", "101.00"]));
    expect(board.open(one)).toEqual(["buy 0.99 @ 100.00"]);
    expect(board.open(two)).toEqual(["sell 0.99 @ 101.00"]);
  });

  it("S0.17 hedges a leg that has filled alone, once the other one is gone", () => {
    const board = rested(lay());
    fill(board, "0.66", undefined);
    board.until("the pair", () => phase(board) === "waiting");
    expect([board.position(one), board.position(two)]).toEqual(["0.66", "-0.66"]);
    expect(board.placed(two)).toEqual(["sell 0.66 @ 150.27 gtx", "sell 0.66 @ 149.45 ioc"]); // 150.20 · 0.995, up
    const cancelled = board.events.findIndex(({ type }) => type === "order.cancelled");
    const hedged = board.events.findIndex((event) => event.type === "order.filled" && event.instrument === two);
    expect(cancelled).toBeGreaterThan(0);
    expect(cancelled).toBeLessThan(hedged);
    apart(board);
  });

  it("S0.19 ends a time-out with one corrective order and equal sizes", () => {
    const board = rested(lay({ openTimeoutMs: 20_000, maxNakedMs: 600_000 }));
    fill(board, "0.40", "0.10");
    board.run(15_000);
    expect(phase(board)).toBe("opening");
    const before = board.placed().length;
    board.until("the pair", () => phase(board) === "waiting", 20_000);
    expect(board.placed().slice(before)).toEqual(["sell 0.30 @ 149.45 ioc"]);
    expect([board.position(one), board.position(two)]).toEqual(["0.40", "-0.40"]);
    expect([board.open(one), board.open(two)]).toEqual([[], []]);
  });

  it("S0.20 holds the pair for as long as configured, and not at all for 0", () => {
    const board = paired();
    const since = board.now();
    board.run(12_500);
    expect(phase(board)).toBe("waiting");
    expect([board.open(one), board.open(two)]).toEqual([[], []]);
    board.run(30_000 - (board.now() - since) - 1_100);
    expect(phase(board)).toBe("waiting");
    board.run(2_200);
    expect(phase(board)).toBe("closing");

    const atOnce = rested(lay({ holdMs: 0 }));
    fill(atOnce, "0.66", "0.66");
    atOnce.until("closing", () => phase(atOnce) === "closing", 1_500);
  });

  it("S0.21 closes both reduce-only at the touch, verifies, and counts the cycle", () => {
    const board = paired({ holdMs: 1_000 });
    board.book(one, "150.30", "150.32");
    board.until("both close", () => board.open(one).length === 1 && board.open(two).length === 1, 5_000);
    expect(board.open(one)).toEqual(["sell 0.66 @ 150.32"]);
    expect(board.open(two)).toEqual(["buy 0.66 @ 150.30"]);
    expect(board.placed().slice(-2)).toEqual([
      "sell 0.66 @ 150.32 gtx reduce-only",
      "buy 0.66 @ 150.30 gtx reduce-only",
    ]);
    board.book(one, "150.20", "150.40");
    board.run(50);
    board.take(one, "buy", "0.66", "150.32");
    board.take(one, "sell", "0.66", "150.30");
    board.until("the end of the cycle", () => cycles(board) === 1, 3_000);
    expect([board.position(one), board.position(two)]).toEqual(["0.00", "0.00"]);
    expect(phase(board)).toBe("opening");
    rested(board);
    apart(board);
  });

  it("S0.22 finishes a close that does not fill with orders that take, within the cap, until flat", () => {
    const board = paired({ holdMs: 1_000, closeTimeoutMs: 5_000 });
    board.until("both close", () => board.open(one).length === 1 && board.open(two).length === 1, 5_000);
    const before = board.placed().length;
    board.until("flat", () => board.position(one) === "0.00" && board.position(two) === "0.00", 20_000);
    const after = board.placed().slice(before);
    expect(after).toContain("sell 0.66 @ 149.45 ioc reduce-only");
    expect(after.filter((each) => each.includes("ioc"))).toHaveLength(2);
    board.until("the next cycle", () => cycles(board) === 1, 2_000);
    apart(board);
  });

  it("S0.24 takes no order for filled that has only vanished", () => {
    const board = rested(lay());
    const exchange = board.exchange("backpack");
    const [order] = exchange.openOrders("backpack", one);
    exchange.cancel("backpack", { instrument: one, id: order?.id ?? "" });
    board.run(30_000);
    expect(board.placed().some((each) => each.includes("ioc"))).toBe(false);
    expect([board.position(one), board.position(two)]).toEqual(["0.00", "0.00"]);
    expect(board.open(one)).toEqual(["buy 0.66 @ 150.25"]); // wished again
  });

  it("S0.25 goes on waiting after a crash, and closes when it is time", () => {
    const board = paired();
    const openedAt = board.now();
    board.run(5_000);
    const before = board.placed().length;
    board.restart(15_000);
    board.run(2_000);
    expect(phase(board)).toBe("waiting");
    expect(board.placed()).toHaveLength(before);
    expect([board.position(one), board.position(two)]).toEqual(["0.66", "-0.66"]);
    board.until("closing", () => phase(board) === "closing", 20_000);
    expect(Math.abs(board.now() - openedAt - 30_000)).toBeLessThanOrEqual(1_100);
  });

  it("S0.29 takes its own bid away before the other account sells into it", () => {
    const board = rested(lay({ maxNakedMs: 4_000 }));
    // Account 2 is ahead by what it sold; account 1's bid rests at the best bid while account 2 buys back nothing yet.
    board.book(one, undefined, "150.32");
    board.run(20);
    expect(board.exchange("backpack").book(one, 1).bids[0]?.[0]).toBe(15_025); // ours alone
    board.take(one, "sell", "0.30", "150.25");
    board.book(one, "150.20", "150.32");
    board.until("balanced", () => board.position(one) === "0.30" && board.position(two) === "-0.30", 6_000);
    apart(board);
    const gone = board.events.findIndex(({ type }) => type === "order.cancelled");
    const sold = board.events.findIndex((event) => event.type === "order.filled" && event.instrument === two);
    expect(gone).toBeLessThan(sold);
  });

  it("takes back the leg that is ahead when the other account cannot follow, and stops when that fails too", () => {
    const board = rested(lay({ maxNakedMs: 8_000 }));
    board.intercept((command) => command.type === "order.place" && command.instrument === two && command.tif === "ioc");
    fill(board, "0.66", undefined);
    board.until("account 1 is flat again", () => board.position(one) === "0.66");
    board.until("taken back", () => board.position(one) === "0.00", 8_000);
    expect(board.notes.some(({ rule, why }) => rule === "alert" && why.includes("taken back"))).toBe(true);

    const stuck = rested(lay({ maxNakedMs: 8_000 }));
    stuck.intercept((command) => command.type === "order.place" && command.tif === "ioc");
    fill(stuck, "0.66", undefined);
    stuck.run(20_000);
    expect(stuck.engine.view.halted).toContain("could not be balanced");
  });
});
