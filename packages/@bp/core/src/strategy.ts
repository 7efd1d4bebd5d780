// The interface that a trading idea is written against.
import type { Event } from "./event.ts";
import type { InstrumentId } from "./instrument.ts";
import type { Intent } from "./intent.ts";
import type { View } from "./view.ts";

/** Anything that checks an unknown value and gives it a type. Structural: a zod schema fits, and core need not know zod. */
export interface Schema<T> {
  /** Gives the value with its type and defaults, or throws. */
  parse(input: unknown): T;
}

/** Something that a person should know; told once until it changes. */
export interface StrategyRemark {
  /** What it is about, unique within the answer: `cell.3`, `stop`, `funding`. */
  readonly topic: string;
  /** In plain words, with the figures. */
  readonly say: string;
  /** A person should look now. */
  readonly alert?: boolean;
}

/** Why a strategy has nothing more to do: `done` ends the run well, `halt` stops everything until a person resumes. */
export interface StrategyEnd {
  readonly kind: "done" | "halt";
  /** In plain words. */
  readonly why: string;
}

/**
 * A trading idea: a pure function from the world to a wish. It never places, cancels, awaits or reads a clock.
 *
 * @typeParam Params - what a person configures
 * @typeParam Memory - what it needs to remember beyond the view; plain data
 */
export interface Strategy<Params, Memory = undefined> {
  /** As configurations and orders name it: `maker`. */
  readonly name: string;
  readonly params: Schema<Params>;
  /** The parameters that may change while it runs, by name; left out: none. What its positions and markets depend on is none. */
  changeable?(params: Params): readonly (keyof Params & string)[];
  /**
   * The memory that goes with other parameters; left out: the same. Pure. After it `remember` is told `params.changed`, with the
   * new ones.
   */
  adopt?(memory: Memory, before: Params, after: Params, view: View): Memory;
  /** The markets it trades or watches: their streams are opened for it. */
  instruments(params: Params): readonly InstrumentId[];
  /** The memory before the first event. */
  start(params: Params): Memory;
  /**
   * Folds one event into the memory. Pure; returns the same object when nothing changed. Facts about orders of other
   * strategies are not told; its own trades are in `view.fills()`, each once.
   */
  remember?(memory: Memory, event: Event, view: View, params: Params): Memory;
  /** Everything that should be true now. Pure; asked after every event. */
  want(view: View, memory: Memory, params: Params): readonly Intent[];
  /** What a person should know now, beyond what rules and venue say. Pure; asked when the memory has changed, and at beats. */
  remarks?(view: View, memory: Memory, params: Params): readonly StrategyRemark[];
  /** Why it is at its end, or `undefined`. Pure; asked when the memory has changed, and at beats. */
  ends?(view: View, memory: Memory, params: Params): StrategyEnd | undefined;
}

/** A strategy of any kind. Methods are compared loosely by TypeScript, which is what makes this sound enough to hold them all. */
export interface AnyStrategy extends Omit<Strategy<unknown, unknown>, "changeable"> {
  changeable?(params: unknown): readonly string[];
}
