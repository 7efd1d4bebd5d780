// When the venue's truth is asked for: for a reason, at once but not in a storm; without one, every minute.
import { type Command, type Millis, type VenueId, venueOf } from "@bp/core";
import { owing } from "./orders.ts";
import type { World } from "./world.ts";

/** What is to be asked, and what was answered. */
export interface Asks {
  /** There is a reason to ask. */
  want(venue: VenueId, why: string): void;
  /** A snapshot came. */
  answer(venue: VenueId, at: Millis): void;
  /** Whether any snapshot ever came. */
  answered(venue: VenueId): boolean;
  /** The questions to send now. */
  due(now: Millis): readonly Command[];
  /** The last answer is old: wants the next. Once a beat. */
  routine(now: Millis): void;
}

const nothing: readonly never[] = [];

/**
 * Keeps track of the questions. A question costs the venue several requests: one at a time, the next after a pause.
 *
 * @param everyMs - how old the last answer may be before it is asked without a reason
 * @param patienceMs - an unanswered question is asked again after this; after an answer, the next reason waits a third
 *   of it since the last question
 */
export function createAsks(everyMs: number, patienceMs: number): Asks {
  const wanted = new Map<VenueId, string>();
  const asked = new Map<VenueId, { readonly at: Millis; open: boolean }>();
  const answers = new Map<VenueId, Millis>();
  return {
    want: (venue, why) => {
      if (!wanted.has(venue)) wanted.set(venue, why);
    },
    answer: (venue, at) => {
      answers.set(venue, at);
      wanted.delete(venue);
      const question = asked.get(venue);
      if (question !== undefined) question.open = false;
    },
    answered: (venue) => answers.has(venue),
    routine: (now) => {
      for (const [venue, at] of answers) if (now - at >= everyMs && !wanted.has(venue)) wanted.set(venue, "routine");
    },
    due: (now) => {
      if (wanted.size === 0) return nothing;
      const questions: Command[] = [];
      for (const [venue, why] of wanted) {
        const last = asked.get(venue);
        if (last !== undefined && now - last.at < (last.open ? patienceMs : patienceMs / 3)) continue;
        asked.set(venue, { at: now, open: true });
        questions.push({ type: "account.ask", venue, why });
      }
      return questions;
    },
  };
}

/**
 * Looks through our orders once a beat. One that nobody has spoken of for `patienceMs`, is in doubt or lacks a fill is a
 * reason to ask; after `graceMs` of silence it is in doubt. So is an account whose stream came back without its truth.
 */
export function wantWhatIsUnclear(world: World, asks: Asks, graceMs: number, patienceMs: number): void {
  for (const order of world.orders.live.values()) {
    const waits =
      order.state === "placing" || order.state === "cancelling" || (order.tif === "ioc" && order.state === "open");
    const silentMs = waits ? world.now - order.since : 0;
    if (silentMs > graceMs) world.orders.doubt(order, world.now);
    if (order.state === "unknown" || owing(order))
      asks.want(venueOf(order.instrument), `order ${order.clientId} is in doubt`);
    else if (silentMs > patienceMs)
      asks.want(venueOf(order.instrument), `order ${order.clientId} has not been answered`);
  }
  for (const venue of world.heard())
    if (!world.account.known(venue)) asks.want(venue, "nothing is known of the account");
}
