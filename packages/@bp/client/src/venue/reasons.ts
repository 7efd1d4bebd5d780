// The venue's words for a refusal and for an end, as the ten reasons that strategies and rules understand.
import type { RejectReason } from "@bp/core";

const byCode: Readonly<Record<string, RejectReason>> = {
  INVALID_PRICE: "price-band",
  INVALID_QUANTITY: "below-minimum",
  INVALID_MARKET: "closed",
  INSUFFICIENT_FUNDS: "no-funds",
  INSUFFICIENT_MARGIN: "no-funds",
  INSUFFICIENT_SUPPLY: "no-funds",
  BORROW_LIMIT: "no-funds",
  BORROW_REQUIRES_LEND_REDEEM: "no-funds",
  MAX_LEVERAGE_REACHED: "no-funds",
  TOO_MANY_REQUESTS: "rate-limited",
  TRADING_PAUSED: "closed",
  MAINTENANCE: "closed",
};

const byWords: readonly (readonly [RegExp, RejectReason])[] = [
  [/immediately match/i, "would-take"],
  [/decimal too long/i, "off-grid"],
  [/reduce.?only/i, "reduce-only"],
  [/self.?trade/i, "self-trade"],
];

/**
 * Why an order was not taken. The code decides; the words only refine the two general codes.
 */
export function reasonOfRefusal(code: string, message: string): RejectReason {
  const known = byCode[code];
  if (known !== undefined) return known;
  if (code === "INVALID_ORDER" || code === "INVALID_CLIENT_REQUEST")
    for (const [words, reason] of byWords) if (words.test(message)) return reason;
  return "other";
}

/**
 * Whether the refusal says that an order with this number stands already: then it is no refusal but the late news of an order that
 * had arrived.
 */
export function saysItStands(code: string, message: string): boolean {
  return code === "INVALID_ORDER" && /client id already exists/i.test(message);
}

const byExpiry: Readonly<Record<string, RejectReason | "filled-what-it-could">> = {
  ImmediateOrCancel: "filled-what-it-could",
  FillOrKill: "filled-what-it-could",
  InsufficientLiquidity: "filled-what-it-could",
  PostOnlyTaker: "would-take",
  PostOnlyMode: "closed",
  AccountTradingSuspended: "closed",
  InsufficientFunds: "no-funds",
  InsufficientMargin: "no-funds",
  InsufficientBorrowableQuantity: "no-funds",
  BorrowRequiresLendRedeem: "no-funds",
  InvalidPrice: "off-grid",
  InvalidQuantity: "below-minimum",
  PriceOutOfBounds: "price-band",
  PRICE_BAND: "price-band",
  PriceImpact: "price-band",
  SlippageToleranceExceeded: "price-band",
  ReduceOnlyNotReduced: "reduce-only",
  StopWithoutPosition: "reduce-only",
  SelfTradePrevention: "self-trade",
};

/**
 * Why an order ended by its own rules.
 *
 * @param word - the venue's reason; the answer of a POST has none, then the kind of order tells as much as can be told
 */
export function reasonOfExpiry(
  word: string | null | undefined,
  tif: "gtc" | "gtx" | "ioc" | "fok" | undefined,
): RejectReason | "filled-what-it-could" {
  if (word !== null && word !== undefined) return byExpiry[word] ?? "other";
  if (tif === "gtx") return "would-take";
  return tif === "ioc" || tif === "fok" ? "filled-what-it-could" : "other";
}
