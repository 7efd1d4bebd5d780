// What happened to an order, in the words of each service.
import { type InstrumentId, notionalOf, symbolOf } from "@bp/core";
import type { SimFill, SimOrder } from "@bp/sim";
import { Big } from "big.js";
import { type Entry, isOpen } from "../desk.ts";
import type { AsterHouse } from "../house.ts";
import { exactly, paid, priceOr0, sizeOr0 } from "../wire/numbers.ts";
import { averageOf, clientIdOf, positionSideOf, sideOf, statusOf, typeOf } from "../wire/order.ts";
import { datesOf } from "./depth.ts";

export type Execution = "NEW" | "CANCELED" | "EXPIRED" | "AMENDMENT" | "TRADE";

/** One thing that happened to an order. */
export interface Happened {
  readonly entry: Entry;
  readonly execution: Execution;
  readonly fill: SimFill | undefined;
  readonly at: SimOrder["createdAt"];
}

/** Futures. */
export function orderTradeUpdate(house: AsterHouse, happened: Happened): Record<string, unknown> {
  const { entry, execution, fill, at } = happened;
  const { order, note, system } = entry;
  const market = house.marketOf(order.instrument);
  const { E, T } = datesOf(house, at);
  const open = openNotional(house, order.account, order.instrument);
  return {
    e: "ORDER_TRADE_UPDATE",
    E,
    T,
    o: {
      s: symbolOf(order.instrument),
      c: clientIdOf(entry),
      S: sideOf(order),
      o: system ? "LIQUIDATION" : typeOf(entry),
      f: note.tif,
      q: sizeOr0(market, order.size),
      p: priceOr0(market, order.price),
      ap: order.filled === 0 ? "0" : averageOf(house, order, 5),
      sp: priceOr0(market, order.trigger?.price),
      x: system && execution === "TRADE" ? "CALCULATED" : execution,
      X: statusOf(order),
      i: Number(order.id),
      l: sizeOr0(market, fill?.size),
      z: sizeOr0(market, order.filled),
      L: priceOr0(market, fill?.price),
      ...(fill === undefined ? {} : { N: fill.feeAsset, n: paid(fill.fee) }),
      T,
      t: fill?.tradeId ?? 0,
      b: exactly(open.buy),
      a: exactly(open.sell),
      m: fill?.liquidity === "maker",
      R: order.reduceOnly,
      wt: note.workingType,
      ot: note.type,
      ps: positionSideOf(order),
      cp: note.closePosition,
      ...(note.trailing === undefined ? {} : { AP: note.trailing.activatePrice, cr: note.trailing.priceRate }),
      rp: fill === undefined ? "0" : paid(fill.realized ?? "0"),
    },
  };
}

/** What the open limit orders of an account in a market are worth, by side. */
function openNotional(house: AsterHouse, account: string, instrument: InstrumentId) {
  const sums = { buy: new Big(0), sell: new Big(0) };
  for (const { order } of house.desk.list(account, instrument)) {
    if (!isOpen(order) || order.price === undefined || order.size === undefined) continue;
    const rest = (order.size - order.filled) as typeof order.size; // whole lots still
    sums[order.side] = sums[order.side].plus(notionalOf(house.marketOf(instrument), order.price, rest));
  }
  return sums;
}

/** Spot. */
export function executionReport(house: AsterHouse, happened: Happened): Record<string, unknown> {
  const { entry, execution, fill, at } = happened;
  const { order, note } = entry;
  const market = house.marketOf(order.instrument);
  const { E, T } = datesOf(house, at);
  return {
    s: symbolOf(order.instrument),
    c: clientIdOf(entry),
    S: sideOf(order),
    o: typeOf(entry),
    f: note.tif,
    q: sizeOr0(market, order.size ?? order.filled),
    p: priceOr0(market, order.price),
    ap: averageOf(house, order, 16),
    P: priceOr0(market, order.trigger?.price),
    x: execution,
    X: statusOf(order),
    i: Number(order.id),
    l: sizeOr0(market, fill?.size),
    z: sizeOr0(market, order.filled),
    L: priceOr0(market, fill?.price),
    n: fill === undefined ? "0" : paid(fill.fee),
    N: fill?.feeAsset ?? "",
    T,
    t: fill?.tradeId ?? 0,
    m: fill?.liquidity === "maker",
    ot: note.type,
    O: house.times.toldMs(order.createdAt),
    Z: exactly(order.filledQuote),
    Y: fill === undefined ? "0" : exactly(notionalOf(market, fill.price, fill.size)),
    Q: order.quoteSize === undefined ? "0" : exactly(order.quoteSize),
    e: "executionReport",
    E,
  };
}
