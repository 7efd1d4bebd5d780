// What the maker can do beyond S2, through the real engine on an exchange in memory: what stays, keeps its place in the queue.
import { instrument } from "@bp/core";
import { maker } from "@bp/strategies";
import { describe, expect, it } from "vitest";
import { layBoard } from "../board.ts";

const sol = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});
const usual = {
  instrument: sol.id,
  spreadPct: 0.5,
  quantity: 0.5,
  maxOrders: 1,
  maxPosition: 5,
  positionThreshold: 5,
  intervalMs: 1_000,
};

function quoting(more: object) {
  const params = maker.params.parse({ ...usual, ...more });
  const board = layBoard({ instruments: [sol], strategies: [{ strategy: maker, params }] });
  board.book(sol.id, "149.99", "150.01");
  board.mark(sol.id, "150.00");
  board.run(2_000);
  expect(board.open(sol.id)).toEqual(["buy 0.50 @ 149.62", "sell 0.50 @ 150.38"]);
  return board;
}

describe("the maker, beyond S2", () => {
  it("lets the other side of a level hang: it is neither cancelled nor sent again when the market has gone away", () => {
    const board = quoting({ hanging: { enabled: true } });
    const resting = () => board.exchange("backpack").openOrders("backpack", sol.id);
    const hung = resting().find(({ side }) => side === "sell")?.id;
    board.take(sol.id, "sell", "0.50", "149.62");
    board.run(1_000);
    for (const bid of [149.79, 149.59]) {
      board.book(sol.id, bid.toFixed(2), (bid + 0.02).toFixed(2)); // in steps that do not reach our bids
      board.run(3_000);
    }
    expect(board.position(sol.id)).toBe("0.50");
    expect(board.open(sol.id)).toEqual(["buy 0.50 @ 149.22", "sell 0.50 @ 149.98", "sell 0.50 @ 150.38"]);
    expect(resting().map(({ id }) => id)).toContain(hung); // the same order, in its old place
  });

  it("leaves its orders alone while they are off by less than the tolerance", () => {
    const board = quoting({ tolerancePct: 0.02 });
    board.book(sol.id, "150.00", "150.02");
    board.run(3_000);
    expect(board.cancels()).toBe(0);
    board.book(sol.id, "150.04", "150.06");
    board.run(3_000);
    expect(board.open(sol.id)).toEqual(["buy 0.50 @ 149.67", "sell 0.50 @ 150.43"]);
    expect(board.cancels()).toBe(2);
  });

  it("quotes by a model once it has watched the market, wider when it swings more", () => {
    const glft = { name: "glft", riskAversion: 0.05, arrivals: 3, decay: 0.05, warmUpMs: 10_000 };
    const widthAfter = (swing: number) => {
      const params = maker.params.parse({ ...usual, spreadPct: 0.01, spreadModel: glft });
      const board = layBoard({ instruments: [sol], strategies: [{ strategy: maker, params }] });
      board.mark(sol.id, "150.00");
      const began = board.now();
      for (let second = 0; second < 40; second++) {
        const mid = 150 + (second % 2 === 0 ? swing : 0);
        board.book(sol.id, (mid - 0.01).toFixed(2), (mid + 0.01).toFixed(2));
        board.run(1_000);
      }
      const first = board.sent().find(({ command }) => command.type === "order.place")?.at ?? 0;
      expect(first - began).toBeGreaterThanOrEqual(10_000); // watched before
      const [buy = "", sell = ""] = board.open(sol.id).map((each) => each.split("@ ")[1]);
      return Number(sell) - Number(buy);
    };
    const [calm, wild] = [widthAfter(0.01), widthAfter(0.1)];
    expect(calm).toBeGreaterThan(0.2);
    expect(wild).toBeGreaterThan(calm + 0.05);
  });
});
