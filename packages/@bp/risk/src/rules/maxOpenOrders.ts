// Rule: not more resting orders than a limit.
import type { InstrumentId, RiskRule, View } from "@bp/core";

/** How many orders may rest, in one market and in all of them. Whole numbers; left out: no limit. */
export interface OpenOrderLimits {
  readonly perInstrument?: number;
  readonly total?: number;
}

/**
 * Refuses quotes that would rest beyond a limit. An order that has to go still counts until it is gone. Holds do not rest
 * and pass, reductions pass.
 */
export const maxOpenOrders = ({
  perInstrument = Number.POSITIVE_INFINITY,
  total = Number.POSITIVE_INFINITY,
}: OpenOrderLimits): RiskRule => ({
  name: "max-open-orders",
  start: () => undefined,
  check: (intent, view, pass) => {
    if (intent.kind === "hold" || pass.reduces || pass.order !== undefined) return { pass: intent };
    let here = count(view, intent.instrument);
    let all = Number.isFinite(total) ? count(view) : 0;
    for (const each of pass.approved) {
      if (each.order !== undefined || each.intent.kind === "hold") continue;
      all += 1;
      if (each.intent.instrument === intent.instrument) here += 1;
    }
    if (here >= perInstrument) return { refuse: `at most ${perInstrument} orders may rest in ${intent.instrument}` };
    return all >= total ? { refuse: `at most ${total} orders may rest` } : { pass: intent };
  },
});

function count(view: View, id?: InstrumentId): number {
  let sum = 0;
  for (const _ of view.orders(id)) sum += 1;
  return sum;
}
