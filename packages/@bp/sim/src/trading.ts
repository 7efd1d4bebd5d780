// Placing and cancelling: checks, the match, what rests and what ends.
import { notionalUnits } from "@bp/core";
import { clientKey, holdingOf, lockFor } from "./account.ts";
import { checkAccount, checkFilters, checkForm, checkMeans, crosses } from "./checks.ts";
import type { AnonymousOrder, ExpiryReason, OrderRequest, PlaceResult, Refusal, WhichOrder } from "./contract.ts";
import { type Floor, say } from "./floor.ts";
import { checkSide, closes, roomOf } from "./hedge.ts";
import { priceNow, touch } from "./market.ts";
import { ANONYMOUS, MAX_PRICE } from "./matching.ts";
import { ended, incoming, pictureOf } from "./order.ts";
import { type Refused, refuse } from "./refuse.ts";
import { expire, withdraw, work } from "./settle.ts";
import type { Account, LiveOrder, Market } from "./state.ts";
import { fillable, sweep } from "./sweep.ts";
import { reachFor } from "./tape/hollow.ts";

const refused = (refusal: Refusal, text: string): PlaceResult => ({ ok: false, refusal, text });

/** Takes an order of an account without a trigger: refuses it, or accepts and matches it. */
export function place(floor: Floor, account: Account, market: Market, request: OrderRequest): PlaceResult {
  const wrong =
    checkForm(request, market) ??
    checkSide(request, market, account) ??
    checkFilters(request, market) ??
    checkAccount(request, market, account, floor.rules.maxOpenOrders, account.openIn);
  if (wrong !== undefined) return refused(wrong.refusal, wrong.text);
  const terms = termsFor(floor, account, market, request, "new");
  if ("refusal" in terms) return refused(terms.refusal, terms.text);
  floor.orders += 1;
  const { limit, size, budget } = terms;
  const number = floor.orders;
  const order = incoming({ number, account, market, request, createdAt: floor.now, limit, size, budget });
  account.open.set(order.number, order);
  if (request.clientId !== undefined) account.clientIds.set(clientKey(market.id, request.clientId), order);
  begin(floor, order, terms);
  return { ok: true, order: pictureOf(order) };
}

/** Whether an order that was taken before, and has waited since, may live now, and how. */
export function admit(floor: Floor, account: Account, market: Market, request: OrderRequest): Terms | Refused {
  const wrong = checkFilters(request, market);
  if (wrong !== undefined) return wrong;
  if ((account.openIn.get(market) ?? 0) >= floor.rules.maxOpenOrders)
    return refuse("too-many-orders", "Too many open orders");
  return termsFor(floor, account, market, request, "fired");
}

function termsFor(
  floor: Floor,
  account: Account,
  market: Market,
  request: OrderRequest,
  stage: "new" | "fired",
): Terms | Refused {
  let size: number = request.size ?? Number.POSITIVE_INFINITY;
  if (closes(request)) {
    const room = roomOf(holdingOf(account, market, request.positionSide), request.side);
    const trims = request.reduceOnly || stage === "fired" || request.size === undefined;
    if (room === 0 || (size > room && !trims))
      return refuse("reduce-only", "Reduce only order would not reduce the position");
    size = Math.min(size, room);
  }
  if (request.postOnly && request.whenCrossing !== "expire" && crosses(request, market))
    return refuse("would-take", "Order would immediately match and take");
  const terms = request.type === "limit" ? limitTerms(request, size) : marketTerms(floor, market, request, size);
  return checkMeans(request, market, account, terms.units, terms.size) ?? terms;
}

/** How far a market order may reach, in ticks; 0 when the other side is empty. */
function boundOf(floor: Floor, market: Market, request: OrderRequest): number {
  const { bid, ask } = market.matcher;
  const { band } = market.instrument;
  const mark = priceNow(market);
  if (request.side === "buy") {
    const most = Math.floor(ask * (1 + floor.rules.marketImpact));
    return band === undefined || mark === undefined ? most : Math.min(most, Math.floor(mark * band.max));
  }
  const least = Math.ceil(bid * (1 - floor.rules.marketImpact));
  return band === undefined || mark === undefined ? least : Math.max(least, Math.ceil(mark * band.min));
}

