// What is lent and borrowed of every asset: by the accounts here, and by others, who do not move.
import type { Millis } from "@bp/core";
import { Big } from "big.js";
import type { House } from "../../house.ts";
import type { Pool } from "./loan.ts";
import type { LoanBook } from "./loanBook.ts";
import { ratesAt } from "./rates.ts";
import type { Till } from "./till.ts";
import { worth } from "./worth.ts";

export interface Pools {
  of(asset: string): Pool;
  /** Figures of the past, oldest first, one an hour. */
  history(asset: string): readonly (Pool & { readonly at: Millis })[];
  note(asset: string, at: Millis): void;
}

const others = { lent: 10_000_000, borrowed: 6_000_000 } as const; // USDC
const kept = 10_000;
const zero = new Big(0);

/** Others bring their money when an asset has its first price. */
export function createPools(house: House, till: Till, book: LoanBook): Pools {
  const bases = new Map<string, Pick<Pool, "lent" | "borrowed">>();
  const histories = new Map<string, (Pool & { readonly at: Millis })[]>();
  const baseOf = (asset: string): Pick<Pool, "lent" | "borrowed"> => {
    const known = bases.get(asset);
    if (known !== undefined) return known;
    const price = worth(house, asset);
    if (price.eq(0)) return { lent: zero, borrowed: zero };
    const per = (dollars: number) => new Big(dollars).div(price).round(2, 0);
    const base = { lent: per(others.lent), borrowed: per(others.borrowed) };
    bases.set(asset, base);
    till.bring(asset, base.lent.minus(base.borrowed));
    return base;
  };
  const of = (asset: string): Pool => {
    let { lent, borrowed } = baseOf(asset);
    for (const loan of book.running()) {
      if (loan.asset !== asset) continue;
      if (loan.net.gt(0)) lent = lent.plus(loan.net);
      else borrowed = borrowed.minus(loan.net);
    }
    return { lent, borrowed, ...ratesAt(lent, borrowed) };
  };
  return {
    of,
    history: (asset) => histories.get(asset) ?? [],
    note: (asset, at) => {
      const past = histories.get(asset) ?? [];
      histories.set(asset, past);
      past.push({ ...of(asset), at });
      if (past.length > kept) past.shift();
    },
  };
}
