// Futures: balance, account, positions, and what an account may and must.
import { lots, sizeText, symbolOf } from "@bp/core";
import { Big } from "big.js";
import type { Member } from "../accounts.ts";
import { assetFigures, type PositionFigures, positionFigures, symbolFor, worthOf } from "../figures.ts";
import type { AsterHouse } from "../house.ts";
import { both, type Route, signed } from "../route.ts";
import { eight, exactly, paid } from "../wire/numbers.ts";
import { mostNotional } from "./draft.ts";
import { marketsOf, readMarket } from "./read.ts";

const zero = new Big(0);

export const accountRoutes: readonly Route[] = [
  signed("GET", ["v2/balance", "v3/balance"], 5, (house, member) => {
    const positions = positionFigures(house, member.name);
    return assetFigures(house, member.name, positions).map((of) => ({
      accountAlias: member.alias,
      asset: of.asset,
      balance: paid(of.wallet),
      crossWalletBalance: paid(of.crossWallet),
      crossUnPnl: eight(of.crossUnrealized),
      availableBalance: eight(of.available),
      maxWithdrawAmount: eight(of.maxWithdraw),
      marginAvailable: true,
      updateTime: changed(house, member, of.asset),
    }));
  }),
  signed("GET", ["v2/account", "v3/account", "v4/account", "v3/accountWithJoinMargin"], 5, account),
  signed("GET", ["v2/positionRisk", "v3/positionRisk"], 5, (house, member, fields) => {
    const markets = new Set(marketsOf(house, readMarket(house, fields)));
    return positionFigures(house, member.name)
      .filter(({ market }) => markets.has(market))
      .map((figures) => riskRow(house, member, figures));
  }),
  signed("GET", both("adlQuantile"), 5, (house, member, fields) => {
    const markets = new Set(marketsOf(house, readMarket(house, fields)));
    const held = positionFigures(house, member.name).filter(({ market, size }) => markets.has(market) && !size.eq(0));
    return [...new Set(held.map(({ market }) => market))].map((market) => {
      const quantile = (side: string) =>
        quantileOf(held.find((each) => each.market === market && each.positionSide === side));
      const last = house.exchange.positionMode(member.name) === "hedge" ? "HEDGE" : "BOTH";
      return {
        symbol: symbolOf(market.id),
        adlQuantile: { LONG: quantile("LONG"), SHORT: quantile("SHORT"), [last]: quantile("BOTH") },
      };
    });
  }),
];

/** When it changed last, 0 when it never did. */
function changed(house: AsterHouse, member: Member, what: string): number {
  const at = house.changedAt(member.name, what);
  return at === undefined ? 0 : house.times.toldMs(at);
}

function account(house: AsterHouse, member: Member): Record<string, unknown> {
  const positions = positionFigures(house, member.name);
  const assets = assetFigures(house, member.name, positions);
  const multi = house.exchange.multiAssets(member.name);
  const counted = multi ? assets : assets.filter(({ asset }) => asset === "USDT");
  const total = (of: (each: (typeof assets)[number]) => Big) =>
    counted.reduce((sum, each) => sum.plus(of(each).times(multi ? worthOf(house, each.asset) : 1)), zero);
  const wallet = total((each) => each.wallet);
  const unrealized = total((each) => each.unrealized);
  const positionInitial = total((each) => each.positionInitial);
  const orderInitial = total((each) => each.orderInitial);
  const free = assets.find(({ asset }) => asset === "USDT");
  return {
    feeTier: 0,
    canTrade: true,
    canDeposit: true,
    canWithdraw: true,
    updateTime: 0,
    totalInitialMargin: eight(positionInitial.plus(orderInitial)),
    totalMaintMargin: eight(total((each) => each.maintenance)),
    totalWalletBalance: paid(wallet),
    totalUnrealizedProfit: eight(unrealized),
    totalMarginBalance: eight(wallet.plus(unrealized)),
    totalPositionInitialMargin: eight(positionInitial),
    totalOpenOrderInitialMargin: eight(orderInitial),
    totalCrossWalletBalance: eight(total((each) => each.crossWallet)),
    totalCrossUnPnl: eight(total((each) => each.crossUnrealized)),
    availableBalance: eight(free?.available ?? zero),
    maxWithdrawAmount: eight(free?.maxWithdraw ?? zero),
    assets: assets.map((of) => ({
      asset: of.asset,
      walletBalance: paid(of.wallet),
      unrealizedProfit: eight(of.unrealized),
      marginBalance: eight(of.wallet.plus(of.unrealized)),
      maintMargin: eight(of.maintenance),
      initialMargin: eight(of.positionInitial.plus(of.orderInitial)),
      positionInitialMargin: eight(of.positionInitial),
      openOrderInitialMargin: eight(of.orderInitial),
      crossWalletBalance: paid(of.crossWallet),
      crossUnPnl: eight(of.crossUnrealized),
      availableBalance: eight(of.available),
      maxWithdrawAmount: eight(of.maxWithdraw),
      marginAvailable: true,
      updateTime: changed(house, member, of.asset),
    })),
    positions: positions.map((of) => ({
      symbol: symbolFor(of),
      initialMargin: exactly(of.initial.plus(of.orderInitial).round(8)),
      maintMargin: exactly(of.maintenance.round(8)),
      unrealizedProfit: eight(of.unrealized),
      positionInitialMargin: exactly(of.initial.round(8)),
      openOrderInitialMargin: exactly(of.orderInitial.round(8)),
      leverage: String(of.leverage),
      isolated: of.isolated,
      entryPrice: entryText(of),
      maxNotional: String(mostNotional(house, of.market, of.leverage) ?? 0),
      positionSide: of.positionSide,
      positionAmt: amountText(of),
      notional: exactly(of.notional.round(8)),
      isolatedWallet: exactly(of.wallet),
      updateTime: changed(house, member, of.market.id),
    })),
  };
}

const entryText = ({ entry }: PositionFigures): string => (entry.eq(0) ? "0.0" : exactly(entry.round(12)));

const amountText = ({ market, position }: PositionFigures): string =>
  position === undefined ? sizeText(market, lots(0)) : sizeText(market, position.size);

function riskRow(house: AsterHouse, member: Member, of: PositionFigures): Record<string, unknown> {
  const liquidation = of.position?.liquidationPrice;
  return {
    symbol: symbolFor(of),
    positionAmt: amountText(of),
    entryPrice: entryText(of),
    markPrice: eight(of.mark),
    unRealizedProfit: eight(of.unrealized),
    liquidationPrice:
      liquidation === undefined ? "0" : exactly(new Big(liquidation).times(of.market.tickSize).round(8)),
    leverage: String(of.leverage),
    maxNotionalValue: String(mostNotional(house, of.market, of.leverage) ?? 0),
    marginType: of.isolated ? "isolated" : "cross",
    isolatedMargin: eight(of.isolated ? of.wallet.plus(of.unrealized) : zero),
    isAutoAddMargin: "false",
    positionSide: of.positionSide,
    notional: exactly(of.notional.round(8)),
    isolatedWallet: exactly(of.wallet),
    updateTime: changed(house, member, of.market.id),
  };
}

/** 0 to 4: the more profit per margin, the sooner it would be taken. */
function quantileOf(of: PositionFigures | undefined): number {
  if (of === undefined || of.initial.eq(0)) return 0;
  const share = of.unrealized.div(of.initial).toNumber();
  return share <= 0 ? 0 : share < 0.1 ? 1 : share < 0.5 ? 2 : share < 1 ? 3 : 4;
}
