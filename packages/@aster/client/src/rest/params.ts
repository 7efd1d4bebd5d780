// Parameters that many endpoints share.
import * as z from "zod";

/** As the venue spells it, upper case; some have letters of other scripts. */
export const symbolParam = z.string().min(1);

/** An id of the venue, digits as text. */
export const idParam = z.string().regex(/^\d+$/, "expected the digits of an id, as text");

/** Our own id of an order. `.` `:` `/` are allowed too, but `[A-Za-z0-9_-]` never raises the question of how they are signed. */
export const clientOrderIdParam = z
  .string()
  .regex(/^[.A-Z:/a-z0-9_-]{1,36}$/, "expected 1 to 36 of A-Z a-z 0-9 . : / _ -");

/** ms since 1970. */
const timeParam = z.int().min(0).max(9_999_999_999_999, "expected milliseconds since 1970");

/** From when to when, ms, both inclusive. */
export const period = { startTime: timeParam.optional(), endTime: timeParam.optional() };

/** Rows of an answer, 1 to `most`. */
export const limitParam = (most: number) => z.int().min(1).max(most).optional();

/** One market, which must be named. */
export const ofSymbol = z.strictObject({ symbol: symbolParam });
/** One market, which must be named. */
export type OfSymbol = z.infer<typeof ofSymbol>;

/** One market, or all of them. */
export const ofSymbolOrAll = z.strictObject({ symbol: symbolParam.optional() });
/** One market, or all of them if left out. */
export type OfSymbolOrAll = z.infer<typeof ofSymbolOrAll>;

/** One order: by the venue's id or by ours, never both. */
export const whichOrder = z
  .strictObject({
    symbol: symbolParam,
    orderId: idParam.optional(),
    origClientOrderId: clientOrderIdParam.optional(),
  })
  .refine(({ orderId, origClientOrderId }) => (orderId === undefined) !== (origClientOrderId === undefined), {
    message: "expected exactly one of orderId and origClientOrderId",
  });
/** One order, by the venue's `orderId` or by our `origClientOrderId`, with its market. */
export type WhichOrder = z.infer<typeof whichOrder>;

/** Weight of a call that is cheap for one market and dear for all. */
export const oneOr = (all: number) => (params: { readonly symbol?: string | undefined }) =>
  params.symbol === undefined ? all : 1;
