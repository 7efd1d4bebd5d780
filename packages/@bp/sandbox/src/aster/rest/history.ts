// What has been: fills, income, liquidations; on spot also every change of a balance.
import { type InstrumentId, priceText, sizeText, symbolOf } from "@bp/core";
import type { SimFill } from "@bp/sim";
import { Big } from "big.js";
import { longNumber } from "../../text.ts";
import type { Member } from "../accounts.ts";
import type { Fields } from "../fields.ts";
import type { AsterHouse } from "../house.ts";
import { refuse } from "../refuse.ts";
import { both, type Route, signed } from "../route.ts";
import { exactly, paid } from "../wire/numbers.ts";
import { orderJson, positionSideOf, sideOf } from "../wire/order.ts";
import { bySymbol, needMarket, pageOf, readLimit, readMarket, readSpan } from "./read.ts";

const day = 86_400_000;

export const historyRoutes: readonly Route[] = [
  signed("GET", both("userTrades"), 5, (house, member, fields) => {
    const market = house.service === "futures" ? needMarket(house, fields) : readMarket(house, fields);
    const orderId = fields.whole("orderId");
    if (orderId !== undefined && market === undefined)
      return refuse(-1128, "Combination of optional parameters invalid.");
    const fromId = fields.whole("fromId");
    const { from, to } = readSpan(fields, 7);
    if (fromId !== undefined && (from > 0 || Number.isFinite(to)))
      return refuse(-1128, "Combination of optional parameters invalid.");
    const rows = house.exchange.fills(member.name, market?.id).filter((fill) => {
      const at = house.times.toldMs(fill.at);
      return (
        at >= from &&
        at <= to &&
        fill.tradeId >= (fromId ?? 0) &&
        (orderId === undefined || Number(fill.orderId) === orderId)
      );
    });
    const page = pageOf(rows, readLimit(fields, 500, 1000), from > 0 || fromId !== undefined);
    return page.map((fill) => (house.service === "futures" ? futuresFill(house, fill) : spotFill(house, member, fill)));
  }),
];

/** Futures alone. */
export const futuresHistoryRoutes: readonly Route[] = [
  signed("GET", both("income"), 30, (house, member, fields) => {
    const type = fields.text("incomeType")?.toUpperCase();
    return entries(house, member, fields, type).map((entry) => ({
      symbol: symbolOr(entry.instrument),
      incomeType: entry.type,
      income: paid(entry.amount),
      asset: entry.asset,
      info: entry.info,
      time: house.times.toldMs(entry.at),
      tranId: String(entry.id),
      tradeId: entry.tradeId === undefined ? "" : String(entry.tradeId),
    }));
  }),
  signed("GET", both("forceOrders"), bySymbol(20, 50), (house, member, fields) => {
    const market = readMarket(house, fields);
    const type = fields.word(
      "autoCloseType",
      ["LIQUIDATION", "ADL"] as const,
      -1130,
      "Data sent for parameter 'autoCloseType' is not valid.",
    );
    const { from, to } = readSpan(fields);
    const rows = house.desk.list(member.name, market?.id).filter(({ system, order }) => {
      const at = house.times.toldMs(order.createdAt);
      return system && type !== "ADL" && at >= from && at <= to;
    });
    return pageOf(rows, readLimit(fields, 50, 100), from > 0).map((entry) => {
      const { priceProtect: _, ...row } = orderJson(house, entry, "queried");
      return row;
    });
  }),
];

/** Spot alone. */
export const spotHistoryRoutes: readonly Route[] = [
  signed("GET", both("transactionHistory"), 30, (house, member, fields) => {
    const asset = fields.text("asset");
    return entries(house, member, fields, fields.text("type")?.toUpperCase())
      .filter((entry) => (asset ?? entry.asset) === entry.asset)
      .map((entry) => ({
        tranId: longNumber(`175911548${String(entry.id).padStart(10, "0")}`),
        tradeId: entry.tradeId ?? null,
        asset: entry.asset,
        symbol: symbolOr(entry.instrument),
        balanceDelta: paid(entry.amount),
        balanceInfo: entry.info === String(entry.tradeId) ? entry.type : entry.info,
        time: house.times.toldMs(entry.at),
        type: entry.type,
      }));
  }),
];

const symbolOr = (id: InstrumentId | undefined) => (id === undefined ? "" : symbolOf(id));

/** Entries of the last days, or of a span. */
function entries(house: AsterHouse, member: Member, fields: Fields, type: string | undefined) {
  const market = readMarket(house, fields);
  const { from, to } = readSpan(fields);
  const since = from > 0 ? from : house.times.now() - 7 * day;
  const rows = house.journal.list(member.name).filter((entry) => {
    const at = house.times.toldMs(entry.at);
    return (
      at >= since &&
      at <= to &&
      (type ?? entry.type) === entry.type &&
      (market?.id ?? entry.instrument) === entry.instrument
    );
  });
  return pageOf(rows, readLimit(fields, 100, 1000), from > 0);
}

function shared(house: AsterHouse, fill: SimFill) {
  const market = house.marketOf(fill.instrument);
  const [price, qty] = [priceText(market, fill.price), sizeText(market, fill.size)];
  return {
    symbol: symbolOf(fill.instrument),
    id: fill.tradeId,
    orderId: Number(fill.orderId),
    side: sideOf(fill),
    price,
    qty,
    quoteQty: exactly(new Big(price).times(qty)),
    commission: paid(fill.fee),
    commissionAsset: fill.feeAsset,
    time: house.times.toldMs(fill.at),
    maker: fill.liquidity === "maker",
    buyer: fill.side === "buy",
  };
}

const futuresFill = (house: AsterHouse, fill: SimFill) => ({
  ...shared(house, fill),
  positionSide: positionSideOf(fill),
  realizedPnl: paid(fill.realized ?? "0"),
});

const spotFill = (house: AsterHouse, member: Member, fill: SimFill) => ({
  ...shared(house, fill),
  counterpartyId: member.accountId + 1000,
  createUpdateId: null,
});
