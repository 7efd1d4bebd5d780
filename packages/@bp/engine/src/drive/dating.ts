// The run's own time: it never goes back, whatever is done to the clock.
import { type Millis, millis, type Unnumbered } from "@bp/core";
import { beat } from "../fold.ts";
import type { Note } from "../note.ts";

/** The date of a fact in the run's time, and what there is to say about it. */
export interface Dated {
  readonly at: Millis;
  readonly said: readonly Note[];
}

/** A beat that is this much behind the newest fact tells that the clock was set back, ms; less is disorder. */
const backMs = 1_000;
const nothing: readonly never[] = [];

/**
 * Dates facts. One that is dated before the newest gets that one's date. When the clock was set back, which a beat shows, all dates
 * from then on are moved by that: time goes on where it was.
 *
 * @param newest - the date of the last fact of a resumed run; 0 for a new one
 */
export function createDating(newest: Millis): (fact: Unnumbered) => Dated {
  let last: number = newest;
  let shift = 0;
  return (fact) => {
    let said: readonly Note[] = nothing;
    const backBy = last - (fact.at + shift);
    if (backBy > backMs && fact.type === "timer.fired" && fact.name === beat) {
      shift += backBy;
      said = [{ rule: "clock", why: `the clock was set back by ${backBy} ms: the run's time goes on where it was` }];
    }
    last = Math.max(last, fact.at + shift);
    return { at: millis(last), said };
  };
}
