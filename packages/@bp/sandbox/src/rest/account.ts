// The account itself: settings, money, margin, positions, and how much it could order.
import { fromGrid, gridOf, type Instrument, roundToGrid, symbolOf } from "@bp/core";
import type { SimBalance } from "@bp/sim";
import { Big } from "big.js";
import type { Member } from "../accounts.ts";
import { ok, refuse } from "../answer.ts";
import type { House } from "../house.ts";
import { marginFraction, markOf, positionRow } from "../positions.ts";
import { type Route, signed } from "../route.ts";
import { money, plain } from "../wire/text.ts";
import { isType, needMarket, readMarket, readMarketType } from "./read.ts";

const zero = new Big(0);
const nothing = () => undefined;

export const accountRoutes: readonly Route[] = [
  signed("GET", "/api/v1/account", "accountQuery", "", nothing, (house, member) => ok(account(house, member))),
  signed(
    "PATCH",
    "/api/v1/account",
    "accountUpdate",
    "UpdateAccountSettingsRequest",
    (fields) => ({
      autoBorrowSettlements: fields.flag("autoBorrowSettlements"),
      autoLend: fields.flag("autoLend"),
      autoRepayBorrows: fields.flag("autoRepayBorrows"),
      leverageLimit: fields.decimal("leverageLimit"),
    }),
    (house, member, { leverageLimit, ...flags }) => {
      if (leverageLimit !== undefined) {
        const leverage = Number(leverageLimit);
        if (leverage < 1 || leverage > 50) return refuse("INVALID_CLIENT_REQUEST", "Invalid leverage limit");
        house.exchange.setLeverage(member.name, leverage);
      }
      for (const [key, value] of Object.entries(flags))
        if (value !== undefined) member.settings[key as keyof typeof flags] = value; // the keys of the object above
      return { status: 200 };
    },
  ),
  signed("GET", "/api/v1/capital", "balanceQuery", "", nothing, (house, member) =>
    ok(
      Object.fromEntries(
        house.exchange.balances(member.name).map((balance) => [balance.asset, balanceObject(balance)]),
      ),
    ),
  ),
  signed(
    "GET",
    "/api/v1/capital/collateral",
    "collateralQuery",
    "",
    (fields) => fields.whole("subaccountId", 0xffff),
    (house, member) => ok(collateral(house, member)),
  ),
  signed(
    "GET",
    "/api/v1/position",
    "positionQuery",
    "",
    (fields, house) => ({ market: readMarket(fields, house), type: readMarketType(fields) }),
    (house, member, { market, type }) =>
      ok(
        house.exchange.positions(member.name).flatMap((position) => {
          const of = house.marketOf(position.instrument);
          if (position.size === 0 || (market ?? of).id !== of.id || !isType(of, type)) return [];
          return positionRow(house.exchange, house.positions, of, member, position);
        }),
      ),
  ),
  signed(
    "GET",
    "/api/v1/account/limits/order",
    "maxOrderQuantity",
    "",
    (fields, house) => ({
      market: needMarket(fields, house),
      side: fields.need("side", fields.word("side", "Side", ["Bid", "Ask"] as const), "Side"),
      price: fields.decimal("price"),
      reduceOnly: fields.flag("reduceOnly"),
      autoBorrow: fields.flag("autoBorrow"),
      autoBorrowRepay: fields.flag("autoBorrowRepay"),
      autoLendRedeem: fields.flag("autoLendRedeem"),
    }),
    (house, member, { market, side, price, reduceOnly, ...auto }) =>
      ok({
        autoBorrow: auto.autoBorrow ?? null,
        autoBorrowRepay: auto.autoBorrowRepay ?? null,
        autoLendRedeem: auto.autoLendRedeem ?? null,
        maxOrderQuantity: mostQuantity(house, member, market, side, price, reduceOnly ?? false),
        price: price ?? null,
        side,
        symbol: symbolOf(market.id),
        reduceOnly: reduceOnly ?? null,
      }),
  ),
];

function account(house: House, member: Member): Record<string, unknown> {
  const { exchange } = house;
  const terms = (kind: "spot" | "perp") => {
    const market = house.markets().find((each) => each.kind === kind) ?? house.markets()[0];
    return market === undefined ? undefined : exchange.terms(member.name, market.id);
  };
  const futures = terms("perp");
  const spot = terms("spot");
  const { autoBorrowSettlements, autoLend, autoRepayBorrows } = member.settings;
  return {
    autoBorrowSettlements,
    autoLend,
    autoRealizePnl: true,
    autoRepayBorrows,
    borrowLimit: "5000000",
    futuresMakerFee: basisPoints(futures?.maker),
    futuresTakerFee: basisPoints(futures?.taker),
    leverageLimit: String(futures?.leverage ?? spot?.leverage ?? 10),
    limitOrders: exchange.openOrders(member.name).length,
    liquidating: false,
    positionLimit: "10000000",
    spotMakerFee: basisPoints(spot?.maker),
    spotTakerFee: basisPoints(spot?.taker),
    triggerOrders: 0,
  };
}

