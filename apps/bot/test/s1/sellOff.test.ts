// Selling a person's own coins, once: S1.27 as far as the strategy goes. Consent and threshold are the start's business.
import { millis } from "@bp/core";
import { funds } from "@bp/risk";
import { type SellOffMemory, sellOff } from "@bp/strategies";
import { describe, expect, it } from "vitest";
import { type BoardOptions, layBoard } from "../board.ts";
import { btc, sol } from "./bench.ts";

const second = 1_000;

const layOut = (
  markets: readonly object[],
  balances: Readonly<Record<string, string>>,
  more: Partial<BoardOptions> = {},
) => {
  const board = layBoard({
    instruments: [sol, btc],
    seats: [{ venue: "backpack", balances }],
    strategies: [{ strategy: sellOff, params: { markets } }],
    rules: [funds()],
    ...more,
  });
  board.book(sol.id, "150.00", "150.02");
  board.book(btc.id, "60000", "60001");
  return board;
};
const wallet = { USDC: "1000", SOL: "1", BTC: "0.0001" };

describe("S1, other coins", () => {
  it("S1.27 sells the SOL that it was told to sell and nothing else, within the cap, once", () => {
    const board = layOut([{ instrument: sol.id, size: "1" }], wallet);
    board.run(60 * second);
    expect(board.placed()).toEqual(["sell 1.00 @ 149.25 ioc"]); // 150.00 less 0.5 %
    expect([board.balance("backpack", "SOL"), board.balance("backpack", "BTC")]).toEqual(["0", "0.0001"]);
    expect(board.balance("backpack", "USDC")).toBe("1149.8575"); // 150.00 less 0.095 %
    expect(board.engine.done).toBe("sold 1.00 SOL");
  });

  it("S1.27 goes on while the book is thin, and never beyond what it was told", () => {
    const board = layOut([{ instrument: sol.id, size: "1" }], { ...wallet, SOL: "5" });
    board.book(sol.id, [["150.00", "0.40"]], "150.02");
    board.run(2 * second);
    expect(board.engine.done).toBeUndefined();
    board.book(sol.id, "149.90", "150.02");
    board.run(10 * second);
    expect(board.balance("backpack", "SOL")).toBe("4");
    expect(board.engine.done).toBe("sold 1.00 SOL");
  });

  it("S1.27 a restart sells no second time", () => {
    const board = layOut([{ instrument: sol.id, size: "1" }], { ...wallet, SOL: "5" });
    board.run(2 * second);
    board.restart(5 * second);
    board.run(60 * second);
    expect(board.balance("backpack", "SOL")).toBe("4");
    expect((board.engine.memoryOf("sell-off") as SellOffMemory)[sol.id]).toBe(100);
  });

  it("S1.27 what is less than the market trades is done at once, and what is not there is not sold", () => {
    const small = layOut([{ instrument: sol.id, size: "0.009" }], wallet);
    small.run(5 * second);
    expect([small.placed(), small.engine.done]).toEqual([[], "sold 0.00 SOL"]);
    const much = layOut([{ instrument: sol.id, size: "3" }], wallet);
    much.run(20 * second);
    expect(much.balance("backpack", "SOL")).toBe("0");
    expect(much.placed()).toEqual(["sell 1.00 @ 149.25 ioc"]); // the rule trims it to what the wallet has
    expect(much.notes.some(({ why }) => why.includes("not enough funds"))).toBe(true);
  });

  it("S1.27 waits while the book or the account is unknown", () => {
    const board = layOut([{ instrument: sol.id, size: "1" }], wallet);
    const now = millis(board.now());
    board.tell({ type: "link.lost", venue: "backpack", stream: "market", why: "test", at: now, venueAt: now });
    board.run(5);
    expect(board.placed()).toEqual([]);
    expect(board.engine.done).toBeUndefined();
  });
});
