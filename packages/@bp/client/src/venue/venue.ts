// Backpack as a place to trade: the `Venue` port over REST and streams.

import { type ClosableVenue, venueOver } from "@bp/adapter";
import type { BpError, Clock } from "@bp/core";
import type { Backpack } from "../client.ts";
import { type Fees, feesOf, publishedFees, readInstruments } from "./instruments.ts";
import { startBackpack } from "./session.ts";

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
export type BackpackVenue = ClosableVenue;

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
  let fees: Fees = publishedFees;

  const readFees = async (signal?: AbortSignal) => {
    if (client.signs) fees = feesOf(await client.rest.account.get(signal === undefined ? {} : { signal }));
    return fees;
  };
  return venueOver({
    id,
    signs: client.signs,
    load: async (signal) => {
      await readFees(signal);
      return readInstruments(client, id, fees, trouble, signal);
    },
    start: (ask) => startBackpack({ ...ask, client, clock, id, redeem, trouble, fees: () => fees, readFees }),
    close: () => client.close(),
  });
}
