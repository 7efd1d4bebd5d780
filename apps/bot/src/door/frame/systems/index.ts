// Each strategy in its system's own terms, by its name.
import type { InstrumentId } from "@bp/core";
import { strategyNamed } from "@bp/strategies";
import type { SystemView } from "dashboard/contract";
import { dualHedgeView } from "./dualHedge.ts";
import { genericView } from "./generic.ts";
import { gridView } from "./grid.ts";
import { hedgeView } from "./hedge.ts";
import { ladderView } from "./ladder.ts";
import { makerView } from "./maker.ts";
import { fact, type Shows, type SystemMoment } from "./parts.ts";
import { singleView } from "./single.ts";

export { type Cycles, createCycles, type PastCycle } from "./cycles.ts";
export type { SystemMoment } from "./parts.ts";

/** A view of any strategy. It is given what its own strategy remembers, which makes this sound. */
type AnyShows = (moment: SystemMoment<never, never>) => Omit<SystemView, "kind">;

const views: Readonly<Record<string, AnyShows>> = {
  "dual-hedge": dualHedgeView,
  grid: gridView,
  hedge: hedgeView,
  ladder: ladderView,
  maker: makerView,
  single: singleView,
};

/**
 * One strategy in its own terms; of one without a view what it holds. Never throws: a view that cannot be made of what is
 * known says so, for no picture is worth a halt of trading.
 *
 * @param use - which strategy it is: `maker`, `dual-hedge`
 */
export function systemViewOf(use: string, moment: SystemMoment): SystemView {
  try {
    const shows = Object.hasOwn(views, use)
      ? (views[use] as Shows<unknown, unknown>)
      : genericView(marketsOf(use, moment));
    return { kind: use, ...shows(moment) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: use, facts: [...fact("fact.trouble", why, undefined, "bad")], levels: [], tables: [] };
  }
}

function marketsOf(use: string, { params }: SystemMoment): readonly InstrumentId[] {
  return strategyNamed(use).instruments(params);
}
