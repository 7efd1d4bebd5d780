// What a futures account is worth and can still use, without counting anything twice.
import type { Decimal } from "@bp/core";
import type { Account } from "./rest/futures/account/get.ts";

/** In USD terms, as the venue adds it up. */
export interface MarginTotals {
  /** Wallet and unrealized profit: what the account is worth. */
  readonly equity: Decimal;
  readonly wallet: Decimal;
  readonly unrealized: Decimal | null;
  /** For new positions. */
  readonly available: Decimal;
  readonly initialMargin: Decimal | null;
  /** At equity below this the account is liquidated. */
  readonly maintenanceMargin: Decimal | null;
}

/**
 * The totals at the top of an account. Never add up `availableBalance` of the assets: in multi-assets mode each of them tells **the whole
 * account's** available value in its own asset, an empty wallet too, and the sum is many times the money that there is.
 *
 * @example
 * const { equity, available } = marginTotals(await aster.futures.rest.account.get());
 */
export function marginTotals(account: Account): MarginTotals {
  return {
    equity: account.totalMarginBalance,
    wallet: account.totalWalletBalance,
    unrealized: account.totalUnrealizedProfit,
    available: account.availableBalance,
    initialMargin: account.totalInitialMargin,
    maintenanceMargin: account.totalMaintMargin,
  };
}
