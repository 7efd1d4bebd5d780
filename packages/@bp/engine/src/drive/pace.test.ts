// Market time.
import { decimal, isBpError, lots, millis, type Unnumbered } from "@bp/core";
import { describe, expect, it } from "vitest";
import { perp } from "../scene.fixture.ts";
import { paceOf } from "./pace.ts";

const origin = millis(1_000_000);
const fact = (news: object): Unnumbered =>
  ({ ...news, at: millis(1_000_010), venueAt: millis(1_000_006) }) as Unnumbered; // as a venue dates it

describe("paceOf", () => {
  it("leaves everything as it is at speed 1", () => {
    const pace = paceOf(1, origin);
    const beat = fact({ type: "timer.fired", name: "beat" });
    expect([pace.toMarket(millis(5)), pace.fact(beat)]).toEqual([5, beat]);
    expect(pace.fact(beat)).toBe(beat);
  });

  it("lets ten market seconds pass in one of the wall clock", () => {
    const pace = paceOf(10, origin);
    expect([pace.toMarket(origin), pace.toMarket(millis(1_001_000))]).toEqual([origin, 1_010_000]);
    expect(pace.fact(fact({ type: "timer.fired", name: "beat" }))).toMatchObject({ at: 1_000_100, venueAt: 1_000_060 });
  });

  it("dates what is inside a fact too", () => {
    const pace = paceOf(10, origin);
    expect(
      pace.fact(
        fact({
          type: "mark.changed",
          instrument: perp.id,
          mark: 1,
          index: 1,
          fundingRate: 0,
          fundingAt: millis(1_000_100),
        }),
      ),
    ).toMatchObject({
      fundingAt: 1_001_000,
    });
    const snapshot = fact({
      type: "account.snapshot",
      venue: "v",
      asOf: millis(1_000_004),
      orders: [],
      positions: [{ instrument: perp.id, size: lots(1), cost: decimal("1.5") }],
      balances: [],
      fills: [{ tradeId: "t", venueAt: millis(1_000_002) }],
    });
    expect(pace.fact(snapshot)).toMatchObject({ asOf: 1_000_040, fills: [{ tradeId: "t", venueAt: 1_000_020 }] });
  });

  it("gives whole milliseconds at any speed", () => {
    expect(paceOf(0.3, origin).toMarket(millis(1_000_001))).toBe(1_000_000);
    expect(paceOf(7.77, origin).toMarket(millis(1_000_003))).toBe(1_000_023);
  });

  it("refuses a speed that cannot be", () => {
    for (const speed of [0, -1, Number.NaN, Infinity]) {
      let error: unknown;
      try {
        paceOf(speed, origin);
      } catch (thrown) {
        error = thrown;
      }
      expect(isBpError(error, "config/invalid")).toBe(true);
    }
  });
});
