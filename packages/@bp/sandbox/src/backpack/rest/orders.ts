// Placing, asking for and cancelling orders.
import type { Instrument } from "@bp/core";
import type { SimOrder } from "@bp/sim";
import { ok, Refused } from "../../answer.ts";
import type { Member } from "../accounts.ts";
import type { Fields } from "../fields.ts";
import type { BackpackHouse } from "../house.ts";
import { placeNoted, refusalAnswer } from "../placing.ts";
import { notFound, refuse, unreadable } from "../refuse.ts";
import { type Route, signed, signedBatch } from "../route.ts";
import { liveOrder } from "../wire/order.ts";
import { type Draft, readDraft } from "./draft.ts";
import { isType, needMarket, readMarket, readMarketType } from "./read.ts";

const u32 = 0xffff_ffff;
const mostInBatch = 50;

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
      const requests = drafts.map((draft) => ({ ...draft, ready: constant(draft.ready(member)) }));
      const placed = [];
      for (const draft of requests) placed.push(placeInBatch(house, member, draft));
      return ok(await Promise.all(placed));
    },
  ),
  signed("GET", "/api/v1/order", "orderQuery", "", readWhich, (house, member, which) => {
    const found = house.exchange.order(member.name, idsOf(which()));
    return found === undefined || !rests(found) ? notFound : ok(live(house, found));
  }),
  signed("DELETE", "/api/v1/order", "orderCancel", "OrderCancelPayload", readWhich, (house, member, which) => {
    const result = house.exchange.cancel(member.name, idsOf(which()));
    return result.ok ? ok(live(house, result.order)) : refusalAnswer(result, undefined);
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
          .map((order) => live(house, order)),
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
        house.exchange
          .cancelAll(member.name, market.id, type === undefined ? undefined : kinds[type])
          .map((order) => live(house, order)),
      ),
  ),
];

const constant =
  <T>(value: T) =>
  () =>
    value;

const kinds = { RestingLimitOrder: "resting", ConditionalOrder: "waiting" } as const;

const rests = ({ status }: SimOrder) => status === "new" || status === "partially-filled" || status === "waiting";

function checkBatch(body: unknown): readonly unknown[] {
  if (!Array.isArray(body))
    return unreadable('Bad Request parse request payload error: Expected input type "[OrderExecutePayload]".');
  if (body.length === 0) return refuse("INVALID_CLIENT_REQUEST", "Must specify at least one order");
  if (body.length > mostInBatch)
    return refuse("INVALID_CLIENT_REQUEST", `Must not specify more than ${mostInBatch} orders`);
  return body;
}

/** Which order: exactly one of the two ids. Read before the signature, judged after it. */
function readWhich(
  fields: Fields,
  house: BackpackHouse,
): () => { market: Instrument; orderId?: string; clientId?: number } {
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

async function place(house: BackpackHouse, member: Member, draft: Draft): Promise<Record<string, unknown>> {
  const { request, note } = draft.ready(member);
  const result = placeNoted(house, member, request, note);
  if (!result.ok) throw new Refused(refusalAnswer(result, request.clientId));
  const delayed = house.takerDelayMs > 0 && !request.postOnly && result.order.status !== "waiting";
  return live(house, delayed ? await matched(house, member, result.order) : result.order);
}

/** As the live endpoints tell it. */
function live(house: BackpackHouse, order: SimOrder): Record<string, unknown> {
  return liveOrder(house.marketOf(order.instrument), order, house.times, house.notes.of(order.id));
}

/** The order after the taker delay: the answer to a POST carries the execution. */
async function matched(house: BackpackHouse, member: Member, order: SimOrder): Promise<SimOrder> {
  const { exchange, takerDelayMs } = house;
  while (exchange.now() <= order.createdAt + takerDelayMs) await new Promise((resolve) => setTimeout(resolve, 2));
  return exchange.orderHistory(member.name, order.instrument).find((each) => each.id === order.id) ?? order;
}

async function placeInBatch(house: BackpackHouse, member: Member, draft: Draft): Promise<Record<string, unknown>> {
  try {
    return { operation: "Ok", ...(await place(house, member, draft)) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { operation: "Err", ...(error.answer.json as object) }; // made by refusalAnswer
  }
}
