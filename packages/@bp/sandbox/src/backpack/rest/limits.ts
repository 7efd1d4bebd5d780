// How much an account could order, borrow, withdraw.
import { fromGrid, gridOf, type Instrument, roundToGrid, symbolOf } from "@bp/core";
import { Big } from "big.js";
import { ok } from "../../answer.ts";
import { money, plain } from "../../text.ts";
import type { Member } from "../accounts.ts";
import type { BackpackHouse } from "../house.ts";
import { marginFraction, markOf } from "../positions.ts";
import { type Route, signed } from "../route.ts";
import { needAsset, needMarket } from "./read.ts";

const zero = new Big(0);

export const limitRoutes: readonly Route[] = [
  signed("GET", "/api/v1/account/limits/borrow", "maxBorrowQuantity", "", needAsset, (house, { name }, asset) =>
    ok({ maxBorrowQuantity: money(house.lending.most(name, asset)), symbol: asset }),
  ),
  signed(
    "GET",
    "/api/v1/account/limits/withdrawal",
    "maxWithdrawalQuantity",
    "",
    (fields, house) => ({
      asset: needAsset(fields, house),
      borrow: fields.flag("autoBorrow"),
      redeem: fields.flag("autoLendRedeem"),
    }),
    (house, { name }, { asset, borrow, redeem }) => {
      const most = within(house, name, asset, { borrow: borrow ?? false, redeem: redeem ?? false });
      return ok({
        autoBorrow: borrow ?? null,
        autoLendRedeem: redeem ?? null,
        maxWithdrawalQuantity: money(most),
        symbol: asset,
      });
    },
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
        maxOrderQuantity: mostQuantity(house, member, market, side, price, {
          reduceOnly: reduceOnly ?? false,
          borrow: auto.autoBorrow ?? false,
          redeem: auto.autoLendRedeem ?? false,
        }),
        price: price ?? null,
        side,
        symbol: symbolOf(market.id),
        reduceOnly: reduceOnly ?? null,
      }),
  ),
];

/** Where more may come from than what is free. */
interface Means {
  readonly redeem: boolean;
  readonly borrow: boolean;
}

/** What an account can lay its hands on of an asset. */
function within(house: BackpackHouse, account: string, asset: string, { redeem, borrow }: Means): Big {
  const lent = house.lending.net(account, asset);
  const back = redeem && lent.gt(0) ? lent : zero;
  const more = borrow && (redeem || lent.lte(0)) ? house.lending.most(account, asset) : zero; // who lends borrows nothing
  return house.till.free(account, asset).plus(back).plus(more);
}

/** The largest order that the money allows, rounded down to the step. Perpetuals: by the initial margin at that size. */
function mostQuantity(
  house: BackpackHouse,
  member: Member,
  market: Instrument,
  side: "Bid" | "Ask",
  priceText: string | undefined,
  { reduceOnly, ...means }: Means & { readonly reduceOnly: boolean },
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
    const free = within(house, member.name, asset, means);
    return floored(side === "Ask" ? free : price.eq(0) ? zero : free.div(price));
  }
  const held = exchange.positions(member.name).find((each) => each.instrument === market.id)?.size ?? 0;
  const closable = new Big(side === "Bid" ? Math.max(0, -held) : Math.max(0, held)).times(market.lotSize);
  if (reduceOnly || price.eq(0)) return floored(closable);
  const terms = exchange.terms(member.name, market.id);
  const available = new Big(exchange.margin(member.name).available).minus(house.lending.burden(member.name));
  // The requirement grows with the size: a few rounds find where it meets what is free.
  const least = new Big(1).div(terms.leverage);
  let notional = available.div(least.plus(terms.taker));
  for (let round = 0; round < 8; round++) {
    const asked = market.margin === undefined ? least : marginFraction(market.margin.initial, notional);
    notional = available.div((asked.gt(least) ? asked : least).plus(terms.taker));
  }
  return floored(closable.times(2).plus(notional.div(price)));
}
