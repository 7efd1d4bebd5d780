// Money that the venue holds for itself and its desks, outside of the exchange's wallets. It never makes any: for every asset,
// what the exchange counts as paid in, plus the till, less what was brought in from outside, stays what it was at the start.
import type { Exchange } from "@bp/sim";
import { Big } from "big.js";

export interface Till {
  /** What an account may take out of its wallet now: not locked, and not needed by its perpetuals. */
  free(account: string, asset: string): Big;
  /** From a wallet into the till; false, and nothing done, when it is not free. */
  take(account: string, asset: string, amount: Big): boolean;
  /** From the till into a wallet. The till may fall below zero: it owes then what others have not brought yet. */
  give(account: string, asset: string, amount: Big): void;
  /** Between the till and the world outside; below 0 it leaves. */
  bring(asset: string, amount: Big): void;
  /** What is in the till. */
  held(asset: string): Big;
  /** What came from outside − what left. */
  brought(asset: string): Big;
}

const zero = new Big(0);

/** An empty till. */
export function createTill(exchange: Exchange): Till {
  const cash = new Map<string, Big>();
  const outside = new Map<string, Big>();
  const add = (column: Map<string, Big>, asset: string, amount: Big) =>
    column.set(asset, (column.get(asset) ?? zero).plus(amount));
  const till: Till = {
    free: (account, asset) => {
      const balance = exchange.balances(account).find((each) => each.asset === asset);
      if (balance === undefined) return zero;
      const loose = new Big(balance.total).minus(balance.locked);
      const margin = new Big(exchange.margin(account, asset).available);
      const least = loose.lt(margin) ? loose : margin;
      return least.gt(zero) ? least : zero;
    },
    take: (account, asset, amount) => {
      if (!amount.gt(zero) || amount.gt(till.free(account, asset))) return false;
      exchange.credit(account, asset, amount.times(-1).toFixed());
      add(cash, asset, amount);
      return true;
    },
    give: (account, asset, amount) => {
      if (amount.eq(zero)) return;
      exchange.credit(account, asset, amount.toFixed());
      add(cash, asset, amount.times(-1));
    },
    bring: (asset, amount) => {
      add(cash, asset, amount);
      add(outside, asset, amount);
    },
    held: (asset) => cash.get(asset) ?? zero,
    brought: (asset) => outside.get(asset) ?? zero,
  };
  return till;
}
