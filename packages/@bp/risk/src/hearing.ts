// What every rule said of every wish of one round, for whoever explains it.
import type { Intent, Verdict } from "@bp/core";

/** What one rule said of a wish. */
export interface Said {
  readonly rule: string;
  readonly answer: "pass" | "trim" | "wait" | "refuse";
  /** In plain words; of a pass there are none. */
  readonly why?: string;
  /** What a trim left, lots. */
  readonly size?: number;
}

/** One wish on its way through the rules. */
export interface Hearing {
  /** `strategy/slot`; for a hold `strategy/hold:<instrument>`. */
  readonly slot: string;
  readonly strategy: string;
  /** As the strategy wished it. */
  readonly wish: Intent;
  /** In the order in which they were asked; the first refusal is the last. None were asked of a hold that is reached, or whose position is unknown. */
  readonly said: Said[];
  /** `approved` as it was wished, `trimmed`: approved, smaller; `held`: a hold that is reached, nothing to do; `unknown`: what is held is not known. */
  outcome: "approved" | "trimmed" | "waits" | "refused" | "held" | "unknown";
  /** As it was approved; none where it was not. */
  approved?: Intent;
}

/** A verdict as it is told. @param size - lots that a trim left */
export function saidOf(rule: string, verdict: Verdict, size: number): Said {
  if ("pass" in verdict) return { rule, answer: "pass" };
  if ("refuse" in verdict) return { rule, answer: "refuse", why: verdict.refuse };
  if ("wait" in verdict) return { rule, answer: "wait", why: verdict.wait };
  return { rule, answer: "trim", why: verdict.why, size };
}