/** How an order is matched, once it is taken. */
export interface Terms {
  /** Worst price, ticks. */
  readonly limit: number;
  /** Lots. */
  readonly size: number;
  /** Tick-lots that may be spent; `Infinity` without a bound. */
  readonly budget: number;
  /** Worst notional, tick-lots. */
  readonly units: number;
}

function limitTerms(request: OrderRequest, size: number): Terms {
  const limit = request.price ?? 0;
  return { limit, size, budget: Infinity, units: limit * size };
}

/** A market order is bounded by what the book would ask for it now. */
function marketTerms(floor: Floor, market: Market, request: OrderRequest, size: number): Terms {
  const limit = boundOf(floor, market, request);
  const { quoteSize, side } = request;
  const money = quoteSize === undefined ? Infinity : notionalUnits(market.instrument, quoteSize);
  const swept = sweep(market.matcher, side, limit, size, money);
  if (quoteSize === undefined) {
    const paying = side === "buy" && market.instrument.kind === "spot";
    return { limit, size, budget: paying ? swept.cost : Infinity, units: swept.cost };
  }
  // a sale by quote is settled on its size here, so that what is locked is enough; a purchase when it is matched
  return { limit, size: side === "sell" ? Math.min(size, swept.size) : size, budget: money, units: money };
}

/** Lets an order live: locks what it may cost, tells it, matches it (or lets it wait for the takers' delay). */
export function begin(floor: Floor, order: LiveOrder, { limit, size, budget, units }: Terms): void {
  const { account, market, request } = order;
  order.limit = limit;
  order.size = size;
  order.budget = budget;
  order.closing = closes(request);
  account.openIn.set(market, (account.openIn.get(market) ?? 0) + 1);
  if (market.instrument.kind === "spot") {
    if (request.side === "buy") lockFor(order, units);
    else if (Number.isFinite(size)) lockFor(order, size);
  } else if (!order.closing) work(order, units);
  say(floor, { at: floor.now, type: "order-accepted", account: account.name, order: pictureOf(order) });
  if (request.postOnly && crosses(request, market)) expire(floor, order, "would-take");
  else if (floor.rules.takerDelayMs > 0 && !request.postOnly) floor.waiting.push(order);
  else execute(floor, order);
}

/** Matches an order and lets its rest rest or end. */
export function execute(floor: Floor, order: LiveOrder): void {
  const { market, request, account } = order;
  const { matcher } = market;
  const { side, tif, type } = request;
  reachFor(
    market,
    side,
    type === "market" ? boundOf(floor, market, request) : order.limit,
    restOf(order),
    order.budget,
  );
  if (type === "market") prepareMarket(floor, order);
  if (market.lost && crosses(request, market)) expire(floor, order, "no-liquidity");
  else if (
    tif === "fok" &&
    !fillable(matcher, side, order.limit, restOf(order), account.index, request.selfTradePrevention)
  )
    expire(floor, order, "fill-or-kill");
  else finish(floor, order, match(floor, order));
}

const restOf = ({ size, filled }: LiveOrder) => size - filled;

/** What becomes of the rest. */
function finish(floor: Floor, order: LiveOrder, stopped: boolean): void {
  if (ended(order)) return;
  const { type, tif } = order.request;
  if (stopped) expire(floor, order, "self-trade");
  else if (type === "limit" && tif === "gtc") rest(order, floor);
  else expire(floor, order, whyEnded(order));
}

/** Bounds a market order by the book of this moment; one by quote gets the size that its money buys. */
function prepareMarket(floor: Floor, order: LiveOrder): void {
  const { market, request } = order;
  order.limit = boundOf(floor, market, request);
  if (request.quoteSize === undefined) return;
  const swept = sweep(market.matcher, request.side, order.limit, order.size, order.budget);
  if (swept.spent && swept.size > 0) {
    order.size = Math.min(order.size, swept.size);
    order.picture = undefined;
  }
}

