// Deposits, withdrawals, dust, second factors.
import { Big } from "big.js";
import { type Answer, ok } from "../../answer.ts";
import { money } from "../../text.ts";
import type { Member } from "../accounts.ts";
import { addressOf, blockchains } from "../desks/chains.ts";
import type { Delay, Deposit, FundsRefusal, Withdrawal } from "../desks/funds.ts";
import { assetsOf } from "../desks/worth.ts";
import type { Fields } from "../fields.ts";
import type { BackpackHouse } from "../house.ts";
import { fault, notFound, refuse } from "../refuse.ts";
import { type Route, session, signed } from "../route.ts";
import { naive } from "../wire/dates.ts";
import { needAsset, pageOf, readAsset, readPage, readPaging } from "./read.ts";

const whole = Number.MAX_SAFE_INTEGER;

const refusals: Readonly<Record<FundsRefusal, Answer>> = {
  "no-funds": fault(400, "INSUFFICIENT_FUNDS", "Insufficient funds"),
  "below-minimum": fault(400, "INVALID_QUANTITY", "Quantity is below the minimum"),
  address: fault(403, "FORBIDDEN", "Address is not in the address book with two factor exemption"),
  "two-factor": fault(400, "INVALID_TWO_FACTOR_CODE", "Invalid two factor code"),
  "not-dust": fault(400, "INVALID_QUANTITY", "Balance is not dust"),
  "duplicate-client-id": fault(409, "PRECONDITION_FAILED", "Withdrawal with client ID already exists"),
};

const readChain = (fields: Fields) =>
  fields.need("blockchain", fields.word("blockchain", "Blockchain", blockchains), "Blockchain");

const readSpan = (fields: Fields) =>
  ({
    from: fields.whole("from", whole),
    to: fields.whole("to", whole),
    paging: { page: readPage(fields), direction: "Desc" },
  }) as const;

const inside = (at: number, { from, to }: { readonly from: number | undefined; readonly to: number | undefined }) =>
  at >= (from ?? 0) && at < (to ?? Number.POSITIVE_INFINITY);

export const capitalRoutes: readonly Route[] = [
  signed(
    "GET",
    "/wapi/v1/capital/deposits",
    "depositQueryAll",
    "",
    (fields) => ({ ...readSpan(fields), outsideOnly: fields.flag("excludePlatform") ?? false }),
    (house, { name }, ask) =>
      pageOf(
        house.funds
          .deposits(name)
          .filter(
            (each) => inside(house.times.toldMs(each.at), ask) && !(ask.outsideOnly && each.source === "internal"),
          ),
        ask.paging,
        (deposit) => depositRow(house, deposit),
      ),
  ),
  signed("GET", "/wapi/v1/capital/deposit/address", "depositAddressQuery", "", readChain, (_house, { name }, chain) =>
    ok({ address: addressOf(chain, name) }),
  ),
  signed(
    "GET",
    "/wapi/v1/capital/withdrawals",
    "withdrawalQueryAll",
    "",
    (fields) => ({ ...readSpan(fields), id: fields.whole("id", whole), clientId: fields.text("clientId") }),
    (house, { name }, ask) =>
      pageOf(
        house.funds
          .withdrawals(name)
          .filter(
            (each) =>
              inside(house.times.toldMs(each.at), ask) &&
              (ask.id ?? each.id) === each.id &&
              (ask.clientId === undefined || ask.clientId === each.clientId),
          ),
        ask.paging,
        (withdrawal) => withdrawalRow(house, withdrawal),
      ),
  ),
  signed("POST", "/wapi/v1/capital/withdrawals", "withdraw", "AccountWithdrawalPayload", readWithdrawal, withdraw),
  session(
    "GET",
    "/wapi/v1/capital/withdrawals/delay",
    "",
    () => undefined,
    (house, { name }) => {
      const delay = house.funds.delay(name);
      return delay === undefined ? { status: 204 } : ok(delayRow(house, delay));
    },
  ),
  session(
    "POST",
    "/wapi/v1/capital/withdrawals/delay",
    "CreateWithdrawalDelayRequest",
    readDelay,
    (house, { name }, hours) => {
      if (house.funds.delay(name) !== undefined)
        return fault(409, "PRECONDITION_FAILED", "Withdrawal delay already exists");
      house.funds.setDelay(name, hours);
      return { status: 200 };
    },
  ),
  session(
    "PATCH",
    "/wapi/v1/capital/withdrawals/delay",
    "UpdateWithdrawalDelayRequest",
    readDelay,
    (house, { name }, hours) =>
      house.funds.delay(name) === undefined ? notFound : ok(delayRow(house, house.funds.setDelay(name, hours))),
  ),
  signed(
    "POST",
    "/wapi/v1/user/2fa",
    "issueTwoFactorToken",
    "IssueTwoFactorTokenPayload",
    (fields) => ({ app: fields.text("app"), email: fields.text("email") }),
    (house, { name }, { app, email }) =>
      [app, email].some((code) => code !== undefined && /^\d{6}$/.test(code))
        ? ok({ signature: house.funds.issueToken(name) })
        : refuse("INVALID_TWO_FACTOR_CODE", "Invalid two factor code"),
  ),
  signed(
    "POST",
    "/api/v1/account/convertDust",
    "convertDust",
    "ConvertDustPayload",
    readAsset,
    (house, { name }, asset) => {
      const all = asset === undefined ? assetsOf(house).filter((each) => house.funds.isDust(name, each)) : [asset];
      for (const each of all) {
        const refusal = house.funds.convert(name, each);
        if (refusal !== undefined) return refusals[refusal];
      }
      return { status: 200 };
    },
  ),
  signed(
    "GET",
    "/wapi/v1/history/dust",
    "dustHistoryQueryAll",
    "",
    (fields, house) => ({ id: fields.whole("id", whole), asset: readAsset(fields, house), paging: readPaging(fields) }),
    (house, { name }, ask) =>
      pageOf(
        house.funds
          .dust(name)
          .filter((each) => (ask.id ?? each.id) === each.id && (ask.asset ?? each.asset) === each.asset),
        ask.paging,
        (each) => ({
          id: each.id,
          quantity: money(each.quantity),
          symbol: each.asset,
          usdcReceived: money(each.received),
          timestamp: naive(house.times.toldMs(each.at)),
        }),
      ),
  ),
];

