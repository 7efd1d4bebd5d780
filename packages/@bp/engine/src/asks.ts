// When the venue's truth is asked for: for a reason, at once but not twice; without one, every minute.
import { type Command, type Millis, type VenueId, millis } from "@bp/core";

export interface Asks {
  /** There is a reason to ask. */
  want(venue: VenueId, why: string): void;
  /** A snapshot came. */
  answer(venue: VenueId, at: Millis): void;
  answered(venue: VenueId): boolean;
  /** The questions to send now. `beat`: whether the periodic ones may be among them. */
  due(now: Millis, beat: boolean): readonly Command[];
}

/**
 * Keeps track of the questions.
 *
 * @param everyMs - how old the last answer may be before it is asked without a reason
 * @param patienceMs - an unanswered question is asked again after this
 */
export function createAsks(everyMs: number, patienceMs: number): Asks {
  const wanted = new Map<VenueId, string>();
  const asked = new Map<VenueId, Millis>();
  const answers = new Map<VenueId, Millis>();
  return {
    want: (venue, why) => {
      if (!wanted.has(venue)) wanted.set(venue, why);
    },
    answer: (venue, at) => {
      answers.set(venue, at);
      wanted.delete(venue);
      asked.delete(venue);
    },
    answered: (venue) => answers.has(venue),
    due: (now, beat) => {
      if (beat) for (const [venue, at] of answers) if (now - at >= everyMs && !wanted.has(venue)) wanted.set(venue, "routine");
      if (wanted.size === 0) return [];
      const questions: Command[] = [];
      for (const [venue, why] of wanted) {
        if (now - (asked.get(venue) ?? millis(0)) < patienceMs) continue;
        asked.set(venue, now);
        questions.push({ type: "account.ask", venue, why });
      }
      return questions;
    },
  };
}
