// Borrowing and lending: markets, loans, movements, interest.

import { Big } from "big.js";
import { ok } from "../../answer.ts";
import { digits, money, plain } from "../../text.ts";
import type { Member } from "../accounts.ts";
import { loanMargin, openLimit } from "../desks/lending.ts";
import type { Loan, LoanRefusal, Pool } from "../desks/loan.ts";
import { lendingRules } from "../desks/rates.ts";
import { assetsOf, dollar, worth } from "../desks/worth.ts";
import { bodyFields, type Fields } from "../fields.ts";
import type { BackpackHouse } from "../house.ts";
import { marginFraction } from "../positions.ts";
import { refuse, unreadable } from "../refuse.ts";
import { publicGet, type Route, session, signed } from "../route.ts";
import { naive, zoned } from "../wire/dates.ts";
import { needAsset, pageOf, readAsset, readPaging } from "./read.ts";

const nothing = () => undefined;
const day = 86_400_000;
const spans = { "1d": day, "1w": 7 * day, "1month": 30 * day, "1year": 365 * day } as const;
const spanNames = ["1d", "1w", "1month", "1year"] as const;
const states = ["Open", "Closed"] as const;
const sides = ["Borrow", "Lend"] as const;
const events = ["Borrow", "BorrowRepay", "Lend", "LendRedeem"] as const;

/** The venue's words for why a loan is not made. */
const loanRefusals: Readonly<Record<LoanRefusal, string>> = {
  INSUFFICIENT_FUNDS: "Insufficient funds",
  INSUFFICIENT_MARGIN: "Insufficient margin",
  INSUFFICIENT_SUPPLY: "Insufficient supply",
  BORROW_LIMIT: "Borrow limit exceeded",
  LEND_LIMIT: "Lend limit exceeded",
};

