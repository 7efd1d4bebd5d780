// What an account has and needs on futures, asset by asset and position by position.
import { type Instrument, lots, notionalOf, sizeToBig, symbolOf } from "@bp/core";
import type { SimPosition } from "@bp/sim";
import { Big } from "big.js";
import type { AsterHouse } from "./house.ts";

const zero = new Big(0);

/** A position with what is derived from it. Money is quote. */
export interface PositionFigures {
  readonly market: Instrument;
  /** `undefined` where the account holds nothing. */
  readonly position: SimPosition | undefined;
  readonly positionSide: "BOTH" | "LONG" | "SHORT";
  /** Signed base. */
  readonly size: Big;
  readonly entry: Big;
  readonly mark: Big;
  /** Signed. */
  readonly notional: Big;
  readonly unrealized: Big;
  readonly initial: Big;
  /** What its open orders need beyond that. */
  readonly orderInitial: Big;
  readonly maintenance: Big;
  readonly isolated: boolean;
  /** What an isolated position holds, unrealized profit not counted. */
  readonly wallet: Big;
  readonly leverage: number;
}

/** The rows of every market, as the venue lists them: one in one-way mode, two in hedge mode. */
export function positionFigures(house: AsterHouse, account: string): readonly PositionFigures[] {
  const { exchange } = house;
  const held = exchange.positions(account);
  const hedge = exchange.positionMode(account) === "hedge";
  return house.markets().flatMap((market) => {
    const leverage = exchange.terms(account, market.id).leverage;
    const isolated = exchange.marginType(account, market.id) === "isolated";
    const mark = house.markOf(market);
    return (hedge ? (["LONG", "SHORT"] as const) : (["BOTH"] as const)).map((positionSide) => {
      const position = held.find(
        (each) => each.instrument === market.id && (each.positionSide?.toUpperCase() ?? "BOTH") === positionSide,
      );
      const size = position === undefined ? zero : sizeToBig(market, position.size);
      const notional = size.times(mark);
      return {
        market,
        position,
        positionSide,
        size,
        entry: position === undefined || size.eq(0) ? zero : new Big(position.cost).div(size),
        mark,
        notional,
        unrealized: new Big(position?.unrealized ?? "0"),
        initial: notional.abs().div(leverage),
        orderInitial: ordersBeyond(house, account, market, positionSide, notional).div(leverage),
        maintenance: maintenanceOf(house, market, notional.abs()),
        isolated,
        wallet: new Big(position?.isolated ?? "0"),
        leverage,
      };
    });
  });
}

/** Notional that the open orders of a position could add to it, if one side of them were filled. */
function ordersBeyond(
  house: AsterHouse,
  account: string,
  market: Instrument,
  positionSide: PositionFigures["positionSide"],
  notional: Big,
): Big {
  const sums = { buy: zero, sell: zero };
  for (const order of house.exchange.openOrders(account, market.id)) {
    const { side, price, size, status, reduceOnly } = order;
    if (price === undefined || size === undefined || status === "waiting" || reduceOnly) continue;
    if ((order.positionSide?.toUpperCase() ?? "BOTH") !== positionSide) continue;
    if (positionSide === (side === "sell" ? "LONG" : "SHORT")) continue; // it closes
    sums[side] = sums[side].plus(notionalOf(market, price, lots(size - order.filled)));
  }
  const [longs, shorts] = [notional.plus(sums.buy), sums.sell.minus(notional)];
  return atLeast0((longs.gt(shorts) ? longs : shorts).minus(notional.abs()));
}

function maintenanceOf(house: AsterHouse, market: Instrument, notional: Big): Big {
  if (notional.eq(0)) return zero;
  const brackets = house.bracketsOf(market);
  const found = brackets.find(({ cap }) => notional.lt(cap)) ?? brackets.at(-1);
  return found === undefined
    ? notional.times(market.margin?.maintenance.base ?? "0")
    : notional.times(found.rate).minus(found.cum);
}

/** One asset of a futures account. */
export interface AssetFigures {
  readonly asset: string;
  /** Everything that was paid in and earned, what isolated positions hold included. */
  readonly wallet: Big;
  readonly crossWallet: Big;
  readonly unrealized: Big;
  readonly crossUnrealized: Big;
  readonly positionInitial: Big;
  readonly orderInitial: Big;
  readonly maintenance: Big;
  readonly available: Big;
  readonly maxWithdraw: Big;
}

const least = (a: Big, b: Big) => (a.lt(b) ? a : b);
const atLeast0 = (value: Big) => (value.lt(0) ? zero : value);

/** Every asset that the account has or that a market settles in. */
export function assetFigures(
  house: AsterHouse,
  account: string,
  positions: readonly PositionFigures[],
): readonly AssetFigures[] {
  const { exchange } = house;
  const balances = exchange.balances(account);
  const settled = new Set(house.markets().map(({ quote }) => quote));
  const assets = new Set([...balances.map(({ asset }) => asset), ...settled]);
  const multi = exchange.multiAssets(account);
  return [...assets].map((asset) => {
    const balance = balances.find((each) => each.asset === asset);
    const own = positions.filter(({ market }) => market.quote === asset);
    const sum = (of: (each: PositionFigures) => Big, only: (each: PositionFigures) => boolean = () => true) =>
      own.filter(only).reduce((total, each) => total.plus(of(each)), zero);
    const crossWallet = new Big(balance?.total ?? "0");
    const crossUnrealized = sum(
      ({ unrealized }) => unrealized,
      ({ isolated }) => !isolated,
    );
    const positionInitial = sum(({ initial }) => initial);
    const crossInitial = sum(
      ({ initial }) => initial,
      ({ isolated }) => !isolated,
    );
    const margin = exchange.margin(account, asset);
    // In multi-assets mode every asset shows the whole of what is free, converted into it.
    const free = atLeast0(new Big(margin.available).div(multi ? worthOf(house, asset) : 1));
    const settles = settled.has(asset) || multi;
    return {
      asset,
      wallet: crossWallet.plus(sum(({ wallet }) => wallet)),
      crossWallet,
      unrealized: sum(({ unrealized }) => unrealized),
      crossUnrealized,
      positionInitial,
      orderInitial: settled.has(asset) ? atLeast0(new Big(margin.initial).minus(crossInitial)) : zero,
      maintenance: sum(({ maintenance }) => maintenance),
      available: settles ? free : crossWallet,
      maxWithdraw: settles ? atLeast0(least(free, crossWallet)) : crossWallet,
    };
  });
}

/** One unit of an asset in USDT, by the market that trades it. */
export function worthOf(house: AsterHouse, asset: string): Big {
  if (asset === "USDT") return new Big(1);
  const market = house.markets().find(({ base }) => base === asset);
  const mark = market === undefined ? zero : house.markOf(market);
  return mark.eq(0) ? new Big(1) : mark;
}

/** The largest share of the equity that a position needs as maintenance: at 1 it is liquidated. */
export function riskOf(house: AsterHouse, account: string): number {
  const { equity, maintenance } = house.exchange.margin(account);
  const need = new Big(maintenance);
  if (need.eq(0)) return 0;
  const have = new Big(equity);
  return have.lte(0) ? 1 : need.div(have).toNumber();
}

/** The symbol of a row. */
export const symbolFor = ({ market }: PositionFigures): string => symbolOf(market.id);