function readDelay(fields: Fields): number {
  const hours = fields.need(
    "withdrawalDelayHours",
    fields.whole("withdrawalDelayHours", 0xffff_ffff, "uint32"),
    "integer(uint32)",
  );
  fields.need("twoFactorToken", fields.text("twoFactorToken"));
  return hours;
}

function readWithdrawal(fields: Fields, house: BackpackHouse) {
  return {
    address: fields.need("address", fields.text("address")),
    chain: readChain(fields),
    quantity: fields.need("quantity", fields.decimal("quantity"), "decimal"),
    asset: needAsset(fields, house),
    clientId: fields.text("clientId"),
    token: fields.text("twoFactorToken"),
    borrow: fields.flag("autoBorrow") ?? false,
    redeem: fields.flag("autoLendRedeem") ?? false,
  };
}

function withdraw(
  house: BackpackHouse,
  { name }: Member,
  { quantity, borrow, redeem, ...wish }: ReturnType<typeof readWithdrawal>,
): Answer {
  const amount = new Big(quantity);
  house.spotMargin.cover(name, wish.asset, amount, { borrow, redeem }, "Withdrawal");
  const result = house.funds.withdraw({ ...wish, account: name, quantity: amount });
  return typeof result === "string" ? refusals[result] : ok(withdrawalRow(house, result));
}

function delayRow(house: BackpackHouse, { hours, pending }: Delay): Record<string, unknown> {
  return {
    currentWithdrawalDelayHours: hours,
    pendingWithdrawalDelayHours: pending?.hours ?? null,
    pendingWithdrawalDelayHoursEnabledAt: pending === undefined ? null : naive(house.times.toldMs(pending.at)),
  };
}

function depositRow(house: BackpackHouse, deposit: Deposit): Record<string, unknown> {
  const outside = deposit.source !== "internal";
  return {
    createdAt: naive(house.times.toldMs(deposit.at)),
    fiatAmount: null,
    fiatCurrency: null,
    fromAddress: outside ? addressOf("Solana", `from ${deposit.account}`) : null,
    id: deposit.id,
    institutionBic: null,
    platformMemo: null,
    quantity: money(deposit.quantity),
    source: deposit.source,
    status: "confirmed",
    symbol: deposit.asset,
    toAddress: addressOf("Solana", deposit.account),
    transactionHash: null,
  };
}

function withdrawalRow(house: BackpackHouse, withdrawal: Withdrawal): Record<string, unknown> {
  const { triggerAt, transaction } = withdrawal;
  return {
    id: withdrawal.id,
    blockchain: withdrawal.chain,
    clientId: withdrawal.clientId ?? null,
    identifier: transaction ?? null,
    quantity: money(withdrawal.quantity),
    fee: money(withdrawal.fee),
    fiatFee: null,
    fiatState: null,
    fiatSymbol: null,
    providerId: null,
    symbol: withdrawal.asset,
    status: withdrawal.status,
    subaccountId: null,
    toAddress: withdrawal.address,
    transactionHash: transaction ?? null,
    createdAt: naive(house.times.toldMs(withdrawal.at)),
    isInternal: withdrawal.internal,
    bankName: null,
    bankIdentifier: null,
    accountIdentifier: null,
    triggerAt: triggerAt === undefined ? null : naive(house.times.toldMs(triggerAt)),
  };
}
