// One signed loan an account and asset: how it begins, grows, shrinks and ends, and all that is remembered of it.
import type { Millis } from "@bp/core";
import { Big } from "big.js";
import type { Cause, Interest, Loan, LoanEvent, Movement } from "./loan.ts";

export interface LoanBook {
  /** Loans that run, of one account or all. */
  running(account?: string): readonly Loan[];
  /** Every loan there was, oldest first. */
  past(account: string): readonly Loan[];
  movements(account: string): readonly Movement[];
  payments(account: string): readonly Interest[];
  /** Lent or (below 0) borrowed. */
  net(account: string, asset: string): Big;
  /** Lends or repays (above 0), takes back or borrows (below 0); a loan that comes to 0 has ended. */
  move(account: string, asset: string, change: Big, cause: Cause, at: Millis): void;
  /** Interest of an hour at a rate a year. In favour of the venue by less than the tenth digit. */
  accrue(loan: Loan, rate: Big, at: Millis): void;
}

const zero = new Big(0);
const hoursAYear = 8760;
const kept = 100_000;

/** No loans yet. */
export function createLoanBook(): LoanBook {
  const open = new Map<string, Loan>();
  const ended: Loan[] = [];
  const movements: Movement[] = [];
  const payments: Interest[] = [];
  let ids = 4_238_420_511;
  const keyOf = (account: string, asset: string) => `${account} ${asset}`;
  const remember = <T>(rows: T[], row: T) => {
    rows.push(row);
    if (rows.length > kept) rows.shift();
  };

  const record = (loan: Loan, amount: Big, { source, orderId }: Cause, at: Millis) => {
    loan.net = loan.net.plus(amount);
    remember(movements, {
      account: loan.account,
      asset: loan.asset,
      event: eventOf(loan, amount),
      positionId: loan.id,
      positionQuantity: loan.net.abs(),
      quantity: amount.abs(),
      source,
      orderId,
      at,
    });
  };

  const begin = (account: string, asset: string, side: Loan["side"], { source }: Cause, createdAt: Millis): Loan => {
    const id = String(ids++);
    return { id, account, asset, side, source, createdAt, net: zero, interest: zero, rates: zero, hours: 0 };
  };

  return {
    running: (account) => [...open.values()].filter((loan) => account === undefined || loan.account === account),
    past: (account) => [...ended, ...open.values()].filter((loan) => loan.account === account),
    movements: (account) => movements.filter((each) => each.account === account),
    payments: (account) => payments.filter((each) => each.account === account),
    net: (account, asset) => open.get(keyOf(account, asset))?.net ?? zero,
    move: (account, asset, change, cause, at) => {
      const key = keyOf(account, asset);
      let rest = change;
      let loan = open.get(key);
      if (loan !== undefined && loan.net.gt(0) !== rest.gt(0)) {
        const part = rest.abs().gt(loan.net.abs()) ? loan.net.times(-1) : rest;
        record(loan, part, cause, at);
        rest = rest.minus(part);
        if (loan.net.eq(0)) {
          open.delete(key);
          remember(ended, loan);
          loan = undefined;
        }
      }
      if (rest.eq(0)) return;
      loan ??= begin(account, asset, rest.gt(0) ? "Lend" : "Borrow", cause, at);
      open.set(key, loan);
      record(loan, rest, cause, at);
    },
    accrue: (loan, rate, at) => {
      const { account, asset, side, id } = loan;
      const quantity = loan.net
        .times(rate)
        .div(hoursAYear)
        .round(10, side === "Lend" ? 0 : 3);
      loan.net = loan.net.plus(quantity);
      loan.interest = loan.interest.plus(quantity.abs());
      loan.rates = loan.rates.plus(rate);
      loan.hours += 1;
      remember(payments, { account, asset, side, positionId: id, quantity, rate, at });
    },
  };
}

function eventOf({ side }: Loan, amount: Big): LoanEvent {
  if (amount.gt(0)) return side === "Borrow" ? "BorrowRepay" : "Lend";
  return side === "Lend" ? "LendRedeem" : "Borrow";
}
