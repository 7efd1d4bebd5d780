// Rule: nothing new shortly before funding is paid.
import type { InstrumentId, RiskRule, View } from "@bp/core";
import { hedges, type Pair, pairScale } from "../pairs.ts";

/** When nothing new is begun. */
export interface FundingWindowOptions {
  /** From so long before a stamp until it has passed, in ms, above 0. */
  readonly beforeMs: number;
  /** Markets that hedge each other: a stamp of either closes both, and what brings them nearer to nothing passes. */
  readonly pairs?: readonly Pair[];
}

/**
 * Refuses what adds risk in the time before the next funding stamp of a perpetual, or of what it is paired with, as the
 * venue says it with every mark; a stamp that has passed is followed by one an interval later. Reductions pass. While the
 * stamp of a perpetual is not known nothing is added: nobody knows how near it is.
 */
export function fundingWindow({ beforeMs, pairs = [] }: FundingWindowOptions): RiskRule {
  const scaled = pairs.map(pairScale);
  const concerned = (id: InstrumentId) => [...new Set([id, ...pairs.filter((pair) => pair.includes(id)).flat()])];
  const known = new Map<InstrumentId, readonly InstrumentId[]>();
  const marketsOf = (id: InstrumentId): readonly InstrumentId[] => {
    const found = known.get(id) ?? concerned(id);
    known.set(id, found);
    return found;
  };
  return {
    name: "funding-window",
    start: () => undefined,
    check: (intent, view, pass) => {
      if (pass.reduces) return { pass: intent };
      for (const id of marketsOf(intent.instrument)) {
        const why = closed(view, id, beforeMs);
        if (why === undefined) continue;
        return hedges(scaled, view, pass, intent.instrument, intent.kind) ? { pass: intent } : { refuse: why };
      }
      return { pass: intent };
    },
  };
}

/** Why nothing new is begun in a market; `undefined`: it may. */
function closed(view: View, id: InstrumentId, beforeMs: number): string | undefined {
  const { kind, fundingIntervalMs } = view.instrument(id);
  if (kind === "spot") return undefined;
  const told = view.mark(id)?.fundingAt ?? 0;
  if (told === 0) return `the next funding of ${id} is not known`;
  const next = stampFrom(told, view.now, fundingIntervalMs);
  if (next === undefined || next - view.now > beforeMs) return undefined;
  const seconds = Math.ceil((next - view.now) / 1_000);
  const time = new Date(next).toISOString().slice(11, 19);
  return `${id} pays funding at ${time} UTC, in ${Math.floor(seconds / 60)} min ${seconds % 60} s: nothing new in the last ${beforeMs / 60_000} min`;
}

/** The first stamp that has not passed. */
function stampFrom(told: number, now: number, everyMs: number | undefined): number | undefined {
  if (told >= now) return told;
  return everyMs === undefined ? undefined : told + Math.ceil((now - told) / everyMs) * everyMs;
}
