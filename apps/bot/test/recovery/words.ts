// What the exchange's process and the bot's say to each other.
import type { Command, Instrument, InstrumentId, Millis, Unnumbered, VenueId } from "@bp/core";
import type { Asked } from "../../src/operator.ts";
import type { Recipe } from "../../src/wire-up.ts";
import type { Death } from "./crash.ts";

/** The first word to a bot. */
export interface Begin {
  readonly journal: string;
  readonly recipe: Recipe;
  readonly instruments: readonly Instrument[];
  readonly venues: readonly VenueId[];
  readonly now: Millis;
  readonly death: Death | undefined;
}

/** The next moment: what arrives at it, and what a person asks. */
export interface Moment {
  readonly now: Millis;
  readonly facts: readonly { readonly venue: VenueId; readonly fact: Unnumbered }[];
  readonly ask?: Asked | undefined;
  /** Whether the answer is to say what the bot believes. */
  readonly look?: boolean;
}

/** From the bot: `open` and `command` as they happen, `done` when the moment is over. */
export type Said =
  | { readonly is: "open"; readonly venue: VenueId }
  | { readonly is: "command"; readonly command: Command; readonly step: number }
  | { readonly is: "done"; readonly wakeAt: number; readonly belief?: Belief }
  | { readonly is: "ended"; readonly end: End }
  | { readonly is: "failed"; readonly why: string };

/** What the bot believes. */
export interface Belief {
  readonly orders: readonly { readonly clientId: number; readonly state: string }[];
  /** In lots; `undefined`: unknown. */
  readonly positions: Readonly<Record<InstrumentId, number | undefined>>;
  readonly halted: string | undefined;
  readonly up: boolean;
}

/** What it says at its end. */
export interface End {
  readonly code: number;
  readonly why: string;
  readonly run: string;
  /** Steps that its last process has persisted. */
  readonly steps: number;
  readonly openOrders: number;
  readonly failure: string | undefined;
  readonly figures: Readonly<Record<InstrumentId, Counted>>;
}

/** What was counted in a market, as exact decimals. */
export interface Counted {
  readonly fills: number;
  readonly volumeQuote: string;
  readonly feesQuote: string;
  readonly position: string;
}
