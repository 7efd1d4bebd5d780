// Who makes trials: threads here, or workers elsewhere. A sweep does not see the difference.
import type { Outcome, Trial } from "@bp/backtest";

/** A trial that was made. */
export interface Made {
  /** `undefined`: it failed. */
  readonly outcome?: Outcome | undefined;
  /** Why it failed. */
  readonly failed?: string | undefined;
  /** How long it took, ms. */
  readonly ms: number;
  /** Who made it. */
  readonly worker: string;
}

/** Makes trials. */
export interface Executor {
  /** So many at once keep it busy; may change. */
  readonly width: number;
  /** Makes one. Rejects only where nothing can be made any more, or once it is closed. */
  run(trial: Trial): Promise<Made>;
  /** Lets go of everything at once; what is under way is given up. */
  close(): Promise<void>;
}
