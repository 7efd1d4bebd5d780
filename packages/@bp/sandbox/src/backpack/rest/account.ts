// The account itself: settings, money, margin, positions, and how much it could order.
import type { SimBalance } from "@bp/sim";
import { Big } from "big.js";
import { ok } from "../../answer.ts";
import { money } from "../../text.ts";
import type { Member } from "../accounts.ts";
import { borrowLimit } from "../desks/lending.ts";
import type { BackpackHouse } from "../house.ts";
import { positionRow } from "../positions.ts";
import { refuse } from "../refuse.ts";
import { type Route, signed } from "../route.ts";
import { collateral } from "./collateral.ts";
import { isType, readMarket, readMarketType } from "./read.ts";

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
];

function account(house: BackpackHouse, member: Member): Record<string, unknown> {
  const { exchange } = house;
  const terms = (kind: "spot" | "perp") => {
    const market = house.markets().find((each) => each.kind === kind) ?? house.markets()[0];
    return market === undefined ? undefined : exchange.terms(member.name, market.id);
  };
  const futures = terms("perp");
  const spot = terms("spot");
  const { autoBorrowSettlements, autoLend, autoRepayBorrows } = member.settings;
  const orders = exchange.openOrders(member.name);
  const waiting = orders.filter(({ status }) => status === "waiting").length;
  return {
    autoBorrowSettlements,
    autoLend,
    autoRealizePnl: true,
    autoRepayBorrows,
    borrowLimit: String(borrowLimit),
    futuresMakerFee: basisPoints(futures?.maker),
    futuresTakerFee: basisPoints(futures?.taker),
    leverageLimit: String(futures?.leverage ?? spot?.leverage ?? 10),
    limitOrders: orders.length - waiting,
    liquidating: false,
    positionLimit: "10000000",
    spotMakerFee: basisPoints(spot?.maker),
    spotTakerFee: basisPoints(spot?.taker),
    triggerOrders: waiting,
  };
}

const basisPoints = (fraction: string | undefined) => money(new Big(fraction ?? "0").times(10_000));

function balanceObject({ total, locked }: SimBalance): Record<string, string> {
  return { available: money(new Big(total).minus(locked)), locked: money(locked), staked: "0" };
}
