// A place to trade on: what a run needs of it, whether it is a sandbox, the real venues, paper or memory.
import {
  BpError,
  type Clock,
  type Command,
  type Instrument,
  type InstrumentId,
  type Millis,
  type Unnumbered,
  type Venue,
  type VenueId,
  venueOf,
} from "@bp/core";
import type { FaultPlan } from "@bp/sandbox";
import type { Door } from "./door.ts";
import type { Hands } from "./hands.ts";
import type { AccountHealth } from "./health.ts";
import type { Rights } from "./rights.ts";

/** The exchange's own figures of our account in one market, as exact decimals. */
export interface Ledger {
  readonly position: string;
  readonly fills: number;
  readonly volumeQuote: string;
  readonly feesQuote: string;
  readonly openOrders: number;
}

/** What may go wrong on a sandbox, on purpose. */
export interface StageFaults {
  inject(plan: FaultPlan): Promise<void>;
  /** Mends everything. */
  mend(): void;
}

/** Where a run takes place. */
export interface Stage {
  readonly place: "sandbox" | "paper" | "live" | "memory";
  /** One for each account, none with the same id as another. */
  readonly venues: readonly Venue[];
  readonly clock: Clock;
  /** Market seconds in a second of the clock; 1 where the clock is the market's own. */
  readonly speed: number;
  /** Of the market, where it was drawn from one that we know. */
  readonly seed: number | undefined;
  /** Tells the accounts apart, in the order of `venues`: the same account of a venue has the same name in every run. Never a key. */
  readonly accounts: readonly string[];
  /** Whether a run that was cut off can go on here: the exchange outlives the bot. */
  readonly lasts: boolean;
  /** Where the exchange outlives the bot: the ways to it, in the order of `venues`. */
  readonly doors?: readonly Door[];
  /** A line about where this is, for a person. */
  readonly about: string;
  /** What a person should know of the market before it is traded: the gaps of a recording, for example. */
  readonly warnings?: readonly string[];
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
  /** Hands a command to the venue that it is for, as `send` of the venue. @throws BpError `venue/unavailable` if there is none; as the venue does */
  send(command: Command, mayLeave?: () => boolean): void;
  /** The moment in market time, which runs `speed` times as fast as the clock. */
  now(): Millis;
  /** Lets time pass while the run waits for the venue, in ms. */
  pause(ms: number): Promise<void>;
  /** The middle of the market now, in quote per base; `undefined` when one side is empty. */
  mid(instrument: Instrument): Promise<string | undefined>;
  /** What can be done to an account beside the flow of facts; `undefined` on paper. */
  hands(venue: VenueId): Hands | undefined;
  /** What the key of an account may do; left out where there are no keys. @throws BpError as any request */
  rights?(venue: VenueId): Promise<Rights>;
  /**
   * Sees to it that what rests stays although nobody will be there: Aster's futures have a countdown that takes it back. Left out where
   * nothing outlives the bot. @throws BpError where it may be taken back all the same
   */
  letStay?(): Promise<void>;
  /** How the way to an account is now; `undefined` where there is none. Left out where no wire is. */
  health?(venue: VenueId): AccountHealth | undefined;
  /** Where the exchanges are a sandbox of this process: what may go wrong there on purpose. */
  readonly faults?: StageFaults;
  /** The exchange's books of record, where we can see them. */
  ledger?(instrument: InstrumentId): Ledger | undefined;
  close(): Promise<void>;
}

/** Hands each command to the venue that it is for. */
export function routeTo(venues: readonly Venue[]): Venue["send"] {
  const [only] = venues;
  if (only !== undefined && venues.length === 1) return (command, mayLeave) => only.send(command, mayLeave);
  const byId = new Map(venues.map((each) => [each.id, each]));
  const byMarket = new Map<InstrumentId, Venue>();
  const venueNamed = (id: VenueId): Venue => {
    const found = byId.get(id);
    if (found === undefined) throw new BpError("venue/unavailable", { venue: id, why: "there is no account there" });
    return found;
  };
  return (command, mayLeave) => {
    if (command.type === "account.ask") return venueNamed(command.venue).send(command);
    let venue = byMarket.get(command.instrument);
    if (venue === undefined) {
      venue = venueNamed(venueOf(command.instrument));
      byMarket.set(command.instrument, venue);
    }
    venue.send(command, mayLeave);
  };
}

/** All markets of all venues. */
export async function marketsAt({ venues }: Stage, signal?: AbortSignal): Promise<readonly Instrument[]> {
  return (await Promise.all(venues.map((each) => each.instruments(signal)))).flat();
}
