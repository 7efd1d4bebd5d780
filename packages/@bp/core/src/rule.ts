// The interface that a risk rule is written against.
import type { Event } from "./event.ts";
import type { InstrumentId } from "./instrument.ts";
import type { Intent } from "./intent.ts";
import type { Side } from "./side.ts";
import type { Lots, Ticks } from "./units.ts";
import type { OrderView, View } from "./view.ts";

/**
 * What a rule says of a wish: let it pass, let a smaller one pass, let it wait until an order of ours is out of its way
 * (it keeps its claim: those judged after it see it as approved), or refuse it; always with a reason a person can read.
 */
export type Verdict =
  | { readonly pass: Intent }
  | { readonly trim: Intent; readonly why: string }
  | { readonly wait: string }
  | { readonly refuse: string };

/** A wish as the order it may become. */
export interface Candidacy {
  /** Whose wish it is. */
  readonly strategy: string;
  readonly side: Side;
  /** What it may trade at most, in lots, above 0: a quote's size; for a hold, the difference to what its strategy holds. */
  readonly size: Lots;
  /** A quote's price, a hold's worst. */
  readonly price: Ticks;
  /** The live order in its slot. */
  readonly order: OrderView | undefined;
}

/** A wish that has passed every rule, or only waits. */
export interface Passed extends Candidacy {
  readonly intent: Intent;
}

/** The wish that is judged, and what this round of wishes has come to so far. */
export interface Pass extends Candidacy {
  /** It can only bring what its strategy holds nearer to flat. */
  readonly reduces: boolean;
  /** What all strategies together hold in its market, in lots; `undefined` = unknown. */
  readonly held: Lots | undefined;
  /** Whether a new order is needed for it: false while its order works as wished. */
  readonly places: boolean;
  /** How many new orders the wishes that have passed so far need. */
  readonly placing: number;
  /** Wishes that have passed already, of all strategies, oldest first. One array per round, which grows. */
  readonly approved: readonly Passed[];
  /**
   * What could still be bought (or sold) in the worst case if everything approved so far and every order that works fills,
   * in lots; the slot that is being judged is left out, whether its order works or not.
   */
  committed(instrument: InstrumentId, side: Side): Lots;
}

/**
 * One limit. Pure. A rule refuses or trims; it never places or cancels. Rules see the sum of all strategies.
 *
 * @typeParam Memory - what it remembers; plain data
 */
export interface RiskRule<Memory = undefined> {
  readonly name: string;
  /** The memory before the first event. */
  start(): Memory;
  /** Folds one event into the memory. Pure; returns the same object when nothing changed. */
  remember?(memory: Memory, event: Event, view: View): Memory;
  /** Judges one wish. Pure. */
  check(intent: Intent, view: View, pass: Pass, memory: Memory): Verdict;
  /** Why everything must stop until a person resumes, or `undefined`. Asked after fills, marks, funding, snapshots and beats. */
  halts?(view: View, memory: Memory): string | undefined;
}

/** A rule with any memory. */
export type AnyRule = RiskRule<unknown>;
