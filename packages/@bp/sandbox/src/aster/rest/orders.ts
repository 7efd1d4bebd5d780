// Placing, changing, asking for and cancelling orders, on both services.
import { type Instrument, isBpError } from "@bp/core";
import { Refused } from "../../answer.ts";
import type { Member } from "../accounts.ts";
import { type Entry, isOpen } from "../desk.ts";
import { type Fields, fieldsOf, listOf } from "../fields.ts";
import type { AsterHouse } from "../house.ts";
import { missing, noSuchOrder, refuse, unknownOrder } from "../refuse.ts";
import { both, counted, newer, type Route, signed } from "../route.ts";
import { type OrderForm, orderJson } from "../wire/order.ts";
import { readDraft } from "./draft.ts";
import { checkBand, readPrice, readSize } from "./filters.ts";
import { place } from "./place.ts";
import { bySymbol, findOrder, needMarket, pageOf, readLimit, readMarket, readSpan, readWhich } from "./read.ts";
import { refusedCancel, refusedOrder } from "./refusals.ts";

const week = 7;
const mostInList = 10;

/** What both services have. */
export const orderRoutes: readonly Route[] = [
  counted(
    signed("POST", both("order"), 1, (house, member, fields) =>
      place(house, member, readDraft(house, member, fields), "placed"),
    ),
  ),
  signed("POST", both("order/test"), 1, (house, member, fields) => {
    readDraft(house, member, fields);
    return {};
  }),
  signed("GET", both("order"), 1, (house, member, fields) =>
    orderJson(house, findOrder(house, member, fields) ?? noSuchOrder(), "queried"),
  ),
  signed("DELETE", both("order"), 1, (house, member, fields) => cancel(house, member, fields)),
  signed("GET", both("openOrder"), 1, (house, member, fields) => {
    const found = findOrder(house, member, fields);
    return orderJson(house, found !== undefined && isOpen(found.order) ? found : noSuchOrder(), "queried");
  }),
  signed("GET", both("openOrders"), bySymbol(1, 40), (house, member, fields) => {
    const market = readMarket(house, fields);
    return house.desk
      .list(member.name, market?.id)
      .filter(({ order }) => isOpen(order))
      .map((entry) => orderJson(house, entry, "queried"));
  }),
  signed("GET", both("allOrders"), 5, (house, member, fields) => {
    const market = needMarket(house, fields);
    const first = fields.whole("orderId");
    const { from, to } = readSpan(fields, week);
    const rows = house.desk.list(member.name, market.id).filter(({ order }) => {
      const at = house.times.toldMs(order.createdAt);
      return first === undefined ? at >= from && at <= to : Number(order.id) >= first;
    });
    return pageOf(
      rows.toSorted((a, b) => Number(a.order.id) - Number(b.order.id)),
      readLimit(fields, 500, 1000),
      first !== undefined || from > 0,
    ).map((entry) => orderJson(house, entry, "queried"));
  }),
  signed("DELETE", both("allOpenOrders"), 1, (house, member, fields) => {
    const market = needMarket(house, fields);
    const done = {
      code: house.service === "futures" ? "200" : 200,
      msg: "The operation of cancel all open order is done.",
    };
    const lists = house.service === "spot" ? readLists(fields, Number.POSITIVE_INFINITY) : [];
    if (lists.length > 0) for (const which of lists) cancelOne(house, member, market, which, "cancelled");
    else house.exchange.cancelAll(member.name, market.id);
    return done;
  }),
];

/** What futures have beside. */
export const futuresOrderRoutes: readonly Route[] = [
  counted(signed("PUT", newer("order"), 1, amend)),
  counted(signed("POST", both("batchOrders"), 5, placeBatch), (fields) => readBatch(fields).length),
  signed("DELETE", both("batchOrders"), 1, (house, member, fields) => {
    const market = needMarket(house, fields);
    const lists = readLists(fields, mostInList);
    if (lists.length === 0) return missing("orderIdList");
    return lists.map((which) => cancelOne(house, member, market, which, "cancelled"));
  }),
  signed("POST", both("countdownCancelAll"), 10, (house, member, fields) => {
    const market = needMarket(house, fields);
    const countdown = fields.whole("countdownTime") ?? missing("countdownTime");
    const name = `countdown ${member.name} ${market.id}`;
    if (countdown === 0) house.alarms.cancel(name);
    else house.alarms.set(name, countdown, () => house.exchange.cancelAll(member.name, market.id));
    return { symbol: market.id.slice(market.id.indexOf(":") + 1), countdownTime: String(countdown) };
  }),
];

