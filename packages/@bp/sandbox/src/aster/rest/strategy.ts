// Strategy orders: placing, changing and asking for them.
import { symbolOf } from "@bp/core";
import { Refused } from "../../answer.ts";
import type { Member } from "../accounts.ts";
import { isOpen } from "../desk.ts";
import type { Fields } from "../fields.ts";
import type { AsterHouse } from "../house.ts";
import { missing, refuse } from "../refuse.ts";
import { counted, newer, type Route, signed } from "../route.ts";
import {
  createStrategies,
  type Strategies,
  type Strategy,
  type StrategyType,
  type Sub,
  strategyTypes,
  subOf,
} from "../strategies.ts";
import { averageOf, clientIdOf, statusOf } from "../wire/order.ts";
import { readPrice, readSize } from "./filters.ts";

const sizes: Record<StrategyType, number> = { OTO: 2, OCO: 2, OTOCO: 3 };

/** The strategies of each service that has been asked for some. */
const engines = new WeakMap<AsterHouse, Strategies>();
function engineOf(house: AsterHouse): Strategies {
  const found = engines.get(house) ?? createStrategies(house);
  engines.set(house, found);
  return found;
}

export const strategyRoutes: readonly Route[] = [
  counted(
    signed("POST", newer("placeStrategyOrder"), 50, (house, member, fields) => {
      const type = readType(fields);
      const words = readList(fields);
      if (words.length !== sizes[type]) return refuse(-1130, "Data sent for parameter 'subOrderList' is not valid.");
      const subs = words.map((each, at) => subOf(type, each, at + 1));
      const strategy = engineOf(house).start(member, type, readClient(fields, 36), subs);
      return headOf(house, strategy);
    }),
    (fields) => sizes[readType(fields)],
  ),
  signed("POST", newer("updateStrategyOrder"), 50, (house, member, fields) => {
    const strategy = find(house, member, fields);
    const changes = readList(fields);
    return changes.map((words) => {
      const id = Number(words.get("strategySubId") ?? 0);
      const sub = strategy.subs.find((each) => each.id === id) ?? missing("strategySubId");
      return { ...headOf(house, strategy), updatedSubOrder: id, ...update(house, strategy, sub, words) };
    });
  }),
  signed("GET", newer("strategyOpenOrder"), 5, (house, member, fields) => {
    const strategy = find(house, member, fields);
    return engineOf(house).isOpen(strategy) ? wholeOf(house, strategy) : refuse(-2013, "Order does not exist.");
  }),
  signed("GET", newer("strategyHistoryOrder"), 5, (house, member, fields) =>
    wholeOf(house, find(house, member, fields)),
  ),
];

const readType = (fields: Fields): StrategyType =>
  fields.word("strategyType", strategyTypes, -1130, "Data sent for parameter 'strategyType' is not valid.") ??
  missing("strategyType");

/** @throws Refused -4015, -1100 */
export function readClient(fields: Fields, most: number): string | undefined {
  const text = fields.text("clientStrategyId");
  if (text === undefined) return undefined;
  if (text.length > most) return refuse(-4015, `Client strategy id length should be less than ${most} chars`);
  return /^[.A-Z:/a-z0-9_-]+$/.test(text)
    ? text
    : refuse(-1100, "Illegal characters found in parameter 'clientStrategyId'.");
}

/** The orders of the list, each as words. `clientOrderId` is its name here. */
function readList(fields: Fields): readonly Map<string, string>[] {
  const text = fields.need("subOrderList");
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return missing("subOrderList");
  }
  if (!Array.isArray(list)) return missing("subOrderList");
  return list.map((item: unknown) => {
    if (typeof item !== "object" || item === null) return missing("subOrderList");
    return new Map(Object.entries(item).map(([key, value]) => [key, String(value)]));
  });
}

function find(house: AsterHouse, member: Member, fields: Fields): Strategy {
  const id = fields.whole("strategyId");
  const clientId = fields.text("clientStrategyId");
  if ((id === undefined) === (clientId === undefined)) return missing("strategyId");
  const found = engineOf(house).find(member, {
    ...(id === undefined ? {} : { id }),
    ...(clientId === undefined ? {} : { clientId }),
  });
  return found ?? refuse(-2013, "Order does not exist.");
}

