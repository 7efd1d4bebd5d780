// A strategy that has no view of its own: what it holds in each of its markets.
import { averagePrice, type InstrumentId, sizeText } from "@bp/core";
import type { ViewFact, ViewLevel } from "dashboard/contract";
import { averageText, fact, level, result, type Shows } from "./parts.ts";

/** What any strategy can say of itself. @param markets - those that it trades */
export const genericView =
  (markets: readonly InstrumentId[]): Shows<unknown, unknown> =>
  ({ view }) => {
    const facts: ViewFact[] = [];
    const levels: ViewLevel[] = [];
    for (const id of markets) {
      const instrument = view.instrument(id);
      const holding = view.holding(id);
      if (holding === undefined) continue;
      const average = averageText(instrument, averagePrice(instrument, holding));
      facts.push(
        ...fact("fact.inventory", sizeText(instrument, holding.size), instrument.base),
        ...fact("fact.average", average, instrument.quote),
        ...result("fact.unrealized", view.unrealized(id), instrument.quote),
      );
      levels.push(...level(id, "cost", "level.cost", average));
    }
    return { facts, levels, tables: [] };
  };
