// Parameters that many endpoints share.
import type { Instrument } from "@bp/core";
import type { Member } from "../accounts.ts";
import type { Entry } from "../desk.ts";
import type { Fields } from "../fields.ts";
import type { AsterHouse } from "../house.ts";
import { invalidSymbol, missing, refuse } from "../refuse.ts";

/** A market that was named, in any case; `undefined` when none was. @throws Refused -1121 */
export function readMarket(house: AsterHouse, fields: Fields, key = "symbol"): Instrument | undefined {
  const symbol = fields.text(key);
  if (symbol === undefined) return undefined;
  return house.market(symbol) ?? house.market(symbol.toUpperCase()) ?? invalidSymbol();
}

/** The same, required. @throws Refused -1102, -1121 */
export function needMarket(house: AsterHouse, fields: Fields, key = "symbol"): Instrument {
  return readMarket(house, fields, key) ?? missing(key);
}

/** All markets, or the one that was named. */
export const marketsOf = (house: AsterHouse, market: Instrument | undefined): readonly Instrument[] =>
  market === undefined ? house.markets() : [market];

/** One object where a symbol was sent, else a list. */
export function oneOrAll(
  house: AsterHouse,
  fields: Fields,
  row: (market: Instrument) => Record<string, unknown> | undefined,
): unknown {
  const market = readMarket(house, fields);
  if (market !== undefined) return row(market) ?? {};
  return house.markets().flatMap((each) => row(each) ?? []);
}

/** The weight of an endpoint that is dearer without a symbol. */
export const bySymbol =
  (one: number, all: number) =>
  (fields: Fields): number =>
    fields.has("symbol") ? one : all;

/** @param most - larger ones are cut, as the venue does */
export function readLimit(fields: Fields, usual: number, most: number): number {
  const limit = fields.whole("limit") ?? usual;
  if (limit < 1) return refuse(-1130, "Data sent for parameter 'limit' is not valid.");
  return Math.min(limit, most);
}

const day = 86_400_000;

/** A span of time in ms; absent ends are open. @throws Refused -1023, -1127 */
export function readSpan(
  fields: Fields,
  mostDays = Number.POSITIVE_INFINITY,
): { readonly from: number; readonly to: number } {
  const from = fields.whole("startTime");
  const to = fields.whole("endTime");
  if (from !== undefined && to !== undefined && from > to) return refuse(-1023, "Start time is greater than end time.");
  if (from !== undefined && to !== undefined && to - from > mostDays * day)
    return refuse(-1127, `More than ${mostDays * 24} hours between startTime and endTime.`);
  return { from: from ?? 0, to: to ?? Number.POSITIVE_INFINITY };
}

/** The newest rows of a list that is oldest first, or from the beginning of a span that was asked for. */
export function pageOf<T>(rows: readonly T[], limit: number, fromStart: boolean): readonly T[] {
  return fromStart ? rows.slice(0, limit) : rows.slice(Math.max(0, rows.length - limit));
}

/** Which order: by the venue's number or by the client's. The number goes first. @throws Refused -1102 */
export function readWhich(fields: Fields): { readonly id?: string; readonly clientId?: string } {
  const id = fields.whole("orderId");
  const clientId = fields.text("origClientOrderId");
  if (id !== undefined) return { id: String(id) };
  if (clientId !== undefined) return { clientId };
  return refuse(-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
}

/** The order that was named, open or not. */
export function findOrder(house: AsterHouse, member: Member, fields: Fields): Entry | undefined {
  const market = needMarket(house, fields);
  return house.desk.find(member.name, market.id, readWhich(fields));
}
