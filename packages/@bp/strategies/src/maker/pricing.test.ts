import { describe, expect, it } from "vitest";
import { maker } from "../maker.ts";
import { perp, scene, spot } from "../scene.fixture.ts";
import { makerParams } from "./params.ts";
import { pricingOf } from "./pricing.ts";

describe("pricingOf", () => {
  const raw = { spreadPct: 0.5, quantity: "0.1", maxPosition: 5, positionThreshold: 0.5, inventorySkew: 0.3 };

  it("S2.16 tells the quotes step by step: before the lean, the lean, after it", () => {
    const s = scene(maker, perp, raw);
    s.hold(250);
    expect(pricingOf(s.view, makerParams.parse({ instrument: perp.id, ...raw }))).toEqual({
      raw: { buy: 14_962.5, sell: 15_037.5 },
      skew: { position: 250, factor: 0.3, offset: 5.625 },
      adjusted: { buy: 14_956, sell: 15_032 },
      line: 50,
      cap: 500,
    });
  });

  it("leans nothing on spot", () => {
    const s = scene(maker, spot, raw);
    s.hold(250);
    const pricing = pricingOf(s.view, makerParams.parse({ instrument: spot.id, ...raw }));
    expect([pricing?.skew.offset, pricing?.adjusted]).toEqual([0, { buy: 14_962, sell: 15_038 }]);
  });

  it("has nothing to tell while the market or the position is unknown", () => {
    const s = scene(maker, perp, raw);
    const params = makerParams.parse({ instrument: perp.id, ...raw });
    s.hold(undefined);
    expect(pricingOf(s.view, params)).toBeUndefined();
    s.hold(0);
    s.later(5_001);
    expect(pricingOf(s.view, params)).toBeUndefined();
  });
});
