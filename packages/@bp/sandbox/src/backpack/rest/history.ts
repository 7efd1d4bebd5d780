// What has been: fills, orders, funding. Newest first, in pages.
import { symbolOf } from "@bp/core";
import { ok } from "../../answer.ts";
import { money } from "../../text.ts";
import { type Route, signed } from "../route.ts";
import { naiveSeconds } from "../wire/dates.ts";
import { pastFill, pastOrder } from "../wire/order.ts";
import { rate } from "./markets.ts";
import { isSymbol, isType, paged, readDirection, readMarketType, readPage } from "./read.ts";

const fillTypes = [
  "User",
  "BookLiquidation",
  "Adl",
  "Backstop",
  "Liquidation",
  "AllLiquidation",
  "CollateralConversion",
  "CollateralConversionAndSpotLiquidation",
] as const;

export const historyRoutes: readonly Route[] = [
  signed(
    "GET",
    "/wapi/v1/history/fills",
    "fillHistoryQueryAll",
    "",
    (fields) => ({
      orderId: fields.text("orderId"),
      strategyId: fields.text("strategyId"),
      from: fields.whole("from", Number.MAX_SAFE_INTEGER),
      to: fields.whole("to", Number.MAX_SAFE_INTEGER),
      symbol: fields.text("symbol"),
      page: readPage(fields),
      fillType: fields.word("fillType", "FillType", fillTypes),
      type: readMarketType(fields),
      direction: readDirection(fields),
    }),
    (house, member, { orderId, strategyId, from, to, symbol, page, fillType, type, direction }) => {
      const found = house.exchange.fills(member.name).filter((fill) => {
        const at = house.times.toldMs(fill.at);
        return (
          isSymbol(fill.instrument, symbol) &&
          isOfType(house.isSystem(fill.orderId), fillType) &&
          (orderId === undefined || fill.orderId === orderId) &&
          (strategyId === undefined || house.notes.of(fill.orderId).strategyId === strategyId) &&
          at >= (from ?? 0) &&
          at < (to ?? Number.POSITIVE_INFINITY) &&
          isType(house.marketOf(fill.instrument), type)
        );
      });
      const { rows, headers } = paged(direction === "Asc" ? found : found.toReversed(), page);
      return {
        ...ok(
          rows.map((fill) =>
            pastFill(house.marketOf(fill.instrument), fill, house.times, house.isSystem(fill.orderId)),
          ),
        ),
        headers,
      };
    },
  ),
  signed(
    "GET",
    "/wapi/v1/history/orders",
    "orderHistoryQueryAll",
    "",
    (fields) => ({
      orderId: fields.text("orderId"),
      strategyId: fields.text("strategyId"),
      symbol: fields.text("symbol"),
      page: readPage(fields),
      type: readMarketType(fields),
      direction: readDirection(fields),
    }),
    (house, member, { orderId, strategyId, symbol, page, type, direction }) => {
      const found = house.exchange
        .orderHistory(member.name)
        .filter(
          (order) =>
            isSymbol(order.instrument, symbol) &&
            (orderId === undefined || order.id === orderId) &&
            (strategyId === undefined || house.notes.of(order.id).strategyId === strategyId) &&
            isType(house.marketOf(order.instrument), type),
        );
      const { rows, headers } = paged(direction === "Asc" ? found.toReversed() : found, page);
      return {
        ...ok(
          rows.map((order) =>
            pastOrder(
              house.marketOf(order.instrument),
              order,
              house.times,
              house.notes.of(order.id),
              house.isSystem(order.id),
            ),
          ),
        ),
        headers,
      };
    },
  ),
  signed(
    "GET",
    "/wapi/v1/history/funding",
    "fundingHistoryQueryAll",
    "",
    (fields) => ({
      subaccountId: fields.whole("subaccountId", 0xffff),
      symbol: fields.text("symbol"),
      page: readPage(fields),
      direction: readDirection(fields),
    }),
    (house, member, { symbol, page, direction }) => {
      const found = house.exchange
        .fundingPayments(member.name)
        .filter((payment) => isSymbol(payment.instrument, symbol));
      const { rows, headers } = paged(direction === "Asc" ? found : found.toReversed(), page);
      const json = rows.map((payment) => ({
        fundingRate: rate(payment.rate),
        intervalEndTimestamp: naiveSeconds(house.times.toldMs(payment.at)),
        quantity: money(payment.amount),
        subaccountId: 0,
        symbol: symbolOf(payment.instrument),
        userId: member.userId,
      }));
      return { ...ok(json), headers };
    },
  ),
];

/** Liquidations on the book are the only fills here that the user did not order. */
function isOfType(system: boolean, type: (typeof fillTypes)[number] | undefined): boolean {
  if (type === undefined) return true;
  if (type === "User") return !system;
  return system && (type === "BookLiquidation" || type === "Liquidation" || type === "AllLiquidation");
}
