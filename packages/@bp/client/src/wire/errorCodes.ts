// The venue's words for what went wrong, each with its meaning and with what may be done next.
import type { Retry } from "@bp/core";
import { retryOf } from "./retryOf.ts";

/** What a code means. */
export interface ErrorCodeEntry {
  readonly meaning: string;
  /** Of a changing call that was refused, `later` says when a new one makes sense. */
  readonly retry: Retry;
}

const meanings = {
  ACCOUNT_DEACTIVATED: "the account is closed",
  ACCOUNT_LIQUIDATING: "the account is being liquidated; stop trading",
  BORROW_LIMIT: "no more can be borrowed",
  BORROW_REQUIRES_LEND_REDEEM: "what is lent must be taken back before anything is borrowed",
  FORBIDDEN: "not allowed for this key, or from here",
  INSUFFICIENT_FUNDS: "too little of an asset",
  INSUFFICIENT_MARGIN: "too little margin",
  INSUFFICIENT_SUPPLY: "the lending pool has too little",
  INVALID_ASSET: "no such asset",
  INVALID_CLIENT_REQUEST: "a parameter, the signature or the time of the request is wrong",
  INVALID_MARKET: "no such market, or it is closed for this",
  INVALID_ORDER: "the engine refused the order",
  INVALID_PRICE: "the price is outside what the market allows",
  INVALID_POSITION_ID: "no such position",
  INVALID_QUANTITY: "the size is outside what the market allows",
  INVALID_RANGE: "a stretch of time or numbers that cannot be",
  INVALID_SIGNATURE: "the signature does not fit the request",
  INVALID_SOURCE: "no such source",
  INVALID_SYMBOL: "no such symbol",
  INVALID_TWO_FACTOR_CODE: "the second factor is wrong",
  LEND_LIMIT: "no more can be lent",
  LEND_REQUIRES_BORROW_REPAY: "what is borrowed must be repaid before anything is lent",
  MAINTENANCE: "the venue is closed for maintenance",
  MAX_LEVERAGE_REACHED: "the leverage of the account allows no more",
  NOT_IMPLEMENTED: "the venue cannot do that",
  ORDER_LIMIT: "too many open orders",
  POSITION_LIMIT: "the position may not become larger",
  PRECONDITION_FAILED: "something that the call takes for granted is not so",
  RESOURCE_NOT_FOUND: "nothing there: an order may have been filled; look at the fills before anything else",
  SERVER_ERROR: "the venue failed",
  TIMEOUT: "the venue did not answer itself in time",
  TOO_EARLY: "too early; unverified: for what",
  TOO_MANY_REQUESTS: "more requests than are allowed in a minute",
  TRADING_PAUSED: "the market is paused",
  UNAUTHORIZED: "the key is not known or may not do that",
} as const;

/** A code that is known here. */
export type ErrorCode = keyof typeof meanings;

const entries = Object.entries(meanings).map(([code, meaning]) => [code, { meaning, retry: retryOf(code) }]);

/**
 * Every code that the venue names. The list is open on its side: a code that is not in here is a refusal like any other.
 *
 * @see https://docs.backpack.exchange
 */
export const errorCodes = Object.fromEntries(entries) as Readonly<Record<ErrorCode, ErrorCodeEntry>>; // one entry a meaning

/** What is known of a code; `undefined` for a new one. */
export function errorCodeOf(code: string): ErrorCodeEntry | undefined {
  return Object.hasOwn(errorCodes, code) ? errorCodes[code as ErrorCode] : undefined; // just looked
}
