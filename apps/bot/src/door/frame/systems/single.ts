// The single-account buyer as its users think of it: its bid, and the position that comes first.
import { averagePrice, notionalOf, priceText, sizeText } from "@bp/core";
import type { SingleMemory, SingleParams } from "@bp/strategies";
import type { SystemView } from "dashboard/contract";
import type { ViewKey } from "./keys.ts";
import { averageText, bigText, fact, level, result, type Shows } from "./parts.ts";

const steps: readonly ViewKey[] = ["phase.waiting", "phase.bidding", "phase.closing"];

/** Phases, the bid with its age, what is held, and how often closing it was tried. */
export const singleView: Shows<SingleParams, SingleMemory> = ({ view, params, memory }) => {
  const instrument = view.instrument(params.instrument);
  const { id, base, quote } = instrument;
  const { bid, holding, rounds, attempts } = memory;
  const held = view.holding(id);
  const average = held === undefined ? undefined : averageText(instrument, averagePrice(instrument, held));
  const phases: SystemView["phases"] = holding
    ? { steps, now: "phase.closing" satisfies ViewKey }
    : bid === undefined
      ? { steps, now: "phase.waiting" satisfies ViewKey }
      : { steps, now: "phase.bidding" satisfies ViewKey, since: bid.since, until: bid.since + params.ageMs };
  return {
    phases,
    facts: [
      ...fact("fact.rounds", String(rounds)),
      ...fact("fact.inventory", held === undefined ? undefined : sizeText(instrument, held.size), base),
      ...fact("fact.average", average, quote),
      ...result("fact.unrealized", view.unrealized(id), quote),
      ...(bid === undefined ? [] : fact("fact.amount", bigText(notionalOf(instrument, bid.price, bid.size), 4), quote)),
      ...(attempts === 0
        ? []
        : fact("fact.attempts", String(attempts), undefined, attempts >= params.closeAlertAfter ? "bad" : "warn")),
    ],
    levels: [
      ...(bid === undefined ? [] : level(id, "quote", "level.bid", priceText(instrument, bid.price))),
      ...level(id, "cost", "level.cost", average),
    ],
    tables: [],
  };
};
