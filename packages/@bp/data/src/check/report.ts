// What a check of a tape counts.
import type { InstrumentId } from "@bp/core";

/** A stretch of time, ms since 1970. */
export interface Stretch {
  readonly from: number;
  /** `undefined`: it lasts to the end of the tape. */
  readonly to: number | undefined;
}

/** What was counted of one market. */
export interface MarketReport {
  readonly market: InstrumentId;
  readonly rows: number;
  readonly from: number;
  readonly to: number;
  /** Level changes, prints, marks, funding rates, candles. */
  readonly levels: number;
  readonly prints: number;
  readonly marks: number;
  readonly fundings: number;
  readonly candles: number;
  /** Length of a candle, ms: of the shortest one, or the shortest distance of two; 0 where there are not two. */
  readonly candleMs: number;
  /** Candles that should be between the first and the last one and are not. */
  readonly missing: number;
  /** How often the book was void. At most a hundred of each list are named; the counts are of all. */
  readonly gaps: number;
  readonly gapsAt: readonly Stretch[];
  /** Together, ms. */
  readonly lostMs: number;
  /** Messages after which the best bid was not below the best ask. */
  readonly crossed: number;
  readonly crossedAt: readonly number[];
  /** Messages that repeat the last one of their kind in every value: a trade may be so in truth, a candle may not. */
  readonly repeated: number;
  /** Messages dated by the venue before the one above them, and by how much at most, ms. */
  readonly backwards: number;
  readonly backwardsMs: number;
  /** Times that nothing was told of a market with a book for longer than `silentMs`, gaps apart; or that candles are missing. */
  readonly silences: number;
  readonly silencesAt: readonly Stretch[];
  /** Rows that cannot be: an unknown kind, a price of 0, a size below 0, a value that is no number. */
  readonly impossible: number;
}

/** What was counted of a tape; plain data, fit for JSON. */
export interface TapeReport {
  readonly digest: string;
  readonly rows: number;
  readonly messages: number;
  /** `undefined` of an empty tape. */
  readonly span: { readonly from: number; readonly to: number } | undefined;
  readonly markets: readonly MarketReport[];
  /** Rows whose market is not among the tape's. */
  readonly foreign: number;
  /** Rows received before the row above them: no tape of ours has such. */
  readonly outOfOrder: number;
  readonly lacks: readonly string[];
  /** True where nothing was found that makes a result doubtful. */
  readonly clean: boolean;
}