function headOf(house: AsterHouse, strategy: Strategy): Record<string, unknown> {
  return {
    strategyId: strategy.id,
    clientStrategyId: strategy.clientId,
    strategyType: strategy.type,
    strategyStatus: engineOf(house).isOpen(strategy) ? "WORKING" : "EXPIRED",
    updateTime: house.times.toldMs(strategy.updatedAt),
    failureCode: strategy.failure?.code ?? 0,
    failureReason: strategy.failure?.msg ?? "",
  };
}

function wholeOf(house: AsterHouse, strategy: Strategy): Record<string, unknown> {
  const { failureCode: _, failureReason: __, ...head } = headOf(house, strategy);
  return {
    ...head,
    bookTime: house.times.toldMs(strategy.bookedAt),
    subOrders: strategy.subs.map((sub) => subJson(house, strategy, sub)),
  };
}

function subJson(house: AsterHouse, strategy: Strategy, sub: Sub): Record<string, unknown> {
  const entry = engineOf(house).entryOf(strategy, sub);
  const word = (key: string, usual: string) => sub.words.get(key) ?? usual;
  const [first, second] = sub.drives;
  return {
    strategyId: strategy.id,
    orderId: entry === undefined ? 0 : Number(entry.order.id),
    clientOrderId: entry === undefined ? word("clientOrderId", "") : clientIdOf(entry),
    status: entry === undefined ? (sub.fate ?? "NEW") : statusOf(entry.order),
    strategySubId: sub.id,
    firstDrivenId: first.id,
    firstDrivenOn: first.on,
    firstTrigger: first.trigger,
    secondDrivenId: second.id,
    secondDrivenOn: second.on,
    secondTrigger: second.trigger,
    securityType: "FUTURE",
    symbol: entry === undefined ? word("symbol", "") : symbolOf(entry.order.instrument),
    side: word("side", ""),
    positionSide: word("positionSide", "BOTH"),
    type: word("type", ""),
    timeInForce: word("timeInForce", "GTC"),
    quantity: word("quantity", "0"),
    reduceOnly: word("reduceOnly", "false").toLowerCase() === "true",
    closePosition: word("closePosition", "false").toLowerCase() === "true",
    price: word("price", "0"),
    avgPrice: entry === undefined || entry.order.filled === 0 ? "0" : averageOf(house, entry.order, 5),
    priceProtect: word("priceProtect", "false").toLowerCase() === "true",
    stopPrice: word("stopPrice", "0"),
    activatePrice: sub.words.get("activationPrice") ?? null,
    callbackRate: sub.words.get("callbackRate") ?? null,
    workingType: word("workingType", "CONTRACT_PRICE"),
    triggerTime: sub.triggeredAt === undefined ? 0 : house.times.toldMs(sub.triggeredAt),
  };
}

/** New words for an order that is not placed yet, or a new price and quantity for one that rests. */
function update(house: AsterHouse, strategy: Strategy, sub: Sub, words: Map<string, string>): Record<string, unknown> {
  const entry = engineOf(house).entryOf(strategy, sub);
  try {
    if (entry !== undefined) {
      const market = house.marketOf(entry.order.instrument);
      if (!isOpen(entry.order)) refuse(-2013, "Order does not exist.");
      const [price, quantity] = [words.get("price"), words.get("quantity")];
      const result = house.exchange.amend(
        strategy.member.name,
        { instrument: market.id, id: entry.order.id },
        {
          ...(price === undefined ? {} : { price: readPrice(market, price) }),
          ...(quantity === undefined ? {} : { size: readSize(market, quantity, "limit") }),
        },
      );
      if (!result.ok) refuse(-1130, result.text);
    }
    for (const [key, value] of words) sub.words.set(key, value);
    strategy.updatedAt = house.exchange.now();
    return { updateStatus: "SUCCESS" };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, msg } = error.answer.json as { readonly code: number; readonly msg: string }; // made by refuse
    return { updateStatus: "FAILED", failureCode: code, failureReason: msg };
  }
}
