// Placing, asking for and cancelling orders.
import {
  decimal,
  type Grid,
  gridsOf,
  type Instrument,
  isBpError,
  type Lots,
  lots,
  type Ticks,
  ticks,
  toGrid,
} from "@bp/core";
import type { OrderRequest, PlaceResult, SimOrder } from "@bp/sim";
import type { Member } from "../accounts.ts";
import { type Answer, notFound, ok, Refused, refuse, unreadable } from "../answer.ts";
import type { Fields } from "../fields.ts";
import type { House } from "../house.ts";
import { type Route, signed, signedBatch } from "../route.ts";
import { liveOrder } from "../wire/order.ts";
import { digits, plain } from "../wire/text.ts";
import { isType, needMarket, readMarket, readMarketType } from "./read.ts";

const u32 = 0xffff_ffff;
const mostInBatch = 50;
const references = ["LastPrice", "MarkPrice", "IndexPrice"] as const;
const preventions = { RejectTaker: "reject-taker", RejectMaker: "reject-maker", RejectBoth: "reject-both" } as const;

/** An order as it was read: the request for the exchange, or why it cannot become one. */
interface Draft {
  readonly market: Instrument;
  /** Engine checks come after the signature, so what is wrong with the order waits until then. */
  readonly request: () => OrderRequest;
}

export const orderRoutes: readonly Route[] = [
  signed("POST", "/api/v1/order", "orderExecute", "OrderExecutePayload", readDraft, async (house, member, draft) =>
    ok(await place(house, member, draft)),
  ),
  signedBatch(
    "/api/v1/orders",
    "orderExecute",
    "OrderExecutePayload",
    checkBatch,
    readDraft,
    async (house, member, drafts) => {
      // Validation is for all or nothing, execution for each alone.
      const requests = drafts.map((draft) => ({ ...draft, request: constant(draft.request()) }));
      const placed = [];
      for (const draft of requests) placed.push(placeInBatch(house, member, draft));
      return ok(await Promise.all(placed));
    },
  ),
  signed("GET", "/api/v1/order", "orderQuery", "", readWhich, (house, member, which) => {
    const found = house.exchange.order(member.name, idsOf(which()));
    return found === undefined || !rests(found)
      ? notFound
      : ok(liveOrder(house.marketOf(found.instrument), found, house.times));
  }),
  signed("DELETE", "/api/v1/order", "orderCancel", "OrderCancelPayload", readWhich, (house, member, which) => {
    const result = house.exchange.cancel(member.name, idsOf(which()));
    return result.ok
      ? ok(liveOrder(house.marketOf(result.order.instrument), result.order, house.times))
      : refusalAnswer(result, undefined);
  }),
  signed(
    "GET",
    "/api/v1/orders",
    "orderQueryAll",
    "",
    (fields, house) => ({ market: readMarket(fields, house), type: readMarketType(fields) }),
    (house, member, { market, type }) =>
      ok(
        house.exchange
          .openOrders(member.name, market?.id)
          .filter((order) => isType(house.marketOf(order.instrument), type))
          .map((order) => liveOrder(house.marketOf(order.instrument), order, house.times)),
      ),
  ),
  signed(
    "DELETE",
    "/api/v1/orders",
    "orderCancelAll",
    "OrderCancelAllPayload",
    (fields, house) => ({
      market: needMarket(fields, house),
      type: fields.word("orderType", "CancelOrderTypeEnum", ["RestingLimitOrder", "ConditionalOrder"] as const),
    }),
    (house, member, { market, type }) =>
      ok(
        type === "ConditionalOrder"
          ? []
          : house.exchange.cancelAll(member.name, market.id).map((order) => liveOrder(market, order, house.times)),
      ),
  ),
];

const constant =
  <T>(value: T) =>
  () =>
    value;

const rests = (order: SimOrder) => order.status === "new" || order.status === "partially-filled";

