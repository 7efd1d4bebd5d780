// What a fill does to the two sides: the print, the orders, the money, the positions.
import { type Lots, lots, type Side, type Ticks, ticks, traded } from "@bp/core";
import { clientKey, feesOf, holdingOf, lockFor, pay } from "./account.ts";
import { updateExits } from "./attached.ts";
import type { ExpiryReason, SimFill } from "./contract.ts";
import { book, type Floor, say } from "./floor.ts";
import { roomOf } from "./hedge.ts";
import { moveMargin } from "./isolated.ts";
import { touch } from "./market.ts";
import { money, none, text } from "./money.ts";
import { ended, pictureOf } from "./order.ts";
import type { Account, Holding, LiveOrder, Market, Taker } from "./state.ts";
import { stopWaiting, watch } from "./waiting.ts";

/**
 * Books one fill: the print, then the maker's side, then the taker's.
 *
 * @param maker - the resting order, `undefined` for an anonymous one
 */
export function settle(
  floor: Floor,
  market: Market,
  taker: Taker,
  maker: LiveOrder | undefined,
  makerNumber: number,
  price: number,
  size: number,
): void {
  const makerSide = taker.side === "buy" ? "sell" : "buy";
  touch(market, makerSide, price);
  floor.changed.add(market);
  print(floor, market, price, size, taker.side, taker.number, makerNumber);
  if (maker !== undefined) side(floor, market, maker, makerSide, price, size, "maker", undefined);
  if (taker.order !== undefined) side(floor, market, taker.order, taker.side, price, size, "taker", taker.penalty);
}

/** Tells a public trade. */
export function print(
  floor: Floor,
  market: Market,
  price: number,
  size: number,
  taker: Side,
  takerNumber: number,
  makerNumber: number,
): void {
  market.tradeId += 1;
  market.lastPrice = price;
  const fact = {
    at: floor.now,
    type: "trade",
    instrument: market.id,
    id: market.tradeId,
    price: ticks(price),
    size: lots(size),
    taker,
    buyOrderId: String(taker === "buy" ? takerNumber : makerNumber),
    sellOrderId: String(taker === "buy" ? makerNumber : takerNumber),
  } as const;
  market.trades.add(fact);
  say(floor, fact);
  if (market.triggers.length > 0) watch(floor, market, "last", price);
}

function side(
  floor: Floor,
  market: Market,
  order: LiveOrder,
  way: Side,
  price: number,
  size: number,
  liquidity: "maker" | "taker",
  penalty: string | undefined,
): void {
  const { account } = order;
  order.filled += size;
  order.spent += price * size;
  order.picture = undefined;
  const done = order.filled >= order.size;
  order.status = done ? "filled" : "partially-filled";
  const worked = Math.min(order.working, order.limit * size);
  if (worked > 0) work(order, order.working - worked);
  const perp = market.instrument.kind === "perp";
  const { positionSide } = order.request;
  const holding = perp ? holdingOf(account, market, positionSide) : undefined;
  const { fee, asset, profit } = move(floor, market, account, holding, way, price, size, liquidity, penalty);
  if (order.lock > 0)
    lockFor(order, order.lock - (way === "sell" ? size : (order.budget === Infinity ? order.limit : price) * size));
  if (done) conclude(floor, order);
  const fill: SimFill = {
    tradeId: market.tradeId,
    orderId: String(order.number),
    clientId: order.request.clientId,
    account: account.name,
    instrument: market.id,
    side: way,
    ...(positionSide === undefined ? {} : { positionSide }),
    price: price as Ticks, // whole: the matcher holds nothing else
    size: size as Lots, // likewise
    total: lots(order.filled),
    fee: text(fee),
    feeAsset: asset,
    liquidity,
    ...(perp ? { realized: text(profit) } : {}),
    at: floor.now,
  };
  account.fills.add(fill);
  say(floor, { at: floor.now, type: "order-filled", account: account.name, order: pictureOf(order), fill });
  if (holding !== undefined) shrinkClosing(floor, account, holding);
  if (order.request.attached !== undefined) updateExits(floor, order);
}

