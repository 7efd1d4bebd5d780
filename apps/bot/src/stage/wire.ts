// A stage over real sockets: our sandbox in this process, one in another, or the venues themselves.
import { type Clock, exchangeOf, type Instrument, type InstrumentId, type Venue, venueOf } from "@bp/core";
import { live, paceOf } from "@bp/engine";
import { systemClock } from "@bp/transport";
import type { Connection, Door } from "./door.ts";
import { accountNameOf } from "./identity.ts";
import { untoldRights } from "./rights.ts";
import { type Ledger, routeTo, type Stage } from "./stage.ts";
import { tellTroubles } from "./trouble.ts";

/** What is set up over the wire. */
export interface WireOptions {
  readonly place: "sandbox" | "paper" | "live";
  /** One for each account. */
  readonly doors: readonly Door[];
  readonly speed: number;
  readonly seed: number | undefined;
  readonly lasts: boolean;
  readonly about: string;
  /** Puts something between a venue and the run: the paper exchange. Nothing is done to the account by hand then. */
  readonly wrap?: (venue: Venue, clock: Clock) => Venue;
  readonly ledger?: (instrument: InstrumentId) => Ledger | undefined;
  readonly close?: () => Promise<void>;
}

/** Sends nothing yet: that begins with `drive`. @throws BpError `signing/*` for keys that cannot be */
export async function wireStage(options: WireOptions): Promise<Stage> {
  const { place, doors, wrap, ledger } = options;
  const clock = systemClock;
  const onTrouble = tellTroubles(clock, (line) => process.stderr.write(`${line}\n`));
  const connections = new Map<string, Connection>();
  for (const door of doors) {
    // Each client is loaded only where it is needed.
    const connect =
      exchangeOf(door.id) === "backpack"
        ? (await import("./backpack.ts")).connectBackpack
        : (await import("./aster.ts")).connectAster;
    connections.set(door.id, connect(door, clock, onTrouble));
  }
  const real = [...connections.values()];
  const venues = real.map(({ venue }) => wrap?.(venue, clock) ?? venue);
  const pace = paceOf(options.speed, clock.now());
  return {
    place,
    venues,
    clock,
    speed: options.speed,
    seed: options.seed,
    accounts: doors.map((door) => accountNameOf(place, door)),
    lasts: options.lasts,
    ...(options.lasts ? { doors } : {}),
    about: options.about,
    drive: async (instruments, handle, signal) => {
      await live({ venues, instruments, handle, clock, signal, pace, wall: Date.now });
      return undefined;
    },
    send: routeTo(venues),
    now: () => pace.toMarket(clock.now()),
    pause: (ms) => clock.sleep(ms),
    mid: (instrument: Instrument) =>
      connections.get(venueOf(instrument.id))?.mid(instrument) ?? Promise.resolve(undefined),
    hands: (venue) => (wrap === undefined ? connections.get(venue)?.hands : undefined),
    rights: async (venue) => (await connections.get(venue)?.rights()) ?? untoldRights("there is no such account"),
    health: (venue) => connections.get(venue)?.health(),
    letStay: async () => {
      await Promise.all(real.map(async (each) => each.letStay?.()));
    },
    ...(ledger === undefined ? {} : { ledger }),
    close: async () => {
      await Promise.all(real.map((each) => each.close()));
      await options.close?.();
    },
  };
}