function checkBatch(body: unknown): readonly unknown[] {
  if (!Array.isArray(body))
    return unreadable('Bad Request parse request payload error: Expected input type "[OrderExecutePayload]".');
  if (body.length === 0) return refuse("INVALID_CLIENT_REQUEST", "Must specify at least one order");
  if (body.length > mostInBatch)
    return refuse("INVALID_CLIENT_REQUEST", `Must not specify more than ${mostInBatch} orders`);
  return body;
}

/** Which order: exactly one of the two ids. Read before the signature, judged after it. */
function readWhich(fields: Fields, house: House): () => { market: Instrument; orderId?: string; clientId?: number } {
  const market = needMarket(fields, house);
  const orderId = fields.text("orderId");
  const clientId = fields.whole("clientId", u32, "uint32");
  return () => {
    if ((orderId === undefined) === (clientId === undefined))
      return refuse("INVALID_CLIENT_REQUEST", "Must specify either `clientId` or `orderId`");
    return { market, ...(orderId === undefined ? {} : { orderId }), ...(clientId === undefined ? {} : { clientId }) };
  };
}

function idsOf({ market, orderId, clientId }: ReturnType<ReturnType<typeof readWhich>>) {
  return {
    instrument: market.id,
    ...(orderId === undefined ? {} : { id: orderId }),
    ...(clientId === undefined ? {} : { clientId }),
  };
}

function readDraft(fields: Fields, house: House): Draft {
  const market = needMarket(fields, house);
  const side = fields.need("side", fields.word("side", "Side", ["Bid", "Ask"] as const), "Side");
  const type = fields.need(
    "orderType",
    fields.word("orderType", "OrderTypeEnum", ["Limit", "Market"] as const),
    "OrderTypeEnum",
  );
  const price = fields.decimal("price");
  const quantity = fields.decimal("quantity");
  const quoteQuantity = fields.decimal("quoteQuantity");
  const tif = fields.word("timeInForce", "TimeInForce", ["GTC", "IOC", "FOK"] as const) ?? "GTC";
  const postOnly = fields.flag("postOnly") ?? false;
  const reduceOnly = fields.flag("reduceOnly") ?? false;
  const prevention =
    fields.word("selfTradePrevention", "SelfTradePrevention", ["RejectTaker", "RejectMaker", "RejectBoth"] as const) ??
    "RejectTaker";
  const clientId = fields.whole("clientId", u32, "uint32");
  fields.whole("brokerId", 0xffff, "uint16");
  for (const key of ["autoLend", "autoLendRedeem", "autoBorrow", "autoBorrowRepay"]) fields.flag(key); // nothing is lent here
  const triggerPrice = fields.decimal("triggerPrice");
  const triggerQuantity = fields.text("triggerQuantity");
  fields.word("triggerBy", "TriggerBy", references);
  const attached = ["takeProfit", "stopLoss"].flatMap((kind) => {
    fields.word(`${kind}TriggerBy`, "TriggerBy", references);
    return [fields.decimal(`${kind}TriggerPrice`), fields.decimal(`${kind}LimitPrice`)];
  });
  const slippage = fields.decimal("slippageTolerance");
  fields.word("slippageToleranceType", "SlippageToleranceType", ["TickSize", "Percent"] as const);

  const request = (): OrderRequest => {
    if ((triggerPrice === undefined) !== (triggerQuantity === undefined))
      return refuse("INVALID_CLIENT_REQUEST", "Must specify both `triggerPrice` and `triggerQuantity` or neither");
    if (triggerPrice !== undefined || attached.some((part) => part !== undefined) || slippage !== undefined)
      return refuse("NOT_IMPLEMENTED", "The sandbox does not simulate trigger orders and slippage tolerance");
    const common = {
      instrument: market.id,
      side: side === "Bid" ? "buy" : "sell",
      tif: tif === "GTC" ? "gtc" : tif === "IOC" ? "ioc" : "fok",
      postOnly,
      reduceOnly,
      selfTradePrevention: preventions[prevention],
      ...(clientId === undefined ? {} : { clientId }),
    } as const;
    if (type === "Market") {
      if ((quantity === undefined) === (quoteQuantity === undefined))
        return refuse("INVALID_CLIENT_REQUEST", "Market orders must specify a `quantity` or `quoteQuantity`");
      if (quantity !== undefined) return { ...common, type: "market", size: readSize(market, quantity) };
      return { ...common, type: "market", quoteSize: decimal(plain(quoteQuantity ?? "0")) };
    }
    if (price === undefined || quantity === undefined)
      return refuse("INVALID_CLIENT_REQUEST", "Limit orders must specify a `price` and a `quantity`");
    if (quoteQuantity !== undefined)
      return refuse("INVALID_CLIENT_REQUEST", "Limit orders must not specify a `quoteQuantity`");
    return { ...common, type: "limit", price: readPrice(market, price), size: readSize(market, quantity) };
  };
  return { market, request };
}

