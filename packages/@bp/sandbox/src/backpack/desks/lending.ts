// The lending desk: who may lend, take back, borrow and repay how much, and interest every hour of exchange time.
import type { Millis } from "@bp/core";
import { Big } from "big.js";
import type { House } from "../../house.ts";
import { marginFraction } from "../positions.ts";
import type { Cause, LoanRefusal } from "./loan.ts";
import { createLoanBook, type LoanBook } from "./loanBook.ts";
import { createPools, type Pools } from "./pools.ts";
import { lendingRules } from "./rates.ts";
import type { Till } from "./till.ts";
import { assetsOf, dollar, worth } from "./worth.ts";

export interface LendingDesk extends Omit<LoanBook, "move" | "accrue"> {
  readonly pools: Pools;
  /** All debts of an account, USDC. */
  owed(account: string): Big;
  /** The same with the margin that they ask for. */
  burden(account: string): Big;
  /** What may still be borrowed. */
  most(account: string, asset: string): Big;
  /** `Lend` repays first and lends the rest, `Borrow` takes back first and borrows the rest. All or nothing. */
  execute(
    account: string,
    asset: string,
    side: "Borrow" | "Lend",
    quantity: Big,
    cause: Cause,
  ): LoanRefusal | undefined;
}

/** The functions of the margin that a debt asks for. */
export const loanMargin = {
  initial: { base: "0.05", factor: "0.00025" },
  maintenance: { base: "0.03", factor: "0.00015" },
} as const;

/** Of a lending market, USDC. */
export const openLimit = 50_000_000;
/** Of an account, USDC. */
export const borrowLimit = 5_000_000;

const zero = new Big(0);
const hour = 3_600_000;

/** Starts with others' money in every pool. */
export function createLendingDesk(house: House, till: Till): LendingDesk {
  const { exchange, agenda } = house;
  const book = createLoanBook();
  const pools = createPools(house, till, book);

  const owed = (account: string): Big =>
    book
      .running(account)
      .filter(({ net }) => net.lt(0))
      .reduce((sum, { asset, net }) => sum.minus(net.times(worth(house, asset))), zero);

  const burden = (account: string): Big => {
    const sum = owed(account);
    return sum.plus(sum.times(marginFraction(loanMargin.initial, sum)));
  };

  const most = (account: string, asset: string): Big => {
    const price = worth(house, asset);
    const spare = new Big(exchange.margin(account, dollar).available).minus(burden(account));
    if (price.eq(0) || spare.lte(0)) return zero;
    // what is borrowed counts as margin if it is USDC, and its own margin is asked for in any case
    const each = new Big(loanMargin.initial.base).plus(asset === dollar ? 0 : 1);
    const byMargin = spare.div(each).div(price).times("0.98"); // the margin of a large debt is higher
    const byLimit = new Big(borrowLimit).minus(owed(account)).div(price);
    const { lent, borrowed } = pools.of(asset);
    const bySupply = lent.times(lendingRules.most).minus(borrowed);
    const least = [byMargin, byLimit, bySupply].reduce((a, b) => (a.lt(b) ? a : b));
    return least.gt(0) ? least.round(6, 0) : zero;
  };

  const refusalOf = (account: string, asset: string, redeems: Big, borrows: Big): LoanRefusal | undefined => {
    const { lent, borrowed } = pools.of(asset);
    const left = lent.minus(redeems);
    if (redeems.gt(0) && left.lt(borrowed)) return "INSUFFICIENT_SUPPLY";
    if (borrows.eq(0)) return undefined;
    if (borrowed.plus(borrows).gt(left.times(lendingRules.most))) return "INSUFFICIENT_SUPPLY";
    if (
      owed(account)
        .plus(borrows.times(worth(house, asset)))
        .gt(borrowLimit)
    )
      return "BORROW_LIMIT";
    return borrows.gt(most(account, asset)) ? "INSUFFICIENT_MARGIN" : undefined;
  };

  const execute: LendingDesk["execute"] = (account, asset, side, quantity, cause) => {
    const now = book.net(account, asset);
    if (side === "Lend") {
      const lends = now.lt(0) ? quantity.plus(now) : quantity;
      const after = pools.of(asset).lent.plus(lends);
      if (lends.gt(0) && after.times(worth(house, asset)).gt(openLimit)) return "LEND_LIMIT";
      if (!till.take(account, asset, quantity)) return "INSUFFICIENT_FUNDS";
      book.move(account, asset, quantity, cause, exchange.now());
      return undefined;
    }
    const redeems = now.lte(0) ? zero : now.lt(quantity) ? now : quantity;
    const refusal = refusalOf(account, asset, redeems, quantity.minus(redeems));
    if (refusal !== undefined) return refusal;
    book.move(account, asset, quantity.times(-1), cause, exchange.now());
    till.give(account, asset, quantity);
    return undefined;
  };

  const payInterest = (due: Millis) => {
    const now = new Map(assetsOf(house).map((asset) => [asset, pools.of(asset)]));
    for (const asset of now.keys()) pools.note(asset, due);
    for (const loan of book.running()) {
      const { lend, borrow } = now.get(loan.asset) ?? pools.of(loan.asset);
      book.accrue(loan, loan.side === "Lend" ? lend : borrow, due);
    }
    agenda.at(due + hour, payInterest);
  };
  const start = exchange.now();
  agenda.at(start - (start % hour) + hour, payInterest);

  return { ...book, pools, owed, burden, most, execute };
}
