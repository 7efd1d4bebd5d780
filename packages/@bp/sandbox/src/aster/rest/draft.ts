// Reads an order: its words, what each type must and must not have, and the request for the exchange.
import { decimal, type Instrument, type Lots, lots, priceToBig, sizeToBig, type Ticks } from "@bp/core";
import type { OrderRequest, ReferencePrice, SelfTradePrevention, Trailing, Trigger } from "@bp/sim";
import { Big } from "big.js";
import { type Member, type StpMode, stpModes } from "../accounts.ts";
import type { Note } from "../desk.ts";
import type { Fields } from "../fields.ts";
import type { AsterHouse } from "../house.ts";
import { missing, notRequired, refuse } from "../refuse.ts";
import { priceOr0 } from "../wire/numbers.ts";
import { checkBand, checkNotional, readPrice, readSize } from "./filters.ts";
import { needMarket } from "./read.ts";

/** An order that the exchange can be asked for, and the words that go with it. */
export interface Draft {
  readonly market: Instrument;
  readonly request: OrderRequest;
  readonly note: Note;
  /** Whether the answer waits for what becomes of it. */
  readonly response: "ACK" | "RESULT";
}

const types = [
  "LIMIT",
  "MARKET",
  "STOP",
  "STOP_MARKET",
  "TAKE_PROFIT",
  "TAKE_PROFIT_MARKET",
  "TRAILING_STOP_MARKET",
] as const;
type Type = (typeof types)[number];
const tifs = ["GTC", "IOC", "FOK", "GTX", "HIDDEN"] as const;
type Tif = (typeof tifs)[number];
const pegs = ["COUNTERPARTY_1", "QUEUE_1"] as const;

const preventions: Record<StpMode, SelfTradePrevention> = {
  EXPIRE_TAKER: "reject-taker",
  EXPIRE_MAKER: "reject-maker",
  EXPIRE_BOTH: "reject-both",
};

let generated = 0;

/** @throws Refused in the venue's words */
export function readDraft(house: AsterHouse, member: Member, fields: Fields): Draft {
  const futures = house.service === "futures";
  const market = needMarket(house, fields);
  const side =
    (fields.word("side", ["BUY", "SELL"] as const, -1117, "Invalid side.") ?? missing("side")) === "BUY"
      ? "buy"
      : "sell";
  const type = fields.word("type", types, -1116, "Invalid orderType.") ?? missing("type");
  if (type === "TRAILING_STOP_MARKET" && !futures) return refuse(-1116, "Invalid orderType.");
  const tif = readTif(fields, type);
  const response =
    fields.word("newOrderRespType", ["ACK", "RESULT", "FULL"] as const, -1136, "Invalid newOrderRespType.") ??
    (futures ? "ACK" : "RESULT");
  const by = readReference(fields);
  const clientId = readClientId(fields);
  const position = futures ? readPosition(house, member, fields) : {};
  const closePosition = readClose(fields, type, futures);
  const reduceOnly = readReduce(fields, position.positionSide !== undefined, closePosition);
  const priceProtect = fields.flag("priceProtect") ?? false;
  const limit = type === "LIMIT" || type === "STOP" || type === "TAKE_PROFIT";
  const price = limit ? readLimitPrice(house, market, fields, side) : unpriced(fields);
  const { size, quoteSize } = readAmount(market, fields, limit, closePosition, futures, type);
  const waits = type !== "LIMIT" && type !== "MARKET" && type !== "TRAILING_STOP_MARKET";
  const trigger = waits ? readTrigger(market, fields, type, side, by) : undefined;
  const trail = type === "TRAILING_STOP_MARKET" ? readTrail(house, market, fields, side, by) : undefined;
  const closing = reduceOnly || closePosition || position.positionSide === (side === "sell" ? "long" : "short");
  if (price !== undefined && trigger === undefined) checkBand(house, market, side, price);
  if (size !== undefined && !closing) checkNotional(house, market, price ?? trigger?.price, size);
  if (size !== undefined && !closing && futures) checkLeverage(house, member, market, price, size);
  if (market.state === "closed") return refuse(-4141, "Symbol is closed.");
  const postOnly = tif === "GTX";
  const request: OrderRequest = {
    instrument: market.id,
    side,
    type: limit ? "limit" : "market",
    ...(price === undefined ? {} : { price }),
    ...(size === undefined ? {} : { size }),
    ...(quoteSize === undefined ? {} : { quoteSize: decimal(quoteSize) }),
    tif: tif === "IOC" ? "ioc" : tif === "FOK" ? "fok" : "gtc",
    postOnly,
    reduceOnly,
    selfTradePrevention: preventions[readPrevention(fields) ?? member.stpMode],
    clientId,
    ...position,
    ...(postOnly ? { whenCrossing: house.settings.gtxRefusal === "error" ? "refuse" : "expire" } : {}),
    ...(trigger === undefined ? {} : { trigger, ifTriggered: "refuse" }),
    ...(trail === undefined ? {} : { trailing: trail.trailing }),
    ...(closePosition ? { closePosition } : {}),
  };
  const note: Note = {
    type,
    tif: limit ? tif : "GTC",
    workingType: by === "mark" ? "MARK_PRICE" : "CONTRACT_PRICE",
    priceProtect,
    closePosition,
    ...(trail === undefined ? {} : { trailing: trail.words }),
  };
  return { market, request, note, response: response === "ACK" ? "ACK" : "RESULT" };
}

