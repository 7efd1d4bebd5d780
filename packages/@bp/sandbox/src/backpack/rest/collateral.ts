// What an account's money counts: collateral, margin, debts; and the functions behind it.
import { decimal } from "@bp/core";
import { Big } from "big.js";
import { money, plain } from "../../text.ts";
import type { Member } from "../accounts.ts";
import { loanMargin } from "../desks/lending.ts";
import { assetsOf, dollar, worth } from "../desks/worth.ts";
import type { BackpackHouse } from "../house.ts";
import { markOf } from "../positions.ts";

const zero = new Big(0);
const nothing = decimal("0");

/** Perpetuals settle in USDC, and the simulated margin counts nothing else. */
const weightOf = (asset: string) => (asset === dollar ? 1 : 0);

/** A row for each asset of GET collateral. */
export const collateralParameters = (house: BackpackHouse): readonly Record<string, unknown>[] =>
  assetsOf(house).map((asset) => ({
    symbol: asset,
    imfFunction: { type: "sqrt", ...loanMargin.initial },
    mmfFunction: { type: "sqrt", ...loanMargin.maintenance },
    haircutFunction: { weight: String(weightOf(asset)), kind: { type: "identity" } },
  }));

/** The margin account of GET capital/collateral. What is lent is an asset, but it carries no perpetuals. */
export function collateral(house: BackpackHouse, member: Member): Record<string, unknown> {
  const { exchange, lending } = house;
  const margin = exchange.margin(member.name, dollar);
  const loans = lending.running(member.name);
  const balances = new Map(exchange.balances(member.name).map((balance) => [balance.asset, balance]));
  for (const { asset } of loans)
    if (!balances.has(asset)) balances.set(asset, { asset, total: nothing, locked: nothing });
  let assets = zero;
  const rows = [...balances.values()].map(({ asset, total, locked }) => {
    const net = lending.net(member.name, asset);
    const lent = net.gt(0) ? net : zero;
    const mark = worth(house, asset);
    const held = lent.plus(total);
    const notional = mark.times(held);
    const weight = weightOf(asset);
    assets = assets.plus(notional.times(weight));
    return {
      assetMarkPrice: money(mark),
      availableQuantity: money(new Big(total).minus(locked)),
      balanceNotional: money(notional),
      collateralValue: money(notional.times(weight)),
      collateralWeight: String(weight),
      lendQuantity: money(lent),
      openOrderQuantity: money(locked),
      symbol: asset,
      totalQuantity: money(held),
    };
  });
  let exposure = zero;
  let unrealized = zero;
  for (const position of exchange.positions(member.name)) {
    const market = house.marketOf(position.instrument);
    exposure = exposure.plus(new Big(position.size).times(market.lotSize).abs().times(markOf(exchange, market)));
    unrealized = unrealized.plus(position.unrealized);
  }
  const debts = lending.owed(member.name);
  const lentDollars = lending.net(member.name, dollar);
  const equity = new Big(margin.equity).plus(lentDollars.gt(0) ? lentDollars : zero).minus(debts);
  const available = new Big(margin.available).minus(lending.burden(member.name));
  const share = (part: string | Big) => (exposure.eq(0) ? "0" : plain(new Big(part).div(exposure).toFixed(8)));
  return {
    assetsValue: money(assets),
    borrowLiability: money(debts),
    collateral: rows,
    imf: share(margin.initial),
    liabilitiesValue: money(debts),
    marginFraction: exposure.eq(0) ? null : share(equity),
    mmf: share(margin.maintenance),
    netEquity: money(equity),
    netEquityAvailable: money(available),
    netEquityLocked: money(equity.minus(available)),
    netExposureFutures: money(exposure),
    pnlUnrealized: money(unrealized),
    unsettledEquity: "0",
  };
}
