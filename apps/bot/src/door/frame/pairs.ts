// Markets that should hedge each other: by how much they do not, since when, and what that came to so far.
import { Big, type Event, type View } from "@bp/core";
import { maxNaked, type Naked, type NakedLimits } from "@bp/risk";
import type { PairNow } from "dashboard/contract";
import type { Limits } from "../../limits.ts";

/** What is said of pairs. */
export type PairLimits = Pick<Limits, "pairs" | "maxNakedMs" | "nakedHaltMs" | "maxNakedBase" | "maxNakedNotional">;

/** Follows the pairs of a run. */
export interface Pairs {
  /** Told after each event; most cost nothing. @param view - of all strategies together */
  step(event: Event, view: View): void;
  /** Each pair now. */
  now(view: View): readonly PairNow[];
}

/**
 * Follows pairs by the rule `max-naked` itself, one of its own that judges nothing: what it calls naked is what is shown.
 *
 * @param given - of the recipe; without pairs or a longest time there is nothing to follow
 */
export function createPairs(given: PairLimits): Pairs {
  const { pairs = [], maxNakedMs, nakedHaltMs, maxNakedBase, maxNakedNotional } = given;
  if (maxNakedMs === undefined || pairs.length === 0) return { step: () => undefined, now: () => [] };
  const limits: NakedLimits = {
    pairs,
    maxNakedMs,
    ...(nakedHaltMs === undefined ? {} : { haltMs: nakedHaltMs }),
    ...(maxNakedBase === undefined ? {} : { base: maxNakedBase }),
    ...(maxNakedNotional === undefined ? {} : { notional: maxNakedNotional }),
  };
  const rule = maxNaked(limits);
  let memory = rule.start();
  const worst = pairs.map(() => 0);
  return {
    step: (event, view) => {
      const next = rule.remember?.(memory, event, view) ?? memory;
      if (next === memory) return;
      memory = next;
      for (const [at, { notional }] of next.entries()) worst[at] = Math.max(worst[at] ?? 0, notional);
    },
    now: (view) =>
      pairs.map(([lead, hedge], at) => {
        const naked = memory[at];
        const known = view.position(lead) !== undefined && view.position(hedge) !== undefined;
        return {
          lead,
          hedge,
          ...(naked === undefined || !known ? {} : { debt: naked.net, notional: money(naked.notional) }),
          ...(naked?.since === undefined ? {} : { since: naked.since }),
          maxNakedMs,
          nakedSeconds: naked === undefined ? 0 : secondsOf(naked, view.now),
          worst: money(worst[at] ?? 0),
        };
      }),
  };
}

/** Quote, to the hundredth of a cent. */
const money = (value: number): string => new Big(value).round(4).toFixed();

/** Unhedged quote × seconds, that of since it was last looked at among it. */
function secondsOf({ quoteSeconds, notional, at }: Naked, now: number): number {
  return quoteSeconds + (notional * Math.max(0, now - at)) / 1_000;
}