/** Trades until the book, the limit or the money ends; true when self-trade prevention stopped the order. */
function match(floor: Floor, order: LiveOrder): boolean {
  const { market, request, account } = order;
  const { matcher } = market;
  market.taker = { side: request.side, number: order.number, order, penalty: undefined };
  let budget = order.budget;
  let stopped = false;
  while (!ended(order)) {
    const left = Math.min(restOf(order), Number.MAX_SAFE_INTEGER);
    matcher.take(request.side, order.limit, left, budget, account.index);
    budget = matcher.budgetLeft;
    const own = market.orders[matcher.met];
    if (matcher.met === 0 || own === undefined) break;
    if (request.selfTradePrevention !== "reject-taker") expire(floor, own, "self-trade");
    if (request.selfTradePrevention !== "reject-maker") {
      stopped = true;
      break;
    }
  }
  market.taker = undefined;
  return stopped;
}

function rest(order: LiveOrder, floor: Floor): void {
  const { market, account, request } = order;
  order.slot = market.matcher.rest(request.side, order.limit, order.size - order.filled, account.index, order.number);
  market.orders[order.slot] = order;
  touch(market, request.side, order.limit);
  floor.changed.add(market);
}

function whyEnded(order: LiveOrder): ExpiryReason {
  if (order.request.type === "limit") return "immediate-or-cancel";
  const { bid, ask } = order.market.matcher;
  const beyond = order.request.side === "buy" ? ask > order.limit : bid > 0 && bid < order.limit;
  return beyond ? "price-band" : "no-liquidity";
}

/** Finds an open order by either id. */
export function find(account: Account, market: Market, which: Omit<WhichOrder, "instrument">): LiveOrder | undefined {
  const order =
    which.id === undefined
      ? which.clientId === undefined
        ? undefined
        : account.clientIds.get(clientKey(market.id, which.clientId))
      : account.open.get(Number(which.id));
  return order?.market === market ? order : undefined;
}

/** Takes one order of an account out of the book. */
export function cancel(floor: Floor, market: Market, order: LiveOrder | undefined): PlaceResult {
  if (order === undefined) return refused("not-found", "Not Found");
  if (market.instrument.state === "closed") return refused("market-closed", "Order book is closed");
  withdraw(floor, order);
  return { ok: true, order: pictureOf(order) };
}

/** An order of nobody in particular. Returns its number if it rests. */
export function placeAnonymous(floor: Floor, market: Market, request: AnonymousOrder): number | undefined {
  const { matcher, instrument } = market;
  if (instrument.state === "closed" || instrument.state === "cancel-only") return undefined;
  const { side, type, tif, postOnly } = request;
  const limit: number = type === "limit" ? (request.price ?? 0) : side === "buy" ? MAX_PRICE : 1;
  if (limit < 1 || limit > MAX_PRICE) return undefined;
  const budget = request.quoteSize === undefined ? Infinity : notionalUnits(instrument, request.quoteSize);
  const size = request.size ?? Number.MAX_SAFE_INTEGER;
  if (!(size > 0)) return undefined;
  const crossing = side === "buy" ? matcher.ask > 0 && limit >= matcher.ask : limit <= matcher.bid;
  if (crossing && (postOnly || instrument.state === "post-only")) return undefined;
  floor.orders += 1;
  const number = floor.orders;
  if (tif === "fok" && !fillable(matcher, side, limit, size, ANONYMOUS, "reject-taker")) return undefined;
  let left = size;
  if (crossing) {
    market.taker = { side, number, order: undefined, penalty: undefined };
    left = matcher.take(side, limit, size, budget, ANONYMOUS);
    market.taker = undefined;
  }
  if (left <= 0 || type === "market" || tif !== "gtc") return undefined;
  const slot = matcher.rest(side, limit, left, ANONYMOUS, number);
  floor.others.set(number, { market, slot });
  touch(market, side, limit);
  floor.changed.add(market);
  return number;
}

/** Takes an anonymous order out; nothing happens when it is gone. */
export function cancelAnonymous(floor: Floor, number: number): void {
  const found = floor.others.get(number);
  if (found === undefined) return;
  floor.others.delete(number);
  const { market, slot } = found;
  const price = market.matcher.priceOf(slot);
  const side = price <= market.matcher.bid ? "buy" : "sell";
  if (!market.matcher.cancel(slot, number)) return;
  touch(market, side, price);
  floor.changed.add(market);
}
