// What a backtest comes to, and everything that it rests on.
import type { InstrumentId, Millis } from "@bp/core";
import type { Analysis, Figures } from "@bp/report";
import type { Models } from "./models.ts";

/** What came of a run over recorded markets. The same options give the same result, to the byte. */
export interface BacktestResult {
  /** The data: by their digest, whatever file they came from. */
  readonly data: {
    readonly digest: string;
    readonly rows: number;
    readonly from: Millis;
    readonly to: Millis;
    readonly markets: readonly InstrumentId[];
  };
  readonly models: Models;
  readonly seed: number;
  /** What it leaves out, in plain words. */
  readonly lacks: readonly string[];
  /** Why it ended: the data did, the strategies were done, a rule halted it, or the exchange closed a position for want of margin. */
  readonly ended: {
    readonly kind: "data" | "done" | "halted" | "liquidated";
    readonly why: string;
    readonly at: Millis;
  };
  readonly events: number;
  readonly commands: number;
  readonly figures: Figures;
  /** Whether the exchange's own books and ours are the same: fills, position, fees and volume of every market, and the money of every asset. */
  readonly ledgerEqual: boolean;
  /** Alerts and halts, the first hundred: what a person would have looked at. */
  readonly alerts: readonly { readonly at: Millis; readonly why: string }[];
  /** Everything that a report shows, where it was asked for. */
  readonly analysis?: Analysis;
}
