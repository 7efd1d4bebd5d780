import { decimal } from "@bp/core";
import { describe, expect, it } from "vitest";
import { minimumSize } from "../minimum.ts";
import { perp } from "../scene.fixture.ts";
import { makerParams } from "./params.ts";
import { scaleOf } from "./scale.ts";

describe("scaleOf", () => {
  it("puts level i 1.5 · i^1.5 ticks further out, half up", () => {
    const params = makerParams.parse({ instrument: perp.id, spreadPct: "0.5", maxOrders: 10 });
    expect(scaleOf(params, perp).offsets).toEqual([0, 2, 4, 8, 12, 17, 22, 28, 34, 41]);
  });

  it("works the numbers out once for an instrument, and anew when it changes", () => {
    const params = makerParams.parse({
      instrument: perp.id,
      spreadPct: "0.5",
      quantity: "0.019",
      targetPosition: -1,
      maxPosition: -2,
    });
    const scale = scaleOf(params, perp);
    expect(scaleOf(params, perp)).toBe(scale);
    expect(scale).toMatchObject({ size: 1, cap: 200, line: 110, half: { top: 5n, bottom: 2000n } });
    const finer = { ...perp, lotSize: decimal("0.001") };
    expect(scaleOf(params, finer)).toMatchObject({ size: 19, cap: 2000, line: 1100 });
  });

  it("takes the minimum size for a cap or a threshold below it", () => {
    const params = makerParams.parse({
      instrument: perp.id,
      spreadPct: "0.5",
      maxPosition: 0,
      positionThreshold: "0.001",
    });
    expect(scaleOf(params, perp)).toMatchObject({ cap: 1, line: 1 });
  });
});

describe("minimumSize", () => {
  it("is what the minimum size or the minimum notional asks for, rounded up", () => {
    expect(minimumSize(perp, 15_000)).toBe(1);
    expect(minimumSize({ ...perp, minNotional: decimal("5") }, 15_000)).toBe(4); // 0.0333…
    expect(minimumSize({ ...perp, minNotional: decimal("6") }, 15_000)).toBe(4); // 0.04 exactly
    expect(minimumSize({ ...perp, minNotional: decimal("6.00001") }, 15_000)).toBe(5);
  });
});
