// The figures of a run at its end, beside the exchange's own.
import type { InstrumentId } from "@bp/core";
import type { ClassCounts } from "@bp/engine";
import { type Figures, type Summary, summaryOf } from "@bp/report";
import { sameLedgers } from "./ending.ts";
import type { Opening } from "./opening.ts";
import type { Ledger, Stage } from "./stage/stage.ts";

/** The summary that `--summary` writes. */
export interface RunSummary extends Summary {
  /** Seconds of market time; more than `seconds` where the market runs faster than the clock. */
  readonly marketSeconds: number;
  /** What the venues' truth and ours had apart, by class; see docs/reconciliation.md. */
  readonly differences: ClassCounts;
  /** Our figures beside the exchange's own, where we can see them. Of several markets: by instrument. */
  readonly ledger?: { readonly equal: boolean; readonly venue: Ledger | Readonly<Record<InstrumentId, Ledger>> };
}

/**
 * Sums a run up.
 *
 * @param startedAt - of this process, ms of the stage's clock
 */
export function summarized(
  { engine, tally, digest, journal, instruments }: Opening,
  stage: Stage,
  startedAt: number,
): RunSummary {
  const figures = tally.figures();
  return {
    ...summaryOf({ figures, run: journal.run.id, seed: stage.seed, commandsDigest: digest.hex() }),
    seconds: (stage.clock.now() - startedAt) / 1_000,
    openOrdersAtExit: engine.orders.size, // those in doubt too: they may stand
    marketSeconds: figures.seconds,
    differences: engine.differences().total,
    ...ledgerOf({ engine, instruments }, figures, stage),
  };
}

/** The exchange's own books, where we can see them, and whether ours are the same. */
function ledgerOf(
  { engine, instruments }: Pick<Opening, "engine" | "instruments">,
  figures: Figures,
  stage: Stage,
): Pick<RunSummary, "ledger"> {
  const books = new Map<InstrumentId, Ledger>();
  for (const { id } of instruments) {
    const book = stage.ledger?.(id);
    if (book !== undefined) books.set(id, book);
  }
  const [first] = books.values();
  if (first === undefined) return {};
  const venue = instruments.length === 1 ? first : Object.fromEntries(books);
  return { ledger: { equal: sameLedgers(books, figures, engine), venue } };
}
