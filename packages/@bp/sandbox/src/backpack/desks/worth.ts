// What assets are worth in USDC, and which there are.
import { Big } from "big.js";
import type { House } from "../../house.ts";
import { markOf } from "../positions.ts";

/** Everything settles in it. */
export const dollar = "USDC";

/** What one unit of an asset is worth in USDC, by the market that trades it; 0 where none does. */
export function worth(house: House, asset: string): Big {
  if (asset === dollar) return new Big(1);
  const market =
    house.markets().find((each) => each.base === asset && each.kind === "spot") ??
    house.markets().find((each) => each.base === asset);
  return market === undefined ? new Big(0) : markOf(house.exchange, market);
}

/** Assets of all markets, in their order. */
export const assetsOf = (house: House): readonly string[] => [
  ...new Set(house.markets().flatMap((market) => [market.base, market.quote])),
];
