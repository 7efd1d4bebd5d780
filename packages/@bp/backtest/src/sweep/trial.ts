// What a sweep tries, and what comes of it: the narrow door between searching and running.
import type { Millis } from "@bp/core";

/** A value of a configuration. Decimals are text, as they are written: `0.02`. */
export type SweepValue = string | number | boolean;

/** Values by their path in the configuration. */
export type SweepValues = Readonly<Record<string, SweepValue>>;

/** A stretch of the data. */
export interface SweepPart {
  /** `all`, or what it is for: `train 1`, `test 1`. */
  readonly name: string;
  /** First moment, ms since 1970. */
  readonly from: Millis;
  /** The end, not a part of it. */
  readonly to: Millis;
}

/** One run that is to be made. */
export interface Trial {
  /** Equal for equal work: a digest of configuration, values, part, data, models and version. */
  readonly key: string;
  readonly values: SweepValues;
  readonly part: SweepPart;
}

/** What a run came to. */
export interface Outcome {
  /** Profit after fees and funding, quote, decimal text. */
  readonly net: string;
  /** Profit of each of equally long periods, quote; as many for each trial of a part. */
  readonly returns: readonly number[];
  /** By name, for objectives and tables; `null`: it is not defined for this run. */
  readonly figures: Readonly<Record<string, number | null>>;
}

/** What became of a trial: it came to something, or it could not be run. */
export type Tried =
  | { readonly trial: Trial; readonly outcome: Outcome; readonly failed?: undefined }
  | { readonly trial: Trial; readonly failed: string; readonly outcome?: undefined };
