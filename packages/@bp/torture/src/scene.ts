// What an invariant sees of a trial, and what it may say.
import type { Command, Event, Millis, Unnumbered, VenueId } from "@bp/core";
import type { Note } from "@bp/engine";
import type { Exchange } from "@bp/sim";
import type { Fault } from "./fault.ts";
import type { Process } from "./process.ts";
import type { Subject, TorturedAccount } from "./subject.ts";
import type { Truth } from "./truth.ts";

/** The trial as it is now. */
export interface Scene {
  readonly subject: Subject;
  readonly plan: readonly Fault[];
  readonly start: Millis;
  readonly truth: Truth;
  readonly process: Process;
  readonly now: () => Millis;
  readonly exchangeAt: (account: TorturedAccount) => Exchange;
  /** How long nothing of the plan has touched a venue, or the bot itself, in ms; `undefined` for any venue. */
  readonly calmMs: (venue?: VenueId) => number;
  /** Says that a promise was broken. Only the first time counts. */
  readonly broken: (says: string) => void;
}

/** Watches over one promise. Each method hears of everything of its kind; all are optional. */
export interface Watcher {
  /** The bot has sent a command, and its engine knows of it. */
  command?(command: Command): void;
  /** A fact has reached the bot's door, before it is handled. */
  told?(fact: Unnumbered): void;
  /** The bot has handled an event. */
  stepped?(event: Event, commands: readonly Command[], notes: readonly Note[]): void;
  /** The bot has been started, or started again. @param different - what a second recovery came to, if to something else */
  started?(different: string | undefined): void;
  died?(): void;
  /** A person has taken the kill switch back, whether or not the bot lives. */
  resumed?(): void;
  /** Once a second. */
  beat?(): void;
  /** Everything is over, and there was time to heal. */
  ended?(): void;
}

/** A promise: its number, its name, and who watches over it. */
export interface Invariant {
  /** 1 to 12. */
  readonly number: number;
  /** In a few words: what must be true. */
  readonly says: string;
  watch(scene: Scene): Watcher;
}
