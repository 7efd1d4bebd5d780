// GET /fapi/v3/accountWithJoinMargin: the account: totals, assets, positions.

import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import * as words from "../../../wire/enums.ts";
import { flagOrNull } from "../../../wire/flag.ts";
import { orNull, wholeOrNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** Wallet and margin of one asset. */
export const accountAsset = z.object({
  asset: z.string(),
  walletBalance: decimal,
  unrealizedProfit: decimalOrNull,
  marginBalance: decimalOrNull,
  maintMargin: decimalOrNull,
  initialMargin: decimalOrNull,
  positionInitialMargin: decimalOrNull,
  openOrderInitialMargin: decimalOrNull,
  crossWalletBalance: decimalOrNull,
  crossUnPnl: decimalOrNull,
  availableBalance: decimalOrNull, // multi-assets mode: the whole account's, in this asset
  maxWithdrawAmount: decimalOrNull,
  marginAvailable: flagOrNull,
  updateTime: wholeOrNull, // ms
});

/** A position; one-way mode has BOTH alone, hedge mode LONG and SHORT. */
export const accountPosition = z.object({
  symbol: z.string(),
  positionSide: orNull(words.positionSide),
  positionAmt: decimal, // base, below 0 for a short
  entryPrice: decimalOrNull, // quote per base
  unrealizedProfit: decimalOrNull,
  initialMargin: decimalOrNull,
  maintMargin: decimalOrNull,
  positionInitialMargin: decimalOrNull,
  openOrderInitialMargin: decimalOrNull,
  leverage: decimalOrNull,
  isolated: flagOrNull,
  maxNotional: decimalOrNull, // quote, at this leverage
  notional: decimalOrNull, // quote, seen live
  isolatedWallet: decimalOrNull, // seen live
  updateTime: wholeOrNull, // ms
});

/** The account. Live values have more than 8 decimals. */
export const accountAnswer = z.object({
  feeTier: wholeOrNull,
  canTrade: flagOrNull,
  canDeposit: flagOrNull,
  canWithdraw: flagOrNull,
  updateTime: wholeOrNull, // ms
  totalWalletBalance: decimal,
  totalMarginBalance: decimal, // wallet and unrealized profit
  availableBalance: decimal, // for new positions
  totalInitialMargin: decimalOrNull,
  totalMaintMargin: decimalOrNull,
  totalUnrealizedProfit: decimalOrNull,
  totalPositionInitialMargin: decimalOrNull,
  totalOpenOrderInitialMargin: decimalOrNull,
  totalCrossWalletBalance: decimalOrNull,
  totalCrossUnPnl: decimalOrNull,
  maxWithdrawAmount: decimalOrNull,
  assets: z.array(accountAsset),
  positions: z.array(accountPosition),
});
/** The futures account: totals in USD terms at the top, then assets and positions. */
export type Account = z.infer<typeof accountAnswer>;

/**
 * `GET /fapi/v3/accountWithJoinMargin`. Positions of **all** markets, mostly empty. In multi-assets mode `availableBalance` of each asset is
 * the whole account's, told in that asset, even where the wallet is empty: use the totals at the top (`marginTotals`), never a sum. The path was
 * `/fapi/v3/account` until March 2026: tried where this one is not found.
 */
export const get: AsterEndpoint<undefined, Account> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/accountWithJoinMargin",
  v1: "/fapi/v4/account",
  v3: "/fapi/v3/accountWithJoinMargin",
  answer: accountAnswer,
  lane: "read",
  weight: 5,
  elsewhere: "/fapi/v3/account",
};
