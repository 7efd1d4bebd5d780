// A place to trade on: what a run needs of it, whether it is a sandbox, the real venue, paper or memory.
import type { Clock, Instrument, InstrumentId, Millis, Unnumbered, Venue } from "@bp/core";

/** The exchange's own figures of our account, as exact decimals. */
export interface Ledger {
  readonly position: string;
  readonly fills: number;
  readonly volumeQuote: string;
  readonly feesQuote: string;
  readonly openOrders: number;
}

/** Where a run takes place. */
export interface Stage {
  readonly place: "sandbox" | "paper" | "live" | "memory";
  readonly venue: Venue;
  readonly clock: Clock;
  /** Market seconds in a second of the clock; 1 where the clock is the market's own. */
  readonly speed: number;
  /** Of the market, where it was drawn from one that we know. */
  readonly seed: number | undefined;
  /** Tells accounts apart in the journal. Never a key. */
  readonly account: string;
  /** Whether a run that was cut off can go on here: the exchange outlives the bot. */
  readonly lasts: boolean;
  /** A line about where this is, for a person. */
  readonly about: string;
  /**
   * Hands over facts and beats until `signal` aborts, or until `seconds` have passed where the stage keeps the time.
   * Resolves with a reason when the stage is over by itself.
   */
  drive(
    instruments: readonly InstrumentId[],
    handle: (fact: Unnumbered) => void,
    signal: AbortSignal,
    seconds: number | undefined,
  ): Promise<string | undefined>;
  /** The moment in market time, which runs `speed` times as fast as the clock. */
  now(): Millis;
  /** Lets time pass while the run waits for the venue, in ms. */
  pause(ms: number): Promise<void>;
  /** The middle of the market now, in quote per base; `undefined` when one side is empty. */
  mid(instrument: Instrument): Promise<string | undefined>;
  /** The exchange's books of record, where we can see them. */
  ledger?(instrument: InstrumentId): Ledger;
  close(): Promise<void>;
}