function readPrice(market: Instrument, text: string): Ticks {
  return ticks(onGrid(gridsOf(market).price, text, "Price decimal too long", "INVALID_PRICE", "Invalid price"));
}

function readSize(market: Instrument, text: string): Lots {
  const size = onGrid(gridsOf(market).size, text, "Quantity decimal too long", "INVALID_QUANTITY", "Invalid quantity");
  if (size === 0) return refuse("INVALID_QUANTITY", "Invalid quantity");
  return lots(size);
}

function onGrid(grid: Grid, text: string, tooLong: string, code: string, words: string): number {
  if (digits(plain(text)) > grid.digits) return refuse("INVALID_CLIENT_REQUEST", tooLong);
  try {
    return toGrid(text, grid);
  } catch (error) {
    if (isBpError(error)) return refuse(code, words);
    throw error;
  }
}

async function place(house: House, member: Member, draft: Draft): Promise<Record<string, unknown>> {
  const request = draft.request();
  const result = house.exchange.place(member.name, request);
  if (!result.ok) throw new Refused(refusalAnswer(result, request.clientId));
  const order = house.takerDelayMs > 0 && !request.postOnly ? await matched(house, member, result.order) : result.order;
  return liveOrder(house.marketOf(draft.market.id), order, house.times);
}

/** The order after the taker delay: the answer to a POST carries the execution. */
async function matched(house: House, member: Member, order: SimOrder): Promise<SimOrder> {
  const { exchange, takerDelayMs } = house;
  while (exchange.now() <= order.createdAt + takerDelayMs) await new Promise((resolve) => setTimeout(resolve, 2));
  return exchange.orderHistory(member.name, order.instrument).find((each) => each.id === order.id) ?? order;
}

async function placeInBatch(house: House, member: Member, draft: Draft): Promise<Record<string, unknown>> {
  try {
    return { operation: "Ok", ...(await place(house, member, draft)) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { operation: "Err", ...(error.answer.json as object) }; // made by refusalAnswer
  }
}

/** The exchange's refusal in the venue's words. */
function refusalAnswer(result: Extract<PlaceResult, { ok: false }>, clientId: number | undefined): Answer {
  const say = (code: string, message: string, status = 400): Answer => ({ status, json: { code, message } });
  switch (result.refusal) {
    case "would-take":
      return say("INVALID_ORDER", "Order would immediately match and take");
    case "duplicate-client-id":
      return say("INVALID_ORDER", `Order with client ID already exists: ${clientId ?? 0}`);
    case "no-funds":
      return say("INSUFFICIENT_FUNDS", "Insufficient funds");
    case "no-margin":
      return say("INSUFFICIENT_MARGIN", "Insufficient margin");
    case "bad-price":
      return say("INVALID_PRICE", result.text);
    case "bad-size":
      return say("INVALID_QUANTITY", result.text);
    case "reduce-only":
      return say("INVALID_ORDER", "Reduce only order not reduced");
    case "market-closed":
      return say("TRADING_PAUSED", "Trading paused");
    case "too-many-orders":
      return say("ORDER_LIMIT", "Too many open orders");
    case "unknown-instrument":
      return say("INVALID_MARKET", "Invalid market");
    case "not-found":
      return notFound;
    case "bad-request":
      return say("INVALID_ORDER", result.text);
  }
}
