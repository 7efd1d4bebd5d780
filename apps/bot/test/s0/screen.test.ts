// What the users of S0 see, from a run on the board.
import { type InstrumentId, instrument } from "@bp/core";
import { createTally } from "@bp/report";
import {
  type DualHedgeMemory,
  dualHedge,
  dualHedgeParams,
  type SingleMemory,
  single,
  singleParams,
} from "@bp/strategies";
import { describe, expect, it } from "vitest";
import type { Moment, SystemFace } from "../../src/face/system.ts";
import { dualHedgeFace } from "../../src/face/systems/dualHedge.ts";
import { singleFace } from "../../src/face/systems/single.ts";
import { type Board, type BoardOptions, layBoard } from "../board.ts";

const common = { kind: "perp", base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.01" } as const;
const one: InstrumentId = "backpack:SOL_USDC_PERP";
const two: InstrumentId = "backpack-2:SOL_USDC_PERP";
const instruments = [instrument({ ...common, id: one }), instrument({ ...common, id: two })];

/** Lays a board whose strategy is watched by its face. */
function watched<P, M>(
  name: string,
  face: SystemFace<P, M>,
  params: P,
  board: Omit<BoardOptions, "watch">,
  lang: "en" | "zh",
): { readonly board: Board; readonly lines: string[]; moment(): Moment<P, M> } {
  const lines: string[] = [];
  let before: M | undefined;
  let last: Moment<P, M> | undefined;
  const laid = layBoard({
    ...board,
    watch: (event, notes, engine) => {
      const memory = engine.memoryOf(name) as M; // what the strategy of that name remembers
      last = {
        view: engine.viewOf(name),
        params,
        memory,
        before: before ?? memory,
        event,
        notes,
        instruments: board.instruments,
        startedAt: 0,
        lang,
        figures: () => {
          const tally = createTally({ instruments: board.instruments });
          for (const entry of laid.entries) tally.entry(entry);
          return tally.figures();
        },
      };
      before = memory;
      lines.push(...face.news(last).map(({ text }) => text));
    },
  });
  return {
    board: laid,
    lines,
    moment: () => {
      if (last === undefined) throw new Error("nothing has happened");
      return last;
    },
  };
}

describe("the screens of S0", () => {
  it("S0.1 tell of order with its notional and margin, trade, close and round, and what it has cost", () => {
    const params = singleParams.parse({ instrument: one, amount: "100" });
    const { board, lines, ...seen } = watched<typeof params, SingleMemory>(
      "single",
      singleFace,
      params,
      { instruments: instruments.slice(0, 1), strategies: [{ strategy: single, params }] },
      "en",
    );
    board.book(one, [["150.25", "10000"]], "150.27");
    board.until("the bid", () => board.open(one).length === 1);
    const [, order] = singleFace.panel({ ...seen.moment(), leverage: { [one]: 10 } });
    expect(order).toBe("position 0.00 SOL  bid 0.66 @ 150.25 = 99.165 USDC, margin 9.9165 at 10x"); // S0.1
    expect(singleFace.panel({ ...seen.moment(), lang: "zh", leverage: { [one]: 10 } })[1]).toBe(
      "持仓 0.00 SOL  买单 0.66 @ 150.25 = 99.165 USDC, 保证金 9.9165 (10 倍)",
    );
    board.book(one, [["150.24", "10000"]], "150.27");
    board.run(20);
    board.take(one, "sell", "0.66", "150.25");
    board.until("a new bid", () => board.placed().length === 3);
    board.run(100);
    expect(lines).toEqual([
      "single mode: backpack:SOL_USDC_PERP, 100 of quote per order",
      "bid 0.66 @ 150.25 = 99.165 USDC",
      "bought 0.66 SOL @ 150.25, fee 0.019833 USDC",
      "position 0.66 SOL found: it is closed first",
      "closed 0.66 SOL @ 150.24, fee 0.0495792 USDC",
      "round 1 completed",
      "bid 0.66 @ 150.24 = 99.1584 USDC",
    ]);
    expect(singleFace.final(seen.moment())).toEqual([
      "rounds 1  volume 198.32 USDC  fees 0.0694  net -0.0760 USDC",
      "wear 0.0383 %  cost per 10,000 of volume 3.83 USDC",
    ]);
  });

  it("S0.20 shows what is left of the wait with one decimal, in the original's language", () => {
    const params = dualHedgeParams.parse({ long: one, short: two, amount: "100" });
    const { board, lines, ...seen } = watched<typeof params, DualHedgeMemory>(
      "dual-hedge",
      dualHedgeFace,
      params,
      {
        instruments,
        seats: [{ venue: "backpack" }, { venue: "backpack-2" }],
        strategies: [{ strategy: dualHedge, params }],
      },
      "zh",
    );
    board.book(one, "150.25", "150.27");
    board.until("both legs", () => board.open(one).length === 1 && board.open(two).length === 1);
    board.book(one, "150.20", "150.32");
    board.run(50);
    board.take(one, "sell", "0.66", "150.25");
    board.take(one, "buy", "0.66", "150.27");
    board.until("the pair", () => seen.moment().memory.phase === "waiting");
    const openedAt = seen.moment().memory.openedAt ?? 0;
    board.until("12.5 s", () => board.now() - openedAt >= 12_500);
    board.tell({ type: "timer.fired", name: "beat", at: board.now() as never, venueAt: board.now() as never });
    expect(dualHedgeFace.panel(seen.moment())[0]).toBe("等待中 WAITING · 剩余 17.5 s");
    expect(lines.at(-1)).toBe("等待中 WAITING: backpack 0.66, backpack-2 -0.66");
  });
});
