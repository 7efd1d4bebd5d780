// Backpack as a place to trade: the `Venue` port over REST and streams.
import { BpError, type Clock, type Instrument, type InstrumentId, symbolOf, type Venue, venueOf } from "@bp/core";
import type { Backpack } from "../client.ts";
import { type Fees, feesOf, publishedFees, readInstruments } from "./instruments.ts";
import { type Session, startSession } from "./session.ts";

/** Whose account it is, and who hears of trouble. */
export interface BackpackVenueOptions {
  readonly client: Backpack;
  /** Default `backpack`. Two accounts are two venues with two clients. */
  readonly id?: string;
  /** Default: the client's. */
  readonly clock?: Clock;
  /** Spot orders take back what is lent if they need it (`autoLendRedeem`), and what is lent counts as free. Default false. */
  readonly autoLendRedeem?: boolean;
  /** Hears what went wrong and was survived: bad frames, failed reads, silent streams. */
  readonly onTrouble?: (error: BpError) => void;
}

/** The `Venue` port of @bp/core over Backpack: prices in ticks, sizes in lots, times in ms, fees as fractions. */
export interface BackpackVenue extends Venue {
  /** Ends the client's connections. Orders that rest stay where they are. */
  close(): Promise<void>;
}

/**
 * The venue of one account (or of public data alone, with a client that has no key).
 *
 * @example
 * const venue = backpackVenue({ client: createBackpack({ key }) });
 * await venue.open({ instruments: ["backpack:SOL_USDC_PERP"], account: true }, handle, signal);
 */
export function backpackVenue(options: BackpackVenueOptions): BackpackVenue {
  const { client, id = "backpack", autoLendRedeem: redeem = false } = options;
  const clock = options.clock ?? client.clock;
  const trouble = (error: BpError) => options.onTrouble?.(error);
  let known = new Map<InstrumentId, Instrument>();
  let fees: Fees = publishedFees;
  let session: Session | undefined;

  const readFees = async (signal?: AbortSignal) => {
    if (client.signs) fees = feesOf(await client.rest.account.get(signal === undefined ? {} : { signal }));
    return fees;
  };
  const load = async (signal?: AbortSignal) => {
    await readFees(signal);
    known = await readInstruments(client, id, fees, trouble, signal);
  };

  return {
    id,
    instruments: async (signal) => {
      await load(signal);
      return [...known.values()];
    },
    open: async (ask, emit, signal) => {
      if (session !== undefined)
        throw new BpError("config/conflict", {
          what: `venue ${id} is open already`,
          hint: "open it once, with all instruments",
        });
      if (ask.account && !client.signs)
        throw new BpError("config/invalid", {
          path: `${id}.key`,
          found: "none",
          expected: "an API key, because the account is asked for",
        });
      if (signal.aborted) return;
      if (ask.instruments.some((each) => !known.has(each))) await load(signal);
      const asked = new Map(ask.instruments.map((each) => [symbolOf(each), instrumentFrom(known, each)]));
      session = startSession({
        client,
        clock,
        id,
        redeem,
        trouble,
        fees: () => fees,
        readFees,
        asked,
        account: ask.account,
        emit,
        signal,
      });
      try {
        await new Promise<void>((resolve) => {
          if (signal.aborted) resolve();
          signal.addEventListener("abort", () => resolve(), { once: true });
        });
      } finally {
        session.stop();
        session = undefined;
      }
    },
    send: (command) => {
      if (session === undefined)
        throw new BpError("config/conflict", {
          what: `venue ${id} is not open`,
          hint: "open it before sending commands",
        });
      const { desk } = session;
      switch (command.type) {
        case "order.place":
          return desk.place(command);
        case "order.cancel":
          return desk.cancel(command);
        case "account.ask":
          return session.askSnapshot(command.why);
      }
    },
    close: () => client.close(),
  };
}

function instrumentFrom(known: ReadonlyMap<InstrumentId, Instrument>, id: InstrumentId): Instrument {
  const found = known.get(id);
  if (found !== undefined) return found;
  const symbol = symbolOf(id);
  const near = [...known.keys()].map(symbolOf).filter((each) => each.slice(0, 3) === symbol.slice(0, 3).toUpperCase());
  throw new BpError("venue/unknown-symbol", { venue: venueOf(id), symbol, near: near.slice(0, 5) });
}
