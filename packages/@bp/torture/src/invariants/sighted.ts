// 4: no order from a book that is stale or has a gap.
import { type InstrumentId, symbolOf, type Unnumbered, venueOf } from "@bp/core";
import type { Invariant } from "../scene.ts";

/** The quickest way from the venue to us takes its time too, which nobody can know, ms. */
const wayMs = 100;

interface Sight {
  /** When the venue says that it last changed. */
  at: number;
}

export const sighted: Invariant = {
  number: 4,
  says: "no order from a stale or gapped book",
  watch: ({ subject, now, broken }) => {
    const sights = new Map<InstrumentId, Sight>();
    const blind = () => sights.clear();
    const see = (fact: Unnumbered) => {
      if (fact.type === "book.reset") sights.set(fact.instrument, { at: fact.venueAt });
      if (fact.type === "book.lost") sights.delete(fact.instrument);
      if (fact.type === "book.changed") {
        const sight = sights.get(fact.instrument);
        if (sight !== undefined) sight.at = fact.venueAt;
      }
      if (fact.type === "link.lost" && fact.stream === "market")
        for (const id of sights.keys()) if (venueOf(id) === fact.venue) sights.delete(id);
    };
    return {
      told: see,
      started: blind,
      died: blind,
      command: (command) => {
        if (command.type !== "order.place") return;
        const sight = sights.get(command.instrument);
        const name = `${symbolOf(command.instrument)} at ${venueOf(command.instrument)}`;
        if (sight === undefined) broken(`an order in ${name}, whose book is not whole`);
        else if (now() - sight.at > subject.bounds.staleMs + wayMs)
          broken(`an order in ${name}, whose book is ${now() - sight.at} ms old`);
      },
    };
  },
};