/** @throws Refused -1115, -1102, -1106 */
function readTif(fields: Fields, type: Type): Tif {
  const tif = fields.word("timeInForce", tifs, -1115, "Invalid timeInForce.");
  if (type === "LIMIT") return tif ?? missing("timeInForce");
  if (type === "MARKET" && tif !== undefined) return notRequired("timeInForce");
  return tif ?? "GTC";
}

function readReference(fields: Fields): ReferencePrice {
  const word = fields.word("workingType", ["MARK_PRICE", "CONTRACT_PRICE"] as const, -4031, "Invalid working type.");
  return word === "MARK_PRICE" ? "mark" : "last";
}

function readPrevention(fields: Fields): StpMode | undefined {
  return fields.word("stpMode", stpModes, -1130, "Data sent for parameter 'stpMode' is not valid.");
}

/** What the client called it, else a name of the venue's. @throws Refused -4015, -1100 */
function readClientId(fields: Fields): string {
  const text = fields.text("newClientOrderId") ?? fields.text("clientOrderId");
  if (text === undefined) {
    generated += 1;
    return `x${Date.now().toString(36)}${generated.toString(36).padStart(12, "0")}`;
  }
  if (text.length > 36) return refuse(-4015, "Client order id length should be less than 36 chars");
  if (!/^[.A-Z:/a-z0-9_-]{1,36}$/.test(text))
    return refuse(
      -1100,
      "Illegal characters found in parameter 'newClientOrderId'; legal range is '^[\\.A-Z\\:/a-z0-9_-]{1,36}$'.",
    );
  return text;
}

/** @throws Refused -4060, -4061 */
export function readPosition(
  house: AsterHouse,
  member: Member,
  fields: Fields,
): { readonly positionSide?: "long" | "short" } {
  const word =
    fields.word("positionSide", ["BOTH", "LONG", "SHORT"] as const, -4060, "Invalid position side.") ?? "BOTH";
  const hedge = house.exchange.positionMode(member.name) === "hedge";
  if (hedge === (word === "BOTH")) return refuse(-4061, "Order's position side does not match user's setting.");
  return word === "BOTH" ? {} : { positionSide: word === "LONG" ? "long" : "short" };
}

function readClose(fields: Fields, type: Type, futures: boolean): boolean {
  const close = futures && (fields.flag("closePosition") ?? false);
  if (!close) return false;
  if (type !== "STOP_MARKET" && type !== "TAKE_PROFIT_MARKET")
    return refuse(-4136, "Target strategy invalid for orderType with closePosition true.");
  if (fields.has("quantity")) return refuse(-4137, "Quantity must be zero with closePosition equals true.");
  if (fields.flag("reduceOnly") === true)
    return refuse(-4138, "Reduce only must be true with closePosition equals true.");
  return true;
}

function readReduce(fields: Fields, hedge: boolean, closePosition: boolean): boolean {
  const reduce = fields.flag("reduceOnly") ?? false;
  if (reduce && hedge) return refuse(-4062, "Invalid or improper reduceOnly value.");
  return reduce && !closePosition;
}

