// What lending does for orders: fetches what they lack, lends or repays with what they bring in, keeps margin that is owed apart.
import type { OrderRequest } from "@bp/sim";
import { Big } from "big.js";
import type { House } from "../../house.ts";
import type { Member } from "../accounts.ts";
import type { Auto } from "../notes.ts";
import { costOf } from "./cost.ts";
import type { LendingDesk } from "./lending.ts";
import type { LoanSource } from "./loan.ts";
import type { Till } from "./till.ts";
import { dollar } from "./worth.ts";

export interface SpotMargin {
  /** Takes back or borrows what is missing of an amount, where it may; whether all of it is there now. */
  cover(
    account: string,
    asset: string,
    amount: Big,
    may: { readonly redeem: boolean; readonly borrow: boolean },
    source: LoanSource,
  ): boolean;
  /** The same for what an order would ask for. */
  fetch(member: Member, request: OrderRequest, auto: Auto | undefined): boolean;
  /** Whether a perpetual order may rely on margin that is not owed to others. */
  allows(member: Member, request: OrderRequest): boolean;
  /** Proceeds of a trade: repaid or lent, as its flags or the account's settings say. */
  settle(member: Member, asset: string, amount: Big, auto: Auto | undefined, orderId: string | undefined): void;
}

export function createSpotMargin(house: House, till: Till, lending: LendingDesk): SpotMargin {
  const { exchange } = house;
  const cover: SpotMargin["cover"] = (account, asset, amount, { redeem, borrow }, source) => {
    const missing = amount.minus(till.free(account, asset));
    if (missing.lte(0)) return true;
    const lent = lending.net(account, asset);
    if (lent.gt(0) && !redeem) return false;
    if (!borrow && !(redeem && lent.gte(missing))) return false;
    return lending.execute(account, asset, "Borrow", missing, { source }) === undefined;
  };
  return {
    cover,
    fetch: ({ name }, request, auto) => {
      const cost = costOf(house, request);
      return auto !== undefined && cost !== undefined && cover(name, cost.asset, cost.amount, auto, "SpotMargin");
    },
    allows: ({ name }, request) => {
      const adds = !request.reduceOnly && request.trigger === undefined;
      if (!adds || house.marketOf(request.instrument).kind === "spot") return true;
      const debt = lending.burden(name);
      if (debt.eq(0)) return true;
      const cost = costOf(house, request);
      const margin = new Big(exchange.margin(name, dollar).available).minus(debt);
      const { leverage } = exchange.terms(name, request.instrument);
      return cost?.amount.div(leverage).lte(margin) === true;
    },
    settle: ({ name, settings }, asset, amount, auto, orderId) => {
      const debt = lending.net(name, asset).times(-1);
      let left = amount;
      if ((auto?.repay === true || settings.autoRepayBorrows) && debt.gt(0)) {
        const repaid = debt.lt(left) ? debt : left;
        const cause = { source: "AutoBorrowRepay", orderId } as const;
        if (lending.execute(name, asset, "Lend", repaid, cause) === undefined) left = left.minus(repaid);
      }
      const lends = auto?.lend === true || settings.autoLend;
      if (lends && left.gt(0) && lending.net(name, asset).gte(0))
        lending.execute(name, asset, "Lend", left, {
          source: auto?.lend === true ? "SpotMargin" : "AutoLend",
          orderId,
        });
    },
  };
}
