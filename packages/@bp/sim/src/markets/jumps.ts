// News: seldom and all at once.
import type { Random } from "@bp/core";

/** How often an asset's price jumps, and how far. */
export interface JumpOptions {
  /** Mean seconds between jumps. */
  readonly everySeconds: number;
  /** Standard deviation of a jump, as a fraction of the price; three of them are the most. */
  readonly size: number;
}

/** The size of one jump, as a signed fraction of the price. */
export function jump(options: JumpOptions, chance: Random): number {
  return Math.max(-3, Math.min(3, chance.normal())) * options.size;
}