export const lendRoutes: readonly Route[] = [
  publicGet("/api/v1/borrowLend/markets", nothing, (house) => ok(assetsOf(house).map((asset) => market(house, asset)))),
  publicGet(
    "/api/v1/borrowLend/markets/history",
    (fields, house) => ({
      interval: fields.need("interval", fields.word("interval", "BorrowLendHistoryInterval", spanNames)),
      asset: readAsset(fields, house),
    }),
    (house, { interval, asset }) => {
      const { times, lending, exchange } = house;
      const since = times.now() - spans[interval];
      const of = asset === undefined ? assetsOf(house) : [asset];
      return ok(
        of.flatMap((each) =>
          [...lending.pools.history(each), { ...lending.pools.of(each), at: exchange.now() }]
            .map(({ at, ...pool }) => ({ ...figures(pool), timestamp: zoned(times.toldMs(at)), at: times.toldMs(at) }))
            .filter((row) => row.at >= since)
            .map(({ at: _at, ...row }) => row),
        ),
      );
    },
  ),
  publicGet(
    "/api/v1/borrowLend/apy",
    (fields) => fields.text("tierId"),
    (house) =>
      ok({
        borrowLend: assetsOf(house).map((symbol) => {
          const { borrow, lend } = house.lending.pools.of(symbol);
          return { symbol, borrowRate: money(borrow), lendRate: money(lend) };
        }),
        staking: assetsOf(house).includes("SOL") ? [{ symbol: "SOL", dilutionFactor: "1", stakingRate: "0.06" }] : [],
      }),
  ),
  signed("GET", "/api/v1/borrowLend/positions", "borrowLendPositionQuery", "", nothing, (house, member) =>
    ok(house.lending.running(member.name).map((loan) => loanRow(house, loan))),
  ),
  signed(
    "POST",
    "/api/v1/borrowLend",
    "borrowLendExecute",
    "BorrowLendExecutePayload",
    readLoan,
    (house, { name }, { asset, side, quantity }) => {
      const amount = checkQuantity(quantity);
      const refusal = house.lending.execute(name, asset, side, amount, { source: "Manual" });
      return refusal === undefined ? { status: 200 } : refuse(refusal, loanRefusals[refusal]);
    },
  ),
  session(
    "GET",
    "/api/v1/borrowLend/position/liquidationPrice",
    "",
    (fields, house) => {
      fields.whole("subaccountId", 0xffff);
      const text = Buffer.from(fields.need("borrow", fields.text("borrow")), "base64").toString("utf8");
      return readLoan(bodyFields(json(text), "BorrowLendExecutePayload"), house);
    },
    (house, member, { asset, side, quantity }) => {
      const change = side === "Lend" ? checkQuantity(quantity) : checkQuantity(quantity).times(-1);
      return ok({
        liquidationPrice: liquidationPrice(house, member, asset, house.lending.net(member.name, asset).plus(change)),
        markPrice: money(worth(house, asset)),
      });
    },
  ),
  signed(
    "GET",
    "/wapi/v1/history/borrowLend",
    "borrowHistoryQueryAll",
    "",
    (fields, house) => ({
      type: fields.word("type", "BorrowLendEventType", events),
      sources: fields.text("sources")?.split(","),
      positionId: fields.text("positionId"),
      asset: readAsset(fields, house),
      paging: readPaging(fields),
    }),
    (house, { name }, ask) =>
      pageOf(
        house.lending
          .movements(name)
          .filter(
            (each) =>
              (ask.type ?? each.event) === each.event &&
              (ask.sources?.includes(each.source) ?? true) &&
              (ask.positionId ?? each.positionId) === each.positionId &&
              (ask.asset ?? each.asset) === each.asset,
          ),
        ask.paging,
        (each) => ({
          eventType: each.event,
          positionId: each.positionId,
          positionQuantity: money(each.positionQuantity),
          quantity: money(each.quantity),
          source: each.source,
          symbol: each.asset,
          timestamp: naive(house.times.toldMs(each.at)),
          spotMarginOrderId: each.orderId ?? null,
        }),
      ),
  ),
  signed(
    "GET",
    "/wapi/v1/history/borrowLend/positions",
    "borrowPositionHistoryQueryAll",
    "",
    (fields, house) => ({
      asset: readAsset(fields, house),
      side: fields.word("side", "BorrowLendSide", sides),
      state: fields.word("state", "BorrowLendPositionState", states),
      paging: readPaging(fields),
    }),
    (house, { name }, ask) =>
      pageOf(
        house.lending
          .past(name)
          .filter(
            (loan) =>
              (ask.asset ?? loan.asset) === loan.asset &&
              (ask.side ?? loan.side) === loan.side &&
              (ask.state === undefined || loan.net.eq(0) === (ask.state === "Closed")),
          ),
        ask.paging,
        (loan) => ({
          positionId: loan.id,
          quantity: money(loan.net.abs()),
          symbol: loan.asset,
          source: loan.source,
          cumulativeInterest: money(loan.interest),
          avgInterestRate: loan.hours === 0 ? "0" : plain(loan.rates.div(loan.hours).toFixed(8)),
          side: loan.side,
          createdAt: naive(house.times.toldMs(loan.createdAt)),
        }),
      ),
  ),
  signed(
    "GET",
    "/wapi/v1/history/interest",
    "interestHistoryQueryAll",
    "",
    (fields, house) => ({
      asset: readAsset(fields, house, "asset"),
      symbol: fields.text("symbol"),
      positionId: fields.text("positionId"),
      source: fields.word("source", "InterestPaymentSource", ["UnrealizedPnl", "BorrowLend"] as const),
      paging: readPaging(fields),
    }),
    (house, { name }, ask) =>
      pageOf(
        house.lending
          .payments(name)
          .filter(
            (each) =>
              ask.source !== "UnrealizedPnl" &&
              (ask.asset ?? each.asset) === each.asset &&
              (ask.symbol === undefined || ask.symbol === each.asset || ask.symbol === marketName(each.asset)) &&
              (ask.positionId ?? each.positionId) === each.positionId,
          ),
        ask.paging,
        (each) => ({
          paymentType: each.side,
          interestRate: money(each.rate),
          interval: 1,
          marketSymbol: marketName(each.asset),
          positionId: each.positionId,
          quantity: money(each.quantity),
          symbol: each.asset,
          timestamp: naive(house.times.toldMs(each.at)),
        }),
      ),
  ),
];

