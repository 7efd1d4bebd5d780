import { decimal } from "@bp/core";
import { describe, expect, it } from "vitest";
import { scaleOf } from "./scale.ts";
import { futures, lead, spot, stage } from "./stage.fixture.ts";

describe("scaleOf", () => {
  it("is measured once for the same parameters and instruments, and anew when one of them changes", () => {
    const { params, view } = stage();
    const scale = scaleOf(params, view);
    expect(scaleOf(params, view)).toBe(scale);
    for (const changed of [lead, futures]) {
      const scale = scaleOf(params, view);
      const finer = { ...changed, tickSize: decimal("0.00001") };
      const other = { instrument: (id: typeof lead.id) => (id === changed.id ? finer : view.instrument(id)) };
      const measured = scaleOf(params, other);
      expect([measured === scale, measured[changed === lead ? "lead" : "hedge"]]).toEqual([false, finer]);
    }
  });
});

describe("measure", () => {
  it("has a step that both markets count in whole lots", () => {
    const { scale } = stage(futures, { quantity: "11" });
    expect(scale).toMatchObject({ atom: "1", leadLot: 1, hedgeLot: 2, step: 2, quantity: 10 });
    expect(stage(spot).scale).toMatchObject({ atom: "0.5", leadLot: 2, hedgeLot: 1, step: 2, quantity: 20 });
    expect(stage(futures, { quantity: "1" }).scale.quantity).toBe(0);
  });

  it("has percents as parts of the price, and the ticks of the lead in one of the hedge", () => {
    const coarse = { ...futures, tickSize: decimal("0.001") };
    const { scale } = stage(coarse, { offsetPct: "0.2", slippagePct: "0.5", minEdgePct: "0.05" });
    const part = ({ top, bottom }: { readonly top: bigint; readonly bottom: bigint }) => Number(top) / Number(bottom);
    expect([part(scale.offset), part(scale.slippage), part(scale.tickRatio)]).toEqual([0.002, 0.005, 10]);
    expect(scale.edge && part(scale.edge)).toBe(0.0005);
    expect(stage().scale.edge).toBeUndefined();
    const odd = stage(coarse, {}, { ...lead, tickSize: decimal("0.0005") });
    expect(part(odd.scale.tickRatio)).toBe(2);
  });
});
