// What a person configures of the hedge loop, checked and made exact.
import { decimal, marketOf } from "@bp/core";
import * as z from "zod";
import { duration, exact, instrumentId, positive, share, within } from "../params.ts";

/** What the hedge loop takes. Sizes in base as decimal text (plain numbers are taken too), times in ms, percents of the price. */
export const hedgeParams = z
  .strictObject({
    /** Where the orders rest: `backpack:ASTER_USDC_PERP`. */
    lead: instrumentId,
    /** Where every trade of the lead is hedged at once, spot or perpetual: `aster-futures:ASTERUSDT`. */
    hedge: instrumentId,
    /** Base per leg; rounded down to what both markets can trade. */
    quantity: positive,
    /** Distance of the resting order from the last price, in percent. */
    offsetPct: within(0, 50).default(decimal("0.2")),
    /** Which tick the leg's price becomes: the nearest, the one away from the market, or the one below. */
    rounding: z.enum(["nearest", "passive", "floor"]).default("nearest"),
    /** Whether the resting order may only make, never take. */
    postOnly: z.boolean().default(true),
    /** The leg that is traded first. */
    sideFirst: z.enum(["sell", "buy"]).default("sell"),
    /** An order that rested so long is priced anew, in ms. */
    legWaitMs: z.number().int().min(1).default(10_000),
    /** A leg that is not filled after this is given up, in ms. */
    legLimitMs: z.number().int().min(1).default(300_000),
    /** Pause between the pair and its second leg, in ms. */
    betweenLegsMs: duration.default(20_000),
    /** Pause between two cycles, in ms. */
    cycleMs: duration.default(60_000),
    /** So many cycles, then done; 0 is for ever. */
    cycles: z.number().int().min(0).default(0),
    /** No new cycle, and no open pair unless it pays, so shortly before a funding stamp of either venue, in ms; 0 is off. */
    stopBeforeFundingMs: duration.default(300_000),
    /** A pair that is open when the window begins: `avoid` closes it, `collect` holds it where that pays more than closing costs. */
    fundingPolicy: z.enum(["avoid", "collect"]).default("avoid"),
    /** The longest that a trade of the lead may be without its hedge, in ms; then the lead is traded back. */
    maxNakedMs: z.number().int().min(1).default(10_000),
    /** How far beyond the touch a hedging or closing order may trade, in percent. */
    slippagePct: share.default(decimal("0.5")),
    /** The first leg is never priced for less than this above the cost of its hedge, in percent; absent is off. */
    minEdgePct: exact.optional(),
    /** So many cycles in a row below that edge make a pause. */
    negativeEdgeLimit: z.number().int().min(1).default(3),
    /** How long that pause is, in ms. */
    edgePauseMs: duration.default(900_000),
    /** A pair found unequal after the accounts were out of sight, as at a restart: `auto` corrects it, `manual` halts. */
    reconcile: z.enum(["auto", "manual"]).default("auto"),
    /** Off by default: keep the pair through settlements while they pay. */
    carry: z
      .strictObject({
        enabled: z.boolean().default(false),
        /** Quote that both venues together must pay at the next stamp. */
        minNet: exact.default(decimal("0")),
      })
      .prefault({}),
    /** Off by default: price both legs off the hedge's book for a margin, instead of off the last price. */
    xemm: z
      .strictObject({
        enabled: z.boolean().default(false),
        /** What a leg must earn after fees, in percent. */
        marginPct: share.default(decimal("0.1")),
        /** The order is priced anew when its margin falls below this, in percent. */
        minMarginPct: exact.default(decimal("0.05")),
        /** The order is priced anew when its margin rises above this, in percent. */
        maxMarginPct: exact.default(decimal("0.2")),
        /** Expected slippage of the hedge, in percent. */
        slippagePct: exact.default(decimal("0")),
      })
      .refine(({ marginPct, minMarginPct }) => Number(minMarginPct) < Number(marginPct), {
        path: ["minMarginPct"],
        error: "must be below marginPct, which the order is priced for",
      })
      .refine(({ marginPct, maxMarginPct }) => Number(marginPct) < Number(maxMarginPct), {
        path: ["maxMarginPct"],
        error: "must be above marginPct, which the order is priced for",
      })
      .prefault({}),
    /** A book older than this is not traded on, in ms. */
    staleMs: z.number().int().min(1).default(5_000),
  })
  .refine(({ lead, hedge }) => marketOf(lead) !== marketOf(hedge), {
    path: ["hedge"],
    error: "must be another market than lead",
  });

/** Checked parameters of the hedge loop. */
export type HedgeParams = z.output<typeof hedgeParams>;