const marketName = (asset: string) => `${asset}_${dollar}`;

function readLoan(fields: Fields, house: BackpackHouse) {
  return {
    asset: needAsset(fields, house),
    side: fields.need("side", fields.word("side", "BorrowLendSide", sides), "BorrowLendSide"),
    quantity: fields.need("quantity", fields.decimal("quantity"), "decimal"),
  };
}

function checkQuantity(text: string): Big {
  if (digits(plain(text)) > digits(lendingRules.stepSize))
    return refuse("INVALID_CLIENT_REQUEST", "Quantity decimal too long");
  const quantity = new Big(text);
  return quantity.gt(0) ? quantity : refuse("INVALID_QUANTITY", "Invalid quantity");
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return unreadable("failed to parse parameter `borrow`: parse error");
  }
}

function figures({ lent, borrowed, utilization, borrow, lend }: Pool): Record<string, string> {
  return {
    borrowInterestRate: money(borrow),
    borrowedQuantity: money(borrowed),
    lendInterestRate: money(lend),
    lentQuantity: money(lent),
    utilization: money(utilization),
  };
}

function market(house: BackpackHouse, asset: string): Record<string, unknown> {
  const price = worth(house, asset);
  return {
    state: "Open",
    assetMarkPrice: money(price),
    ...figures(house.lending.pools.of(asset)),
    fee: lendingRules.fee,
    maxUtilization: lendingRules.most,
    openBorrowLendLimit: price.eq(0) ? "0" : plain(new Big(openLimit).div(price).toFixed(2)),
    optimalUtilization: lendingRules.optimal,
    symbol: asset,
    timestamp: zoned(Math.floor(house.times.now())),
    throttleUtilizationThreshold: "0.9",
    throttleUtilizationBound: "0.92",
    throttleUpdateFraction: "0.01",
    stepSize: lendingRules.stepSize,
  };
}

function loanRow(house: BackpackHouse, loan: Loan): Record<string, unknown> {
  const price = worth(house, loan.asset);
  const owed = loan.net.lt(0) ? loan.net.abs() : new Big(0); // what is lent has no exposure
  const notional = owed.times(price);
  const member = house.members.find(({ name }) => name === loan.account);
  return {
    cumulativeInterest: money(loan.interest),
    id: loan.id,
    imf: money(marginFraction(loanMargin.initial, notional)),
    imfFunction: { type: "sqrt", ...loanMargin.initial },
    netQuantity: money(loan.net),
    markPrice: money(price),
    mmf: money(marginFraction(loanMargin.maintenance, notional)),
    mmfFunction: { type: "sqrt", ...loanMargin.maintenance },
    netExposureQuantity: money(owed),
    netExposureNotional: money(notional),
    symbol: loan.asset,
    estLiquidationPrice: member === undefined ? "0" : liquidationPrice(house, member, loan.asset, loan.net),
  };
}

/** The price of the asset at which what the account has would no longer carry its debt; "0" where none would do that. */
function liquidationPrice(house: BackpackHouse, member: Member, asset: string, net: Big): string {
  if (asset === dollar || net.gte(0)) return "0";
  const owed = net.abs();
  const mmf = marginFraction(loanMargin.maintenance, owed.times(worth(house, asset)));
  const { equity, maintenance } = house.exchange.margin(member.name, dollar);
  const others = house.lending
    .running(member.name)
    .filter((loan) => loan.asset !== asset && loan.net.lt(0))
    .reduce((sum, loan) => sum.minus(loan.net.times(worth(house, loan.asset))), new Big(0));
  const carries = new Big(equity).minus(maintenance).minus(others);
  return carries.gt(0) ? plain(carries.div(owed.times(mmf.plus(1))).toFixed(8)) : "0";
}