/** Moves the money of a trade; the contra goes to the others (or, for another account, cancels out there). */
function move(
  floor: Floor,
  market: Market,
  account: Account,
  holding: Holding | undefined,
  way: Side,
  price: number,
  size: number,
  liquidity: "maker" | "taker",
  penalty: string | undefined,
) {
  const { instrument, unit, lotUnit } = market;
  const { base, quote } = instrument;
  const notional = unit.times(price).times(size);
  const amount = lotUnit.times(size);
  let rate = money(feesOf(account, instrument)[liquidity]);
  if (penalty !== undefined) rate = rate.plus(penalty);
  const inBase = instrument.kind === "spot" && way === "buy";
  const fee = (inBase ? amount : notional).times(rate);
  const asset = inBase ? base : quote;
  const transfer = (which: string, value: typeof fee) => {
    pay(account, which, value);
    book(floor.books.others, which, value.times(-1));
  };
  let profit = none;
  if (holding === undefined) {
    transfer(base, way === "buy" ? amount : amount.times(-1));
    transfer(quote, way === "buy" ? notional.times(-1) : notional);
  } else {
    const before = holding.position;
    holding.position = traded(instrument, before, { side: way, price: ticks(price), size: lots(size) });
    profit = holding.position.realized.minus(before.realized);
    if (!profit.eq(0)) transfer(quote, profit);
    if (account.isolated.has(market))
      moveMargin(account, holding, before.size, way === "buy" ? size : -size, price, profit);
    account.changedHoldings.add(holding);
  }
  if (!fee.eq(0)) {
    pay(account, asset, fee.times(-1));
    book(floor.books.house, asset, fee);
  }
  return { fee, asset, profit };
}

/** Brings what an order counts for in the margin's working orders to `units`. */
export function work(order: LiveOrder, units: number): void {
  const holding = holdingOf(order.account, order.market, order.request.positionSide);
  const change = units - order.working;
  if (order.request.side === "buy") holding.buying += change;
  else holding.selling += change;
  order.working = units;
}

/** Lets go of everything an ended order holds and writes it into the history. */
export function conclude(floor: Floor, order: LiveOrder): void {
  const { account, market, slot } = order;
  if (order.working > 0) work(order, 0);
  lockFor(order, 0);
  if (slot > 0) {
    if (market.orders[slot] === order) {
      market.orders[slot] = undefined;
      if (market.matcher.cancel(slot, order.number)) {
        touch(market, order.request.side, order.limit);
        floor.changed.add(market);
      }
    }
    order.slot = 0;
  } else {
    const at = floor.waiting.indexOf(order);
    if (at >= 0) floor.waiting.splice(at, 1);
  }
  if (!account.open.delete(order.number)) return;
  if (order.wait === undefined) account.openIn.set(market, (account.openIn.get(market) ?? 1) - 1);
  else stopWaiting(order);
  const { clientId } = order.request;
  if (clientId !== undefined) account.clientIds.delete(clientKey(market.id, clientId));
  order.picture = undefined;
  account.ended.add(pictureOf(order));
}

/** Ends an order by its own rules. */
export function expire(floor: Floor, order: LiveOrder, why: ExpiryReason): void {
  order.status = "expired";
  order.expiry = why;
  order.picture = undefined;
  conclude(floor, order);
  say(floor, { at: floor.now, type: "order-expired", account: order.account.name, order: pictureOf(order) });
}

/** Ends an order at somebody's wish. */
export function withdraw(floor: Floor, order: LiveOrder): void {
  order.status = "cancelled";
  order.picture = undefined;
  conclude(floor, order);
  say(floor, { at: floor.now, type: "order-cancelled", account: order.account.name, order: pictureOf(order) });
}

/** Keeps every order that closes within the position: smaller, or gone when nothing is left. */
function shrinkClosing(floor: Floor, account: Account, holding: Holding): void {
  const { market, side: half } = holding;
  for (const order of account.open.values()) {
    if (!order.closing || order.market !== market || order.request.positionSide !== half) continue;
    if (order.wait !== undefined || ended(order)) continue;
    const room = roomOf(holding, order.request.side);
    const rest = order.size - order.filled;
    if (rest <= room) continue;
    if (room === 0) {
      expire(floor, order, "reduce-only");
      continue;
    }
    order.size = order.filled + room;
    order.picture = undefined;
    if (order.slot > 0) {
      market.matcher.resize(order.slot, room);
      touch(market, order.request.side, order.limit);
      floor.changed.add(market);
    }
    say(floor, { at: floor.now, type: "order-modified", account: account.name, order: pictureOf(order) });
  }
}
