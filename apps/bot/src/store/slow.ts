// What a slow journal means for a run: as after an account stream that is lost, nothing that adds risk is wished until it is whole.
import type { Unnumbered, VenueId } from "@bp/core";
import type { Stage } from "../stage/stage.ts";

/** Keeps the account's links down while the journal is slow. */
export interface SlowJournal {
  /** Hears each fact before it is handled: whether the venue itself has lost its link. */
  heard(fact: Unnumbered): void;
  slow(why: string): void;
  quick(): void;
}

/**
 * Not a pause of a person's: his `resume` would take back halts too. An order that was decided while the journal was slow was
 * not sent; with the link back the venue's snapshot comes first and tells that it is nowhere.
 *
 * @param handle - takes the facts that are made here
 * @param tell - a line for the person
 */
export function slowJournal(
  stage: Stage,
  handle: (fact: Unnumbered) => void,
  tell: (line: string) => void,
): SlowJournal {
  const lost = new Set<VenueId>();
  let because: string | undefined;
  const say = (type: "link.lost" | "link.restored", venue: VenueId, why: string) => {
    const at = stage.now();
    handle({ type, venue, stream: "account", why, at, venueAt: at });
  };
  let ours = false;
  const each = (type: "link.lost" | "link.restored", venues: readonly VenueId[], why: string) => {
    ours = true;
    for (const venue of venues) say(type, venue, why);
    ours = false;
  };
  return {
    heard: (fact) => {
      if (ours || (fact.type !== "link.lost" && fact.type !== "link.restored") || fact.stream !== "account") return;
      if (fact.type === "link.lost") lost.add(fact.venue);
      else lost.delete(fact.venue);
      if (because !== undefined && fact.type === "link.restored") {
        const why = because;
        queueMicrotask(() => {
          if (because !== undefined) each("link.lost", [fact.venue], why); // the journal is no quicker for that
        });
      }
    },
    slow: (why) => {
      because = `the journal is slow: ${why}`;
      tell(`warning: ${because}; no new orders until it is quick again, what rests is being cancelled`);
      each(
        "link.lost",
        stage.venues.map(({ id }) => id),
        because,
      );
    },
    quick: () => {
      because = undefined;
      tell("the journal is quick again: trading goes on");
      const back = stage.venues.map(({ id }) => id).filter((id) => !lost.has(id));
      each("link.restored", back, "the journal is quick again");
    },
  };
}
