// When the venue's truth is asked for: for a reason, at once but not in a storm; without one, every minute.
import { type Command, type Millis, millis, type VenueId, venueOf } from "@bp/core";
import { owing } from "./orders.ts";
import type { World } from "./world.ts";

/** What is to be asked, and what was answered. */
export interface Asks {
  /**
   * There is a reason to ask.
   *
   * @param since - when it arose: a question that was sent before that does not answer it. Left out where the reason is looked
   *   for anew at each beat
   */
  want(venue: VenueId, why: string, since?: Millis): void;
  /** A snapshot came. It answers the reasons that were there when it was asked for. */
  answer(venue: VenueId, at: Millis): void;
  /** Whether any snapshot ever came. */
  answered(venue: VenueId): boolean;
  /** The questions to send now. */
  due(now: Millis): readonly Command[];
  /**
   * Where the last answer is old, wants the next. Once a beat.
   *
   * @returns the venues of which nothing was heard for three times as long as that: what we know of them is too old
   */
  routine(now: Millis): readonly VenueId[];
}

const nothing: readonly never[] = [];

/**
 * Keeps track of the questions. A question costs the venue several requests: one at a time, the next after a pause.
 *
 * @param everyMs - how old the last answer may be before it is asked without a reason
 * @param patienceMs - an unanswered question is asked again after this, for as long as it takes; after an answer, the next
 *   reason waits a third of it since the last question
 */
export function createAsks(everyMs: number, patienceMs: number): Asks {
  const wanted = new Map<VenueId, { readonly why: string; readonly since: Millis }>();
  const asked = new Map<VenueId, { readonly at: Millis; open: boolean }>();
  const answers = new Map<VenueId, Millis>();
  return {
    want: (venue, why, since = millis(0)) => {
      const reason = wanted.get(venue);
      const sentAt = asked.get(venue)?.at ?? since;
      if (reason === undefined || (reason.since <= sentAt && since > sentAt)) wanted.set(venue, { why, since });
    },
    answer: (venue, at) => {
      answers.set(venue, at);
      const question = asked.get(venue);
      const reason = wanted.get(venue);
      if (question === undefined || (reason !== undefined && reason.since <= question.at)) wanted.delete(venue);
      if (question !== undefined) question.open = false;
    },
    answered: (venue) => answers.has(venue),
    routine: (now) => {
      let silent: VenueId[] | undefined;
      for (const [venue, at] of answers) {
        if (now - at < everyMs) continue;
        if (!wanted.has(venue)) wanted.set(venue, { why: "routine", since: now });
        if (now - at <= 3 * everyMs) continue;
        silent ??= [];
        silent.push(venue);
      }
      return silent ?? nothing;
    },
    due: (now) => {
      if (wanted.size === 0) return nothing;
      const questions: Command[] = [];
      for (const [venue, { why }] of wanted) {
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
