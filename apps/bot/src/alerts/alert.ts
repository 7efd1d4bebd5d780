// What a person is to know at once, wherever he is.

/**
 * `halt`: a rule or a person stopped it. `strategy`: something a strategy wants looked at (a naked leg, a stop that was hit). `unknown`: an
 * order that nobody knows the fate of. `watchdog`: it took the orders back. `link`: a venue went silent or is back. `day`: how yesterday
 * was. `run`: it began, ended, or did not start.
 */
export type AlertKind = "halt" | "strategy" | "unknown" | "watchdog" | "link" | "day" | "run";

/** One alert. */
export interface Alert {
  readonly kind: AlertKind;
  /** What it is about: the same is not told again and again. */
  readonly topic: string;
  /** One or a few lines, without secrets. */
  readonly text: string;
  /** By the bot's clock, ms. */
  readonly at: number;
}
