// Transfers between the two services: exact, on both books at once.
import { isBpError } from "@bp/core";
import { Big } from "big.js";
import { assetFigures, positionFigures } from "../figures.ts";
import type { AsterHouse } from "../house.ts";
import { missing, refuse } from "../refuse.ts";
import { both, type Route, signed } from "../route.ts";

const kinds = ["FUTURE_SPOT", "SPOT_FUTURE"] as const;
let numbers = 21_841;

export const transferRoutes: readonly Route[] = [
  signed("POST", both("asset/wallet/transfer"), 5, (house, member, fields) => {
    const amount = fields.decimal("amount") ?? missing("amount");
    const asset = fields.need("asset").toUpperCase();
    const id = fields.need("clientTranId");
    const kind =
      fields.word("kindType", kinds, -1130, "Data sent for parameter 'kindType' is not valid.") ?? missing("kindType");
    if (id.length >= 64) return refuse(-4114, "ClientTranId is not valid.");
    if (new Big(amount).lte(0)) return refuse(-4055, "Amount must be positive.");
    if (member.transfers.has(id)) return refuse(-4115, "ClientTranId is duplicated.");
    const { sibling } = house;
    if (sibling === undefined) return refuse(-1020, "This operation is not supported.");
    const [futures, spot] = house.service === "futures" ? [house, sibling] : [sibling, house];
    const [from, to] = kind === "FUTURE_SPOT" ? [futures, spot] : [spot, futures];
    if (new Big(amount).gt(freeOf(from, member.name, asset))) return refuse(-2018, "Balance is insufficient.");
    move(from, member.name, asset, new Big(amount).times(-1).toFixed(), kind);
    move(to, member.name, asset, amount, kind);
    member.transfers.add(id);
    sibling.members.find(({ name }) => name === member.name)?.transfers.add(id);
    numbers += 1;
    return { tranId: numbers, status: "SUCCESS" };
  }),
];

/** What may leave a service. */
function freeOf(house: AsterHouse, account: string, asset: string): Big {
  if (house.service === "futures")
    return (
      assetFigures(house, account, positionFigures(house, account)).find((each) => each.asset === asset)?.maxWithdraw ??
      new Big(0)
    );
  const balance = house.exchange.balances(account).find((each) => each.asset === asset);
  return balance === undefined ? new Big(0) : new Big(balance.total).minus(balance.locked);
}

function move(house: AsterHouse, account: string, asset: string, amount: string, kind: (typeof kinds)[number]): void {
  try {
    house.because("ASSET_TRANSFER", () => house.exchange.credit(account, asset, amount));
  } catch (error) {
    if (isBpError(error)) refuse(-2018, "Balance is insufficient.");
    throw error;
  }
  const type =
    house.service === "futures"
      ? "TRANSFER"
      : kind === "SPOT_FUTURE"
        ? "TRANSFER_SPOT_TO_FUTURE"
        : "TRANSFER_FUTURE_TO_SPOT";
  house.journal.add({
    account,
    type,
    amount,
    asset,
    instrument: undefined,
    tradeId: undefined,
    info: type,
    at: house.exchange.now(),
  });
}