const basisPoints = (fraction: string | undefined) => money(new Big(fraction ?? "0").times(10_000));

function balanceObject({ total, locked }: SimBalance): Record<string, string> {
  return { available: money(new Big(total).minus(locked)), locked: money(locked), staked: "0" };
}

/** What one unit of an asset is worth in USDC, by the market that trades it. */
function worth(house: House, asset: string): Big {
  if (asset === "USDC") return new Big(1);
  const market =
    house.markets().find((each) => each.base === asset && each.kind === "spot") ??
    house.markets().find((each) => each.base === asset);
  return market === undefined ? zero : markOf(house.exchange, market);
}

function collateral(house: House, member: Member): Record<string, unknown> {
  const { exchange } = house;
  const margin = exchange.margin(member.name);
  let assets = zero;
  const rows = exchange.balances(member.name).map((balance) => {
    const mark = worth(house, balance.asset);
    const notional = mark.times(balance.total);
    // Perpetuals settle in USDC and the simulated margin counts nothing else.
    const weight = balance.asset === "USDC" ? 1 : 0;
    assets = assets.plus(notional.times(weight));
    return {
      assetMarkPrice: money(mark),
      availableQuantity: money(new Big(balance.total).minus(balance.locked)),
      balanceNotional: money(notional),
      collateralValue: money(notional.times(weight)),
      collateralWeight: String(weight),
      lendQuantity: "0",
      openOrderQuantity: money(balance.locked),
      symbol: balance.asset,
      totalQuantity: money(balance.total),
    };
  });
  let exposure = zero;
  let unrealized = zero;
  for (const position of exchange.positions(member.name)) {
    const market = house.marketOf(position.instrument);
    exposure = exposure.plus(new Big(position.size).times(market.lotSize).abs().times(markOf(exchange, market)));
    unrealized = unrealized.plus(position.unrealized);
  }
  const share = (part: string) => (exposure.eq(0) ? "0" : plain(new Big(part).div(exposure).toFixed(8)));
  return {
    assetsValue: money(assets),
    borrowLiability: "0",
    collateral: rows,
    imf: share(margin.initial),
    liabilitiesValue: "0",
    marginFraction: exposure.eq(0) ? null : plain(new Big(margin.equity).div(exposure).toFixed(8)),
    mmf: share(margin.maintenance),
    netEquity: money(margin.equity),
    netEquityAvailable: money(margin.available),
    netEquityLocked: money(new Big(margin.equity).minus(margin.available)),
    netExposureFutures: money(exposure),
    pnlUnrealized: money(unrealized),
    unsettledEquity: "0",
  };
}

/** The largest order that the money allows, rounded down to the step. Perpetuals: by the initial margin at that size. */
function mostQuantity(
  house: House,
  member: Member,
  market: Instrument,
  side: "Bid" | "Ask",
  priceText: string | undefined,
  reduceOnly: boolean,
): string {
  const { exchange } = house;
  const book = exchange.book(market.id, 1);
  const touch = (side === "Bid" ? book.asks : book.bids)[0]?.[0];
  const price =
    priceText !== undefined
      ? new Big(priceText)
      : touch !== undefined
        ? new Big(touch).times(market.tickSize)
        : markOf(exchange, market);
  const step = gridOf(market.lotSize);
  const floored = (value: Big) => plain(fromGrid(value.lte(0) ? 0 : roundToGrid(value, step, "floor"), step));
  if (market.kind === "spot") {
    const asset = side === "Bid" ? market.quote : market.base;
    const balance = exchange.balances(member.name).find((each) => each.asset === asset);
    const free = balance === undefined ? zero : new Big(balance.total).minus(balance.locked);
    return floored(side === "Ask" ? free : price.eq(0) ? zero : free.div(price));
  }
  const held = exchange.positions(member.name).find((each) => each.instrument === market.id)?.size ?? 0;
  const closable = new Big(side === "Bid" ? Math.max(0, -held) : Math.max(0, held)).times(market.lotSize);
  if (reduceOnly || price.eq(0)) return floored(closable);
  const terms = exchange.terms(member.name, market.id);
  const { available } = exchange.margin(member.name);
  // The requirement grows with the size: a few rounds find where it meets what is free.
  const least = new Big(1).div(terms.leverage);
  let notional = new Big(available).div(least.plus(terms.taker));
  for (let round = 0; round < 8; round++) {
    const asked = market.margin === undefined ? least : marginFraction(market.margin.initial, notional);
    notional = new Big(available).div((asked.gt(least) ? asked : least).plus(terms.taker));
  }
  return floored(closable.times(2).plus(notional.div(price)));
}