/** Its own price, or one from the book as it is now. */
function readLimitPrice(house: AsterHouse, market: Instrument, fields: Fields, side: "buy" | "sell"): Ticks {
  const peg = fields.word("pegPriceType", pegs, -1130, "Data sent for parameter 'pegPriceType' is not valid.");
  if (peg === undefined) return readPrice(market, fields.decimal("price") ?? missing("price"));
  if (fields.has("price")) return notRequired("price");
  const { bids, asks } = house.exchange.book(market.id, 1);
  const touch = (side === "buy") === (peg === "QUEUE_1") ? bids[0] : asks[0];
  if (touch === undefined) return refuse(-1112, "No orders on book for symbol.");
  const offset = new Big(signed(fields.text("pegOffset") ?? "0"));
  if (side === "buy" ? offset.gt(0) : offset.lt(0))
    return refuse(-1130, "Data sent for parameter 'pegOffset' is not valid.");
  return readPrice(market, priceToBig(market, touch[0]).plus(offset).toFixed());
}

const signed = (text: string): string =>
  /^-?\d{1,20}(\.\d{1,20})?$/.test(text) ? text : refuse(-1130, "Data sent for parameter 'pegOffset' is not valid.");

/** Market types have no price; a zero is let through. */
function unpriced(fields: Fields): undefined {
  const price = fields.decimal("price");
  return price === undefined || new Big(price).eq(0) ? undefined : notRequired("price");
}

function readAmount(
  market: Instrument,
  fields: Fields,
  limit: boolean,
  closePosition: boolean,
  futures: boolean,
  type: Type,
): { readonly size?: Lots; readonly quoteSize?: string } {
  if (closePosition) return {};
  const quote = futures ? undefined : fields.decimal("quoteOrderQty");
  const quantity = fields.decimal("quantity");
  if (quote !== undefined) {
    if (type !== "MARKET" || quantity !== undefined) return notRequired("quoteOrderQty");
    if (new Big(quote).lt(market.minNotional))
      return refuse(-4164, "Order's notional must be no smaller than the minimum");
    return { quoteSize: quote };
  }
  return { size: readSize(market, quantity ?? missing("quantity"), limit ? "limit" : "market") };
}

function readTrigger(
  market: Instrument,
  fields: Fields,
  type: Type,
  side: "buy" | "sell",
  by: ReferencePrice,
): Trigger {
  const price = readPrice(market, fields.decimal("stopPrice") ?? missing("stopPrice"));
  const stop = type === "STOP" || type === "STOP_MARKET";
  return { price, by, when: stop === (side === "buy") ? "above" : "below" };
}

function readTrail(house: AsterHouse, market: Instrument, fields: Fields, side: "buy" | "sell", by: ReferencePrice) {
  const rate = fields.decimal("callbackRate") ?? missing("callbackRate");
  if (new Big(rate).lt("0.1") || new Big(rate).gt(5))
    return refuse(-1130, "Data sent for parameter 'callbackRate' is not valid.");
  const text = fields.decimal("activationPrice");
  const now = house.exchange.trades(market.id)[0]?.price;
  const callback = new Big(rate).div(100).toNumber();
  if (text === undefined) {
    const trailing: Trailing = { callback, by };
    return { trailing, words: { activatePrice: priceOr0(market, now), priceRate: rate } };
  }
  const activation = readPrice(market, text);
  if (now !== undefined && (side === "buy" ? activation >= now : activation <= now))
    return refuse(-2021, "Order would immediately trigger.");
  const trailing: Trailing = { callback, by, activation };
  return { trailing, words: { activatePrice: text, priceRate: rate } };
}

/** Whether the position would become larger than its leverage allows. @throws Refused -2027 */
function checkLeverage(
  house: AsterHouse,
  member: Member,
  market: Instrument,
  price: Ticks | undefined,
  size: Lots,
): void {
  const most = mostNotional(house, market, house.exchange.terms(member.name, market.id).leverage);
  const held = house.exchange.positions(member.name).find(({ instrument }) => instrument === market.id)?.size ?? 0;
  const at = price === undefined ? house.markOf(market) : priceToBig(market, price);
  const after = sizeToBig(market, lots(Math.abs(held)))
    .times(house.markOf(market))
    .plus(sizeToBig(market, size).times(at));
  if (most !== undefined && after.gt(most))
    refuse(-2027, "Exceeded the maximum allowable position at current leverage.");
}

/** The largest notional at a leverage; `undefined` where there is no table. */
export function mostNotional(house: AsterHouse, market: Instrument, leverage: number): number | undefined {
  return house.bracketsOf(market).findLast((bracket) => bracket.leverage >= leverage)?.cap;
}
