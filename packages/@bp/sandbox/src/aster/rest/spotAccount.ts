// Spot: balances, and what a withdrawal would cost.
import { Big } from "big.js";
import { refuse } from "../refuse.ts";
import { both, open, type Route, signed } from "../route.ts";
import { paid } from "../wire/numbers.ts";

const chains = new Set([1, 56, 42_161]);

export const spotAccountRoutes: readonly Route[] = [
  signed("GET", both("account"), 5, (house, member) => ({
    feeTier: 0,
    canTrade: true,
    canDeposit: true,
    canWithdraw: true,
    canBurnAsset: true,
    updateTime: 0,
    balances: house.exchange.balances(member.name).map(({ asset, total, locked }) => ({
      asset,
      free: paid(new Big(total).minus(locked)),
      locked: paid(locked),
    })),
  })),
  open(both("aster/withdraw/estimateFee"), 1, (house, fields) => {
    const asset = fields.need("asset").toUpperCase();
    const chain = Number(fields.need("chainId"));
    if (!chains.has(chain)) return refuse(-1130, "Data sent for parameter 'chainId' is not valid.");
    const market = house.markets().find(({ base }) => base === asset);
    const price = asset === "USDT" ? 1 : market === undefined ? undefined : house.markOf(market).toNumber();
    if (price === undefined) return refuse(-1108, "Invalid asset.");
    const gasUsdValue = 0.5;
    return { tokenPrice: price, gasCost: new Big(gasUsdValue).div(price).round(8).toNumber(), gasUsdValue };
  }),
];
