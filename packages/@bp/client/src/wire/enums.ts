// Words of the venue. All lists are open: a word that is not known here is kept as it came.
import * as z from "zod";

/** The known words, or any other text. */
export type Open<W extends string> = W | (string & Record<never, never>);

/** A word of an open list. */
export const open = <W extends string>() => z.custom<Open<W>>((value) => typeof value === "string", "expected a word");

/** `Bid` buys, `Ask` sells. The one closed list: a side that we cannot read must not be guessed. */
export const side = z.enum(["Bid", "Ask"]);
export type WireSide = z.infer<typeof side>;

export type OrderStatus =
  | "New"
  | "PartiallyFilled"
  | "Filled"
  | "Cancelled"
  | "Expired"
  | "TriggerPending"
  | "TriggerFailed"
  | "Triggered";
/** `New`, `PartiallyFilled`, `TriggerPending` and `Triggered` are not final. */
export const orderStatus = open<OrderStatus>();

export const timeInForce = open<"GTC" | "IOC" | "FOK">();
/** REST writes `Limit`, the streams `LIMIT`: compare without case. */
export const orderType = open<"Limit" | "Market" | "LIMIT" | "MARKET">();
export const selfTradePrevention = open<"RejectTaker" | "RejectMaker" | "RejectBoth" | "Allow">();
export const marketType = open<"SPOT" | "PERP" | "IPERP" | "DATED" | "PREDICTION" | "RFQ" | "MONAD">();
/** An unknown word means: not tradable. */
export const orderBookState = open<"Open" | "Closed" | "CancelOnly" | "LimitOnly" | "PostOnly">();
export const triggerBy = open<"LastPrice" | "MarkPrice" | "IndexPrice">();
export const slippageToleranceType = open<"TickSize" | "Percent">();
export const systemOrderType = open<
  | "CollateralConversion"
  | "FutureExpiry"
  | "LiquidatePositionOnAdl"
  | "LiquidatePositionOnBook"
  | "LiquidatePositionOnBackstop"
  | "OrderBookClosed"
>();
/** Who made an order on the private stream: `USER` or the venue itself. */
export const origin = open<
  | "USER"
  | "LIQUIDATION_AUTOCLOSE"
  | "ADL_AUTOCLOSE"
  | "COLLATERAL_CONVERSION"
  | "SETTLEMENT_AUTOCLOSE"
  | "BACKSTOP_LIQUIDITY_PROVIDER"
>();
export const expiryReason = open<
  | "AccountTradingSuspended"
  | "BorrowRequiresLendRedeem"
  | "FillOrKill"
  | "InsufficientBorrowableQuantity"
  | "InsufficientFunds"
  | "InsufficientLiquidity"
  | "InvalidPrice"
  | "InvalidQuantity"
  | "ImmediateOrCancel"
  | "InsufficientMargin"
  | "Liquidation"
  | "NegativeEquity"
  | "PostOnlyMode"
  | "PostOnlyTaker"
  | "PriceOutOfBounds"
  | "ReduceOnlyNotReduced"
  | "SelfTradePrevention"
  | "StopWithoutPosition"
  | "PriceImpact"
  | "Unknown"
  | "UserPermissions"
  | "MaxStopOrdersPerPosition"
  | "PositionLimit"
  | "SlippageToleranceExceeded"
>();
