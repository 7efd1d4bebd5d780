// What is tortured: markets, accounts, the engine that trades them, and what it has promised.
import type { Instrument, InstrumentId, VenueId } from "@bp/core";
import type { Engine } from "@bp/engine";

/** One account of one exchange. Two accounts of one exchange meet in one book. */
export interface TorturedAccount {
  /** As instruments name it: `backpack`, `backpack-2`, `aster-futures`. */
  readonly venue: VenueId;
  /** Unique within its exchange. */
  readonly name: string;
  /** Decimal text by asset. */
  readonly balances: Readonly<Record<string, string>>;
}

/** Two legs that should add up to nothing, in base. */
export interface NakedBound {
  readonly pair: readonly [InstrumentId, InstrumentId];
  /** What does not count, in quote; see the rule `maxNaked`. */
  readonly least: number;
  /** The most that may ever be apart, in quote; `undefined`: not known. */
  readonly most: number | undefined;
  /** After this it is unwound, after `haltMs` it halts. */
  readonly maxMs: number;
  readonly haltMs: number;
}

/** What a run has promised, in plain figures: the invariants hold it to them without asking its own rules. */
export interface Bounds {
  /** A book that has not changed for longer is stale. */
  readonly staleMs: number;
  /** Fraction around the mid within which prices may lie, by market. */
  readonly priceBand: Readonly<Record<InstrumentId, number>>;
  /** Own position at most, in base, by market. */
  readonly maxPosition: Readonly<Record<InstrumentId, string>>;
  /** Own position at most, in quote, by market. */
  readonly maxMarketNotional: Readonly<Record<InstrumentId, number>>;
  /** Quote, of one order. */
  readonly maxOrderNotional: number | undefined;
  /** Notional of all perpetuals of an account over its equity. */
  readonly maxLeverage: number | undefined;
  /** New orders that add risk, within a window. */
  readonly rate: { readonly orders: number; readonly windowMs: number };
  readonly naked: readonly NakedBound[];
  /** How long a request may stay on the wire. */
  readonly graceMs: number;
  readonly askEveryMs: number;
}

/** What is tortured. */
export interface Subject {
  /** The markets that it trades, as the engine was made with them. */
  readonly instruments: readonly Instrument[];
  /** All markets of each exchange, under the exchange's own name: `backpack:SOL_USDC`. */
  readonly exchanges: readonly { readonly name: string; readonly instruments: readonly Instrument[] }[];
  readonly accounts: readonly TorturedAccount[];
  /** First prices by base asset, in quote. Others begin at 100. */
  readonly prices: Readonly<Record<string, number>>;
  /** The engine of a new process: the same each time, as a recipe makes it. */
  engine(): Engine;
  readonly bounds: Bounds;
  /** As the engine's: whether a position that is there at the first snapshot is taken over. */
  readonly existing: "adopt" | "ignore";
  /** Everything that a run with this configuration writes before its first event. */
  readonly said: readonly string[];
  /** What must never be seen in any output. */
  readonly secrets: readonly string[];
}
