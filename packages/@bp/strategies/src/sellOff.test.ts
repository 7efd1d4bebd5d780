// Selling coins off once: how much, how low, and that it ends.
import { decimal, lots } from "@bp/core";
import { describe, expect, it } from "vitest";
import { lines, scene, spot } from "./scene.fixture.ts";
import { sellOff, sellOffParams } from "./sellOff.ts";

const raw = { markets: [{ instrument: spot.id, size: "1.006" }] };

describe("sellOffParams", () => {
  it("takes each market once, and nothing that is no size", () => {
    expect(sellOffParams.parse(raw)).toMatchObject({ slippagePct: "0.5", staleMs: 5_000 });
    expect(() => sellOffParams.parse({ markets: [] })).toThrow("Too small");
    expect(() => sellOffParams.parse({ markets: [...raw.markets, ...raw.markets] })).toThrow("each market once");
    expect(() => sellOffParams.parse({ markets: [{ instrument: spot.id, size: "0" }] })).toThrow("above 0");
  });
});

describe("sellOff", () => {
  // The scene gives every strategy an instrument of its own; this one names its markets.
  const { params: _, ...rest } = sellOff;
  const laid = () => scene({ ...rest, params: { parse: () => sellOffParams.parse(raw) } }, spot, {});

  it("sells whole lots at no worse than the cap below the bid", () => {
    const world = laid();
    expect(lines(spot, world.book("149.99", "150.01"))).toEqual(["hold -1.00 at 149.25"]); // 149.99 · 0.995 = 149.24005, up
  });

  it("waits while the book is stale or the position unknown", () => {
    const world = laid();
    world.book("149.99", "150.01");
    world.later(5_001);
    expect(world.beat()).toEqual([]);
    world.book("149.99", "150.01");
    expect(world.hold(undefined)).toEqual([]);
  });

  it("is done when all is sold that can be, and wishes nothing more", () => {
    const world = laid();
    world.book("149.99", "150.01");
    const params = sellOffParams.parse(raw);
    expect(sellOff.ends?.(world.view, world.memory(), params)).toBeUndefined();
    expect(sellOff.ends?.(world.view, { [spot.id]: lots(99) }, params)).toBeUndefined(); // 0.01 can still be sold
    expect(sellOff.ends?.(world.view, { [spot.id]: lots(100) }, params)).toEqual({
      kind: "done",
      why: "sold 1.00 SOL",
    });
    expect(sellOff.want(world.view, { [spot.id]: lots(100) }, params)).toEqual([]);
  });

  it("is done with a rest that the market takes at the bid, but not at the cap", () => {
    const dear = { ...spot, minNotional: decimal("5.99") }; // 0.04 are worth 5.997 at 149.93, 5.9676 at the cap of 149.19
    const world = scene({ ...rest, params: { parse: () => sellOffParams.parse(raw) } }, dear, {});
    world.book("149.93", "149.95");
    const params = sellOffParams.parse(raw);
    expect(sellOff.ends?.(world.view, { [spot.id]: lots(95) }, params)).toBeUndefined();
    expect(sellOff.ends?.(world.view, { [spot.id]: lots(96) }, params)?.kind).toBe("done");
    expect(sellOff.want(world.view, { [spot.id]: lots(96) }, params)).toEqual([]);
  });
});
