// The `Venue` port around a session: knows the markets, is open once, and hands commands on.
import {
  BpError,
  type Command,
  type Instrument,
  type InstrumentId,
  symbolOf,
  type Unnumbered,
  type Venue,
  type VenueId,
  venueOf,
} from "@bp/core";
import type { OrderDesk } from "./orderDesk.ts";

/** A venue while it is open. */
export interface VenueSession {
  readonly desk: OrderDesk;
  readonly askSnapshot: (why: string) => void;
  /** Ends everything; what must still be said to the venue is said before it resolves. */
  stop(): void | Promise<void>;
}

/** What a session is opened for. */
export interface SessionAsk {
  /** By symbol; the session keeps it up to date. */
  readonly asked: Map<string, Instrument>;
  readonly account: boolean;
  readonly emit: (fact: Unnumbered) => void;
  readonly signal: AbortSignal;
}

/** What a venue brings to the port: its markets, and how it is opened and closed. */
export interface VenueShell {
  readonly id: VenueId;
  /** Whether there is a key. */
  readonly signs: boolean;
  load(signal?: AbortSignal): Promise<ReadonlyMap<InstrumentId, Instrument>>;
  /** What must be true of the account, and is learned, before anything is opened. Throws what must stop the start. */
  prepare?(asked: Map<string, Instrument>, account: boolean, signal: AbortSignal): Promise<void>;
  start(ask: SessionAsk): VenueSession;
  close(): Promise<void>;
}

/** A venue that can be closed. */
export interface ClosableVenue extends Venue {
  /** Ends the client's connections. Orders that rest stay where they are. */
  close(): Promise<void>;
}

/** The port over what a venue can do. */
export function venueOver(shell: VenueShell): ClosableVenue {
  const { id } = shell;
  let known: ReadonlyMap<InstrumentId, Instrument> = new Map();
  let session: VenueSession | undefined;
  let before: VenueSession | undefined; // it has ended, and its desk can still reach the venue
  let opening = false;
  let wasAsked = false;
  const waiting: Parameters<Venue["send"]>[] = [];

  const open: Venue["open"] = async (ask, emit, signal) => {
    if (opening || session !== undefined)
      throw new BpError("config/conflict", {
        what: `venue ${id} is open already`,
        hint: "open it once, with all instruments",
      });
    if (ask.account && !shell.signs)
      throw new BpError("config/invalid", {
        path: `${id}.key`,
        found: "none",
        expected: "an API key, because the account is asked for",
      });
    if (signal.aborted) return;
    opening = true;
    wasAsked = true;
    let held: readonly Parameters<Venue["send"]>[] = [];
    try {
      if (ask.instruments.some((each) => !known.has(each))) known = await shell.load(signal);
      const asked = new Map(ask.instruments.map((each) => [symbolOf(each), instrumentFrom(known, each)]));
      if (shell.prepare !== undefined) await shell.prepare(asked, ask.account, signal);
      if (signal.aborted) return;
      session = shell.start({ asked, account: ask.account, emit, signal });
    } catch (error) {
      if (signal.aborted) return; // what was on its way was given up with it
      throw error;
    } finally {
      opening = false;
      held = waiting.splice(0);
    }
    try {
      for (const each of held) give(session, ...each);
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
    } finally {
      const ended = session.stop();
      before = session;
      session = undefined;
      await ended;
    }
  };

  return {
    id,
    instruments: async (signal) => {
      known = await shell.load(signal);
      return [...known.values()];
    },
    open,
    send: (command, mayLeave) => {
      if (session !== undefined) return give(session, command, mayLeave);
      const isCancel = command.type === "order.cancel" && wasAsked;
      // A cancel does not wait until all is open anew. It is given once more then, and told what came of it.
      if (isCancel && before !== undefined) give(before, command);
      if (opening || isCancel) return void waiting.push([command, mayLeave]); // whoever starts again cancels at once what may still rest
      throw new BpError("config/conflict", {
        what: `venue ${id} is not open`,
        hint: "open it before sending commands",
      });
    },
    close: () => shell.close(),
  };
}

function give({ desk, askSnapshot }: VenueSession, command: Command, mayLeave?: () => boolean): void {
  if (command.type === "order.place") desk.place(command, mayLeave);
  else if (command.type === "order.cancel") desk.cancel(command);
  else askSnapshot(command.why);
}

function instrumentFrom(known: ReadonlyMap<InstrumentId, Instrument>, id: InstrumentId): Instrument {
  const found = known.get(id);
  if (found !== undefined) return found;
  const symbol = symbolOf(id);
  const near = [...known.keys()].map(symbolOf).filter((each) => each.slice(0, 3) === symbol.slice(0, 3).toUpperCase());
  throw new BpError("venue/unknown-symbol", { venue: venueOf(id), symbol, near: near.slice(0, 5) });
}
