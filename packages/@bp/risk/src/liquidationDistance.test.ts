import { describe, expect, it } from "vitest";
import { liquidationsOf } from "./liquidationDistance.ts";
import { holding, perp, perpB, spot, viewOf, world } from "./scene.fixture.ts";

const liquidationOf = liquidationsOf([perp.id, perpB.id]);

describe("liquidationsOf", () => {
  it("tells at which mark what is held would be closed by the venue, on either side", () => {
    const w = world();
    w.positions[perp.id] = -4_000;
    w.holdings[perp.id] = holding(-4_000, "-6000");
    // 1000 carry 40 SOL short from 150: (1000 + 40 × 150) / (40 × 1.0125)
    expect(liquidationOf(viewOf(w), perp.id)).toBeCloseTo(172.8395, 4);
    w.positions[perp.id] = 4_000;
    w.holdings[perp.id] = holding(4_000, "6000");
    expect(liquidationOf(viewOf(w), perp.id)).toBeCloseTo(126.5823, 4); // (40 × 150 − 1000) / (40 × 0.9875)
  });

  it("counts what is not ours, and says nothing of what is flat, cannot fall so far, or is not known", () => {
    const w = world();
    const view = viewOf(w);
    expect([perp.id, perpB.id, spot.id].map((id) => liquidationOf(view, id))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    w.externals[perp.id] = -4_000;
    expect(liquidationOf(view, perp.id)).toBeCloseTo(172.8395, 4);
    w.externals[perp.id] = 100;
    expect(liquidationOf(view, perp.id)).toBeUndefined(); // 1000 carry one SOL down to nothing
    w.externals[perp.id] = -4_000;
    w.balances["USDC"] = undefined;
    expect(liquidationOf(view, perp.id)).toBeUndefined();
  });
});
