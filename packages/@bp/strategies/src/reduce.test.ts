// Which closing orders may be reduce-only beside what the user holds.
import { describe, expect, it } from "vitest";
import { mayReduce } from "./reduce.ts";
import { perp, scene, spot } from "./scene.fixture.ts";
import { single } from "./single.ts";

describe("mayReduce", () => {
  const told = (market: typeof perp, others: number) => {
    const world = scene(single, market, { amount: "10" });
    world.others(others);
    return (["buy", "sell"] as const).filter((side) => mayReduce(world.view, market.id, side));
  };

  it("is so on a perpetual while the user holds nothing on the other side", () => {
    expect(told(perp, 0)).toEqual(["buy", "sell"]);
    expect(told(perp, 5)).toEqual(["sell"]);
    expect(told(perp, -5)).toEqual(["buy"]);
  });

  it("never is on spot", () => {
    expect(told(spot, 0)).toEqual([]);
  });
});
