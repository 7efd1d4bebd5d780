// What a person configures of the dual-account hedge, checked and made exact.
import { decimal, marketOf } from "@bp/core";
import * as z from "zod";
import { duration, instrumentId, positive, share } from "../params.ts";

/** What `dual-hedge` takes. Money in quote as decimal text (plain numbers are taken too), times in ms. */
export const dualHedgeParams = z
  .strictObject({
    /** The account that is long: `backpack:SOL_USDC_PERP`. */
    long: instrumentId,
    /** The account that is short, the same market: `backpack-2:SOL_USDC_PERP`. */
    short: instrumentId,
    /** Notional of each leg in quote, never exceeded by either. */
    amount: positive,
    /** How long the pair is held before it is closed. */
    holdMs: duration.default(30_000),
    /** An opening that has not filled by then is balanced, or begun anew. */
    openTimeoutMs: duration.min(1).default(60_000),
    /** A close that has not filled by then is finished with orders that take, within `slippagePct`. */
    closeTimeoutMs: duration.min(1).default(60_000),
    /** Legs that have not filled at all follow the touch so often. */
    repriceMs: duration.min(1).default(10_000),
    /** The positions of both accounts may differ for so long at most; then they are unwound, and after as long again all stops. */
    maxNakedMs: duration.min(1).default(10_000),
    /** How far beyond the touch a balancing order may trade, in percent. */
    slippagePct: share.default(decimal("0.5")),
    /** Cycles until it is done; 0 is for ever. */
    cycles: z.number().int().min(0).default(0),
    /** A book older than this is not traded on, in ms. */
    staleMs: duration.min(1).default(5_000),
  })
  .refine(({ long, short }) => long !== short, { error: "must be another account than long", path: ["short"] })
  .refine(({ long, short }) => marketOf(long) === marketOf(short), {
    error: "must be the same market as long, on another account",
    path: ["short"],
  });

/** Checked parameters of `dual-hedge`. */
export type DualHedgeParams = z.output<typeof dualHedgeParams>;