function cancel(house: AsterHouse, member: Member, fields: Fields): Record<string, unknown> {
  const market = needMarket(house, fields);
  const answer = cancelOne(house, member, market, readWhich(fields), "cancelled");
  if ("code" in answer) throw new Refused(unknownOrder);
  return answer;
}

/** The order as it ended, or the error object for one that is not open. */
function cancelOne(
  house: AsterHouse,
  member: Member,
  market: Instrument,
  which: { readonly id?: string; readonly clientId?: string },
  form: OrderForm,
): Record<string, unknown> {
  const found = house.desk.find(member.name, market.id, which);
  if (found === undefined || !isOpen(found.order)) return unknownOrder.json as Record<string, unknown>; // an object
  const result = house.exchange.cancel(member.name, { instrument: market.id, id: found.order.id });
  if (!result.ok) return refusedCancel(result.refusal).answer.json as Record<string, unknown>; // an object
  const entry = house.desk.entry(member.name, found.order.id) ?? { ...found, order: result.order };
  return orderJson(house, entry, form);
}

/** The orders of either list. @throws Refused -4032, -1102 */
function readLists(fields: Fields, most: number): readonly { readonly id?: string; readonly clientId?: string }[] {
  const ids = listOf(fields, "orderIdList") ?? [];
  const names = listOf(fields, "origClientOrderIdList") ?? [];
  if (ids.some((id) => !/^\d{1,19}$/.test(id))) return missing("orderIdList");
  if (ids.length + names.length > most) return refuse(-4032, `Exceed maximum cancel order size.`);
  return [...ids.map((id) => ({ id })), ...names.map((clientId) => ({ clientId }))];
}

/** Changes price and quantity of a limit order under its number. */
function amend(house: AsterHouse, member: Member, fields: Fields): Record<string, unknown> {
  const market = needMarket(house, fields);
  const found: Entry | undefined = house.desk.find(member.name, market.id, readWhich(fields));
  const price = readPrice(market, fields.decimal("price") ?? missing("price"));
  const size = readSize(market, fields.decimal("quantity") ?? missing("quantity"), "limit");
  if (found === undefined || !isOpen(found.order)) return noSuchOrder();
  if (found.note.type !== "LIMIT") return refuse(-1020, "Only limit orders can be modified.");
  checkBand(house, market, found.order.side, price);
  if (size <= found.order.filled) return refuse(-4004, "Quantity less than or equal to what is filled.");
  const result = house.because("ORDER", () =>
    house.exchange.amend(member.name, { instrument: market.id, id: found.order.id }, { price, size }),
  );
  if (!result.ok) throw refusedOrder(result.refusal, false);
  const entry = house.desk.entry(member.name, found.order.id) ?? { ...found, order: result.order };
  return orderJson(house, entry, "modified");
}

const mostInBatch = 5;

/** The orders of a batch, each with its parameters as text. @throws Refused -1102, -4082 */
function readBatch(fields: Fields): readonly Fields[] {
  const text = fields.need("batchOrders");
  const list = parsed(text) ?? parsed(text.replaceAll("'", '"')) ?? missing("batchOrders");
  if (!Array.isArray(list) || list.length === 0 || list.length > mostInBatch)
    return refuse(-4082, "Invalid number of batch place orders.");
  return list.map((item: unknown) => {
    if (typeof item !== "object" || item === null) return missing("batchOrders");
    const values = new Map(Object.entries(item).map(([key, value]) => [key, String(value)]));
    return fieldsOf(values);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Each for itself: what one of them meets is its own answer. */
async function placeBatch(house: AsterHouse, member: Member, fields: Fields): Promise<readonly unknown[]> {
  return Promise.all(
    readBatch(fields).map(async (each) => {
      try {
        return await place(house, member, readDraft(house, member, each), "placed-in-batch");
      } catch (error) {
        if (error instanceof Refused) return error.answer.json;
        if (isBpError(error)) return { code: -1000, msg: error.code };
        throw error;
      }
    }),
  );
}
