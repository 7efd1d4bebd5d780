// The board itself: time, market, two accounts, and a restart.
import { instrument, lots, type Strategy, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { layBoard } from "./board.ts";

const sol = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});
const twin = { ...sol, id: "backpack-2:SOL_USDC_PERP" } as const;

/** Rests one bid a tick below the touch on each account, and counts its trades. */
const bidder: Strategy<undefined, number> = {
  name: "bidder",
  params: { parse: () => undefined },
  instruments: () => [sol.id, twin.id],
  start: () => 0,
  remember: (count, _, view) => count + view.fills().length,
  want: (view) =>
    [sol.id, twin.id].flatMap((id) => {
      const { bid } = view.book(id);
      if (bid === undefined) return [];
      return [
        {
          kind: "quote",
          instrument: id,
          slot: id,
          side: "buy",
          price: ticks(15_000),
          size: lots(66),
          postOnly: true,
        } as const,
      ];
    }),
  remarks: (_, count) => (count > 0 ? [{ topic: "fills", say: `${count} trades`, alert: true }] : []),
  ends: (_, count) => (count > 2 ? { kind: "done", why: "three trades" } : undefined),
};

describe("the board", () => {
  it("plays two accounts on one book, and tells each trade once", () => {
    const board = layBoard({
      instruments: [sol, twin],
      seats: [{ venue: "backpack" }, { venue: "backpack-2" }],
      strategies: [{ strategy: bidder, params: undefined }],
    });
    board.book(sol.id, "150.24", "150.27");
    board.mark(sol.id, "150.25");
    board.run(2_000);
    expect(board.open(sol.id)).toEqual(["buy 0.66 @ 150.00"]);
    expect(board.open(twin.id)).toEqual(["buy 0.66 @ 150.00"]);
    board.book(sol.id, "149.00", "150.27");
    board.take(sol.id, "sell", "1.00", "150.00");
    board.run(1_000);
    expect([board.position(sol.id), board.position(twin.id)]).toEqual(["0.66", "0.34"]);
    expect(board.engine.memoryOf("bidder")).toBe(2);
    expect(board.notes).toContainEqual({ rule: "alert", why: "bidder/fills: 2 trades" });
    expect(board.engine.done).toBeUndefined();
    const sent = board.placed().length;
    board.restart(5_000);
    board.run(3_000);
    expect(board.engine.memoryOf("bidder")).toBe(2);
    expect(board.open(twin.id)).toEqual(["buy 0.32 @ 150.00"]); // what was left of it rests on
    board.take(sol.id, "sell", "5.00", "150.00");
    board.run(2_000);
    expect(board.engine.done).toBe("three trades");
    expect(board.placed().length).toBeGreaterThan(sent);
  });
});
