// Chase orders: a limit order that follows the best price, once a second, until it is filled or has gone too far.
import {
  gridsOf,
  type Instrument,
  type Lots,
  lots,
  priceToBig,
  roundToGrid,
  symbolOf,
  type Ticks,
  ticks,
} from "@bp/core";
import { Big } from "big.js";
import type { Member } from "../accounts.ts";
import { isOpen } from "../desk.ts";
import { type Fields, fieldsOf } from "../fields.ts";
import type { AsterHouse } from "../house.ts";
import { missing, refuse } from "../refuse.ts";
import { counted, newer, type Route, signed } from "../route.ts";
import { exactly } from "../wire/numbers.ts";
import { readDraft } from "./draft.ts";
import { placeNow } from "./place.ts";
import { needMarket } from "./read.ts";
import { readClient } from "./strategy.ts";

const everyMs = 1000;
const invalid = (key: string): never => refuse(-1130, `Data sent for parameter '${key}' is not valid.`);

export const chaseRoutes: readonly Route[] = [
  counted(
    signed("POST", newer("chase"), 1, (house, member, fields) => {
      const market = needMarket(house, fields);
      const ask = readChase(house, fields, market);
      const touch = touchOf(house, market, ask.side) ?? refuse(-1112, "No orders on book for symbol.");
      const price = away(touch, ask.offset, ask.side);
      const size = ask.unit === "BASE" ? ask.quantity : baseFor(market, ask.quantity, price);
      const client = readClient(fields, 28);
      const entry = placeNow(
        house,
        member,
        readDraft(house, member, fieldsOf(wordsOf(fields, market, price, size, ask.tif, client))),
      );
      const { id } = entry.order;
      follow(house, member, market, { id, first: touch, ...ask });
      const now = house.times.toldMs(house.exchange.now());
      return {
        strategyId: Number(id), // the order's own number, so that it can be cancelled by it
        clientStrategyId: client ?? String(entry.order.clientId),
        symbol: symbolOf(market.id),
        side: ask.side.toUpperCase(),
        positionSide: fields.text("positionSide")?.toUpperCase() ?? "BOTH",
        quantity: exactly(ask.quantity),
        quantityUnit: ask.unit,
        reduceOnly: fields.flag("reduceOnly") ?? false,
        chaseOffset: exactly(ask.offsetText),
        chaseOffsetType: "ABSOLUTE",
        maxChaseOffset: ask.mostText === undefined ? null : exactly(ask.mostText),
        maxChaseOffsetType: ask.mostType,
        timeInForce: ask.tif,
        strategyStatus: "NEW",
        bookTime: now,
        updateTime: now,
      };
    }),
  ),
];

function readChase(house: AsterHouse, fields: Fields, market: Instrument) {
  const side =
    (fields.word("side", ["BUY", "SELL"] as const, -1117, "Invalid side.") ?? missing("side")) === "BUY"
      ? "buy"
      : "sell";
  const quantity = fields.decimal("quantity") ?? missing("quantity");
  const unit =
    fields.word(
      "quantityUnit",
      ["BASE", "QUOTE"] as const,
      -1130,
      "Data sent for parameter 'quantityUnit' is not valid.",
    ) ?? missing("quantityUnit");
  const offsetText = fields.decimal("chaseOffset") ?? "0";
  if ((fields.text("chaseOffsetType")?.toUpperCase() ?? "ABSOLUTE") !== "ABSOLUTE") return invalid("chaseOffsetType");
  const offset = new Big(offsetText).div(market.tickSize);
  if (!offset.eq(offset.round(0))) return refuse(-4014, "Price not increased by tick size.");
  const mostText = fields.decimal("maxChaseOffset"); // not mandatory by the documents: then it has no end
  const mostType =
    fields.word(
      "maxChaseOffsetType",
      ["ABSOLUTE", "PERCENTAGE"] as const,
      -1130,
      "Data sent for parameter 'maxChaseOffsetType' is not valid.",
    ) ?? "ABSOLUTE";
  if (mostText !== undefined && new Big(mostText).lte(0)) return invalid("maxChaseOffset");
  const tif = fields.text("timeInForce")?.toUpperCase() ?? "GTX";
  const most =
    mostText === undefined
      ? undefined
      : mostType === "ABSOLUTE"
        ? new Big(mostText)
        : house.markOf(market).times(mostText).div(100);
  return { side, quantity, unit, offset: offset.toNumber(), offsetText, most, mostText, mostType, tif } as const;
}

function wordsOf(
  fields: Fields,
  market: Instrument,
  price: Ticks,
  size: string,
  tif: string,
  client: string | undefined,
): Map<string, string> {
  const words = new Map([
    ["symbol", symbolOf(market.id)],
    ["type", "LIMIT"],
    ["timeInForce", tif],
    ["price", priceToBig(market, price).toFixed()],
    ["quantity", size],
  ]);
  for (const key of ["side", "positionSide", "reduceOnly"]) {
    const value = fields.text(key);
    if (value !== undefined) words.set(key, value);
  }
  if (client !== undefined) words.set("newClientOrderId", client);
  return words;
}

/** What an amount of quote buys, rounded down to the step. */
function baseFor(market: Instrument, quote: string, price: Ticks): string {
  const count: Lots = lots(roundToGrid(new Big(quote).div(priceToBig(market, price)), gridsOf(market).size, "floor"));
  return new Big(count).times(market.lotSize).toFixed();
}

function touchOf(house: AsterHouse, market: Instrument, side: "buy" | "sell"): Ticks | undefined {
  const { bids, asks } = house.exchange.book(market.id, 1);
  return (side === "buy" ? bids : asks)[0]?.[0];
}

/** So many ticks behind the touch. */
const away = (touch: Ticks, offset: number, side: "buy" | "sell"): Ticks =>
  ticks(side === "buy" ? touch - offset : touch + offset);

/** Looks at the book again and again. */
function follow(
  house: AsterHouse,
  member: Member,
  market: Instrument,
  chase: {
    readonly id: string;
    readonly first: Ticks;
    readonly side: "buy" | "sell";
    readonly offset: number;
    readonly most: Big | undefined;
  },
): void {
  const look = () => {
    const entry = house.desk.entry(member.name, chase.id);
    if (entry === undefined || !isOpen(entry.order)) return;
    const which = { instrument: market.id, id: chase.id };
    const touch = touchOf(house, market, chase.side);
    // Its own order may be the best one: the book without it is what it follows.
    const own = entry.order.price;
    if (touch !== undefined && (touch !== own || chase.offset > 0)) {
      const gone = new Big(touch - chase.first).abs().times(market.tickSize);
      if (chase.most !== undefined && gone.gt(chase.most)) {
        house.exchange.cancel(member.name, which);
        return;
      }
      const price = away(touch, chase.offset, chase.side);
      if (price !== own) house.exchange.amend(member.name, which, { price });
    }
    house.alarms.set(`chase ${member.name} ${chase.id}`, everyMs, look);
  };
  house.alarms.set(`chase ${member.name} ${chase.id}`, everyMs, look);
}
