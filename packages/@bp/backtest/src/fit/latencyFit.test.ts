import { clientIdOf, lots, millis, random, ticks } from "@bp/core";
import { drawnLatency, tableLatency } from "@bp/sim";
import { describe, expect, it } from "vitest";
import { sol, tapeOf } from "../tape.fixture.ts";
import { fitLatency } from "./latencyFit.ts";
import type { OwnOrder } from "./orders.ts";

const start = 1_800_000_000_000;

/** Orders a second apart, with drawn ways; the venue's clock is `ahead` ms before ours. */
function orders(count: number, up: () => number, down: () => number, ahead = 0): readonly OwnOrder[] {
  return Array.from({ length: count }, (_, n) => {
    const sentAt = start + n * 1_000;
    const took = sentAt + up();
    const cancelSentAt = sentAt + 500;
    const gone = cancelSentAt + up();
    return {
      clientId: clientIdOf(1, n + 1),
      instrument: sol.id,
      slot: "a/b",
      side: "buy",
      price: ticks(1),
      size: lots(1),
      tif: "gtx",
      reduceOnly: false,
      sentAt: millis(sentAt),
      acceptedAt: millis(Math.round(took + ahead)),
      heardAt: millis(Math.round(took + down())),
      cancelSentAt: millis(cancelSentAt),
      endedAt: millis(Math.round(gone + ahead)),
      endHeardAt: millis(Math.round(gone + down())),
      end: "cancelled",
      reason: undefined,
      trades: [],
    } as const;
  });
}

describe("fitLatency", () => {
  it("recovers a floor and a mean above it, and the medians", () => {
    const model = drawnLatency({ seed: 3, floorMs: 20, meanMs: 15 });
    const fit = fitLatency(
      orders(
        3_000,
        () => model.up(0),
        () => model.down(0),
      ),
    );
    expect(fit.drawn?.floorMs).toBeCloseTo(20, -0.5);
    expect(Math.abs((fit.drawn?.meanMs ?? 0) - 15)).toBeLessThan(1.5);
    expect(Math.abs((fit.place?.quantiles.p50 ?? 0) - (20 + 15 * Math.LN2))).toBeLessThan(1.5);
    expect(fit.place?.count).toBe(3_000);
    expect(Math.abs((fit.place?.error ?? 0) - 15 / Math.sqrt(3_000))).toBeLessThan(0.05);
    expect(Math.abs((fit.cancel?.mean ?? 0) - 35)).toBeLessThan(1.5);
    expect(fit.drawnFlag).toMatch(/^2\d(\.\d+)?\+1\d(\.\d+)?$/);
    expect(fit.flag).toMatch(/^\d+(\.\d+)?\/\d+(\.\d+)?$/);
  });

  it("makes a table that holds what the ways were when", () => {
    let n = 0;
    const fit = fitLatency(
      orders(
        1_200,
        () => (n++ < 1_200 ? 10 : 30),
        () => 5,
      ),
    );
    const table = tableLatency(fit.table);
    expect([table.up(start + 60_000), table.up(start + 1_140_000), table.down(start + 60_000)]).toEqual([10, 30, 5]);
  });

  it("sets clocks right that are provably apart, and trusts them else", () => {
    const chance = random(1);
    const way = () => 10 + chance.exponential(3);
    expect(fitLatency(orders(500, way, way)).clockMs).toBe(0);
    for (const ahead of [-40, 250]) {
      const fit = fitLatency(orders(500, way, way, ahead));
      expect(Math.abs(fit.clockMs - ahead)).toBeLessThan(1.5);
      expect(Math.abs((fit.place?.mean ?? 0) - 13)).toBeLessThan(1.5);
      expect(fit.placeRound?.mean).toBeCloseTo(26, -0.5);
    }
  });

  it("tells nothing of what it has not seen often enough", () => {
    const fit = fitLatency(
      orders(
        9,
        () => 1,
        () => 1,
      ),
    );
    expect([fit.place, fit.flag, fit.drawn, fit.table]).toEqual([undefined, undefined, undefined, []]);
    expect(fitLatency([])).toMatchObject({ clockMs: 0, table: [] });
  });

  it("measures how late market data are", () => {
    const rows = Array.from({ length: 50 }, (_, n) => ({ kind: "bid", at: start + n, a: 1, b: 1, lateMs: 7 }) as const);
    expect(fitLatency([], tapeOf(rows)).market).toMatchObject({ count: 50, mean: 7, error: 0 });
  });
});
