// What the limits of a run leave room for.
import { instrument } from "@bp/core";
import { describe, expect, it } from "vitest";
import type { StrategyConfig } from "../config/botConfig.ts";
import { limitsOf } from "../needs.ts";
import { pairsOf } from "../recipe.ts";
import type { Recipe } from "../wire-up.ts";
import { noRoomIn } from "./room.ts";

const coin = { base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.01" } as const;
const perp = instrument({ ...coin, id: "backpack:SOL_USDC_PERP", kind: "perp" });
const spot = instrument({ ...coin, id: "aster-spot:SOLUSDT", kind: "spot" });
const markets = [perp, spot];

const maker = (more: object = {}): StrategyConfig => ({
  name: "maker",
  use: "maker",
  params: { instrument: perp.id, spreadPct: "0.2", maxPosition: "1", ...more },
});
const hedge = (quantity: string): StrategyConfig => ({
  name: "hedge",
  use: "hedge",
  params: { lead: perp.id, hedge: spot.id, quantity },
});

const recipe = (strategies: readonly StrategyConfig[], said: object = {}): Recipe => ({
  strategies,
  limits: { ...limitsOf(strategies, markets, 1, 5_000), ...pairsOf(strategies, markets), ...said },
  existing: "adopt",
  graceMs: 12_000,
  askEveryMs: 60_000,
});
const tight = (of: Recipe, ...asked: readonly StrategyConfig[]) =>
  noRoomIn(of, asked, markets).map(({ limit, allowed, needed }) => `${limit}: ${allowed}, needs ${needed}`);

describe("noRoomIn", () => {
  it("lets values become smaller, and go back to those of the beginning", () => {
    const run = recipe([maker()]);
    expect(tight(run, maker({ maxPosition: "0.5", maxOrders: 1 }))).toEqual([]);
    expect(tight(run, maker())).toEqual([]);
    expect(tight(run, maker({ maxPosition: "1.01" }))).toEqual([
      "maxPosition of backpack:SOL_USDC_PERP: 1, needs 1.01",
    ]);
    expect(tight(run, maker({ maxOrders: 4 }))).toEqual(["maxOpenOrders: 8, needs 10"]);
  });

  it("has the room that a person has given, and holds nothing against a tighter limit that the first values needed more than", () => {
    expect(tight(recipe([maker()], { maxPosition: "5" }), maker({ maxPosition: "5" }))).toEqual([]);
    const tighter = recipe([maker()], { maxPosition: { [perp.id]: "0.5" } });
    expect(tight(tighter, maker({ spreadPct: "0.3" }))).toEqual([]);
    expect(tight(tighter, maker({ maxPosition: "2" }))).toHaveLength(1);
  });

  it("counts what all strategies of a market need together", () => {
    const second = { ...maker(), name: "second" };
    const run = recipe([maker(), second]);
    expect(
      tight(run, maker({ maxPosition: "0.5" }), { ...second, params: { ...second.params, maxPosition: "1.5" } }),
    ).toEqual([]);
    expect(tight(run, maker({ maxPosition: "2" }), second)).toEqual([
      "maxPosition of backpack:SOL_USDC_PERP: 2, needs 3",
    ]);
  });

  it("takes no legs so small that one of them without the other would go unseen", () => {
    const run = recipe([hedge("10")]);
    expect(tight(run, hedge("4"))).toEqual(["maxNakedBase: 5, needs 2"]);
    expect(tight(run, hedge("10"))).toEqual([]);
  });

  it("takes no end from what had one", () => {
    const grid = (compound: boolean): StrategyConfig => ({
      name: "grid",
      use: "grid",
      params: { instrument: perp.id, interval: "1", perCell: "50", side: "long", compound },
    });
    expect(tight(recipe([grid(false)]), grid(true))).toEqual([
      "maxMarketNotional of backpack:SOL_USDC_PERP: 225, needs none at all",
    ]);
    expect(tight(recipe([grid(true)]), grid(false))).toEqual([]);
  });
});
