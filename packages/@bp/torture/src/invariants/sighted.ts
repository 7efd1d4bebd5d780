// 4: no order from a book that is stale or has a gap.
import { type InstrumentId, symbolOf, type Unnumbered, venueOf } from "@bp/core";
import type { Invariant } from "../scene.ts";

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
      switch (fact.type) {
        case "book.reset":
          sights.set(fact.instrument, { at: fact.venueAt });
          return;
        case "book.changed": {
          const sight = sights.get(fact.instrument);
          if (sight !== undefined) sight.at = fact.venueAt;
          return;
        }
        case "book.lost":
          sights.delete(fact.instrument);
          return;
        case "link.lost":
          if (fact.stream === "market")
            for (const id of sights.keys()) if (venueOf(id) === fact.venue) sights.delete(id);
          return;
        default:
      }
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
        else if (now() - sight.at > subject.bounds.staleMs)
          broken(`an order in ${name}, whose book is ${now() - sight.at} ms old`);
      },
    };
  },
};
