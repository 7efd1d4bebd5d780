// Live markouts against those of the report over the same run.
import { type Event, instrument, type View } from "@bp/core";
import { type CountedFill, createAnalyst, createTally } from "@bp/report";
import { describe, expect, it } from "vitest";
import { createMarkouts } from "./markouts.ts";
import { runInMemory } from "./run.fixture.ts";

const sol = "backpack:SOL_USDC_PERP";
const making = {
  instrument: sol,
  spreadPct: 0.03,
  quantity: 0.5,
  maxPosition: 6,
  positionThreshold: 5,
  intervalMs: 2_000,
};

describe("createMarkouts", () => {
  it("says of a run what its report and its tally say of it", async () => {
    const markouts = createMarkouts();
    let analyst: ReturnType<typeof createAnalyst> | undefined;
    let tally: ReturnType<typeof createTally> | undefined;
    await runInMemory({ tree: { strategies: [{ use: "maker", params: making }] }, seconds: 600 }, (step) => {
      const { event, commands, fills, engine, instruments } = step;
      analyst ??= createAnalyst({ instruments });
      tally ??= createTally({ instruments });
      analyst.event(event);
      tally.event(event);
      for (const command of commands) {
        analyst.command(command);
        tally.command(command);
      }
      markouts.step(event, fills, engine.view);
    });
    const [second, ten, minute] = markouts.now();
    const reported = analyst
      ?.analysis({ run: "r", mode: "memory" })
      .markouts.find(({ side, horizonMs }) => side === "both" && horizonMs === 1_000);
    expect(second?.fills).toBe(reported?.fills);
    expect(second?.bps).toBeCloseTo(reported?.bps ?? Number.NaN, 9);
    expect(second?.fills).toBeGreaterThan(100);
    const settled = tally?.figures().causes.selection.map((each) => [each.horizonMs, each.settled]);
    expect([second, ten, minute].map((each) => [each?.horizonMs, each?.fills])).toEqual(settled);
  });

  it("leaves out what came due while the bot was away", () => {
    const market = instrument({ id: sol, kind: "perp", base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.01" });
    const markouts = createMarkouts();
    let [mid, seq] = [10_000, 0];
    const view = { book: () => ({ mid: () => mid }), instrument: () => market } as unknown as View; // all that is read
    const tell = (at: number, news: object, fills: readonly CountedFill[] = []) =>
      markouts.step({ ...news, at, venueAt: at, seq: ++seq } as Event, fills, view);
    const bought = (at: number) => {
      const fill = { instrument: sol, side: "buy", price: 10_000, size: 100, venueAt: at };
      return [{ fill, instrument: market }] as unknown as readonly CountedFill[]; // all that is read
    };
    const beat = { type: "timer.fired", name: "beat" };
    const book = { type: "book.reset", instrument: sol };
    tell(1_000, book);
    tell(1_010, { type: "order.filled" }, bought(1_010));
    tell(2_500, beat);
    tell(3_000, { type: "order.filled" }, bought(3_000));
    tell(3_500, beat);
    for (const stream of ["account", "market"]) // it was killed, and came back
      tell(20_000, { type: "link.lost", venue: "backpack", stream, why: "the bot was restarted", resumed: true });
    mid = 10_100;
    tell(20_100, book);
    tell(90_000, beat);
    expect(markouts.now()).toEqual([
      { horizonMs: 1_000, bps: 0, fills: 1 },
      { horizonMs: 10_000, fills: 0 },
      { horizonMs: 60_000, bps: 100, fills: 2 },
    ]);
  });

  it("says nothing of horizons that no fill has reached", () => {
    expect(createMarkouts().now()).toEqual([
      { horizonMs: 1_000, fills: 0 },
      { horizonMs: 10_000, fills: 0 },
      { horizonMs: 60_000, fills: 0 },
    ]);
  });
});
