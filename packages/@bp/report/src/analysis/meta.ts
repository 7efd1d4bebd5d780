// What an analysis is about: what ran, over which data, by which models, and what its figures rest on.

/** What ran, as the caller of `Analyst.analysis` tells it. */
export interface RunMeta {
  /** What a person calls the run: its id, or the file it came from. */
  readonly run: string;
  readonly mode: "live" | "paper" | "sandbox" | "memory" | "backtest";
  /** In plain words: `maker`, `grid of 20 over SOL`. */
  readonly strategy?: string;
  /** The models between the data and the fills, a sentence each; none of a live run. */
  readonly models?: readonly string[];
  readonly seed?: number;
  /** Digest of the data of a backtest, hex. */
  readonly dataDigest?: string;
  /** What the run leaves out, in plain words. */
  readonly lacks?: readonly string[];
  /** How many runs were tried before this one was chosen, itself included, for the deflated Sharpe ratio. Left out: not told. */
  readonly trials?: number;
  /** Standard deviation of the Sharpe ratios (per sample of this analysis, `sampleMs`, not annual) over those trials; needed where there is more than one. */
  readonly trialsSharpeDeviation?: number;
  /** Probability of backtest overfitting over those trials, from `pbo`, 0 to 1. */
  readonly pbo?: number;
}

/** What an analysis is about. */
export interface AnalysisMeta {
  readonly run: string;
  readonly mode: RunMeta["mode"];
  readonly strategy: string | null;
  readonly models: readonly string[];
  readonly seed: number | null;
  readonly dataDigest: string | null;
  /** What the run leaves out, and what this analysis could not see (a log without books), in plain words. */
  readonly lacks: readonly string[];
  /** First and newest event. */
  readonly from: number;
  readonly to: number;
  /** Asset of all money. */
  readonly quote: string;
  /** In the order of `series.markets`. */
  readonly markets: readonly string[];
  /** What returns are fractions of, in quote, and where it is known from; `0` and `unknown`: there are no returns. */
  readonly capital: {
    readonly amount: string;
    readonly from: "told" | "balances" | "largest-exposure" | "unknown";
  };
  /** Equity is looked at every so many ms; every figure of returns is made of these samples. */
  readonly sampleMs: number;
  /** Samples of `sampleMs` in 365 days. */
  readonly periodsPerYear: number;
  /** A year's, as a fraction. */
  readonly riskFreeRate: number;
  readonly fills: number;
  readonly externalFills: number;
  readonly orders: {
    readonly placed: number;
    readonly filled: number;
    readonly cancelled: number;
    readonly rejected: number;
    readonly expired: number;
    readonly gone: number;
    readonly doubted: number;
  };
  /** Fee assets without a rate: charged, and in no sum. */
  readonly unconverted: readonly string[];
}
