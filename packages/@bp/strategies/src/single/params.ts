// What a person configures of the single-account buyer, checked and made exact.
import { decimal } from "@bp/core";
import * as z from "zod";
import { duration, instrumentId, positive, share } from "../params.ts";

/** What `single` takes. Money in quote as decimal text (plain numbers are taken too), times in ms. */
export const singleParams = z.strictObject({
  /** `backpack:SOL_USDC_PERP`. */
  instrument: instrumentId,
  /** Notional of one order in quote, never exceeded: the size is rounded down. */
  amount: positive,
  /** An order is left alone for so long; after that it follows the best bid. */
  ageMs: duration.default(10_000),
  /** How far below the bid (above the ask) a closing order may trade, in percent. */
  closeSlippagePct: share.default(decimal("0.5")),
  /** A person is told when a position has needed so many closing orders. */
  closeAlertAfter: z.number().int().min(1).default(5),
  /** A book older than this is not traded on, in ms. */
  staleMs: duration.min(1).default(5_000),
  /** Whether the bid may never take. */
  postOnly: z.boolean().default(true),
});

/** Checked parameters of `single`. */
export type SingleParams = z.output<typeof singleParams>;
