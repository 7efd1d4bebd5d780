// What became of positions, and what was settled.
import { symbolOf } from "@bp/core";
import type { Big } from "big.js";
import { money, plain, size } from "../../text.ts";
import type { PastPosition } from "../desks/pastPositions.ts";
import type { SettlementSource } from "../desks/settlements.ts";
import type { BackpackHouse } from "../house.ts";
import { figuresOf } from "../positions.ts";
import { type Route, signed } from "../route.ts";
import { naive } from "../wire/dates.ts";
import { isSymbol, isType, pageOf, readMarketType, readPaging } from "./read.ts";

/** The filter's words, and the sources that each stands for. */
const sources: Readonly<Record<string, readonly SettlementSource[]>> = {
  BackstopLiquidation: [],
  CulledBorrowInterest: [],
  CulledRealizePnl: [],
  CulledRealizePnlBookUtilization: [],
  FundingPayment: ["FundingPayment"],
  RealizePnl: ["RealizePnl"],
  TradingFees: ["TradingFees"],
  TradingFeesSystem: ["TradingFeesSystem"],
};

export const recordRoutes: readonly Route[] = [
  signed(
    "GET",
    "/wapi/v1/history/position",
    "positionHistoryQueryAll",
    "",
    (fields) => ({
      symbol: fields.text("symbol"),
      state: fields.word("state", "PositionState", ["Open", "Closed"] as const),
      type: readMarketType(fields),
      paging: readPaging(fields),
    }),
    (house, { name }, { symbol, state, type, paging }) =>
      pageOf(
        house.pastPositions
          .of(name)
          .filter(
            (each) =>
              isSymbol(each.instrument, symbol) &&
              isType(house.marketOf(each.instrument), type) &&
              (state === undefined || (each.closedAt === undefined) === (state === "Open")),
          ),
        paging,
        (each) => positionRow(house, name, each),
      ),
  ),
  signed(
    "GET",
    "/wapi/v1/history/settlement",
    "settlementHistoryQueryAll",
    "",
    (fields) => ({
      source: fields.word("source", "SettlementSourceFilter", Object.keys(sources)),
      paging: readPaging(fields),
    }),
    (house, { name, userId }, { source, paging }) =>
      pageOf(
        house.settlements
          .of(name)
          .filter((each) => source === undefined || sources[source]?.includes(each.source) === true),
        paging,
        (each) => ({
          quantity: money(each.quantity),
          source: each.source,
          subaccountId: null,
          timestamp: naive(house.times.toldMs(each.at)),
          userId,
          positionId: each.positionId,
          engineSequence: each.sequence,
        }),
      ),
  ),
];

function positionRow(house: BackpackHouse, account: string, past: PastPosition): Record<string, unknown> {
  const { exchange, times } = house;
  const market = house.marketOf(past.instrument);
  const open = past.closedAt === undefined;
  const now = open ? exchange.positions(account).find((each) => each.instrument === past.instrument) : undefined;
  const position = now ?? past.last;
  const figures = figuresOf(exchange, house.positions, market, account, position);
  const long = (value: Big) => plain(value.toFixed(20));
  return {
    id: String(past.id),
    symbol: symbolOf(market.id),
    netQuantity: size(market, position.size),
    netExposureQuantity: open ? size(market, figures.exposure) : "0",
    netExposureNotional: open ? money(figures.exposureNotional) : "0",
    netCost: money(position.cost),
    markPrice: money(figures.mark),
    entryPrice: long(past.entry),
    cumulativePnlRealized: money(past.realized),
    unrealizedPnl: money(position.unrealized),
    fundingQuantity: money(now === undefined ? past.funding : figures.earned.funding),
    interest: "0",
    liquidated: money(past.liquidated),
    imf: money(figures.imf),
    fees: money(past.fees),
    state: open ? "Open" : "Closed",
    closedVolume: money(past.closedVolume),
    liquidationFees: money(past.liquidationFees),
    closingPrice: past.closingPrice === undefined ? null : money(past.closingPrice),
    accountLeverage: String(exchange.terms(account, past.instrument).leverage),
    openedAt: naive(times.toldMs(past.openedAt)),
    closedAt: past.closedAt === undefined ? null : naive(times.toldMs(past.closedAt)),
  };
}
