// A way into one account over the wire, and what stands behind it.
import { Big, type BpError, type Clock, type Instrument, type Venue, type VenueId } from "@bp/core";
import type { Secret } from "@bp/signing";
import type { Proxies } from "@bp/transport";
import type { Hands } from "./hands.ts";
import type { AccountHealth } from "./health.ts";
import type { Rights } from "./rights.ts";

/** One account over the wire. */
export interface Door {
  /** `backpack`, `backpack-2`, `aster-futures` … */
  readonly id: VenueId;
  /** Left out: the venue's own. */
  readonly rest?: string | undefined;
  readonly ws?: string | undefined;
  readonly proxy?: Proxies | undefined;
  /** Left out: public data only. */
  readonly keys?: DoorKeys | undefined;
  /** How long a signed request is good, ms; default: the client's. */
  readonly windowMs?: number | undefined;
  /** How long an answer is waited for, ms; default: the client's. */
  readonly timeoutMs?: number | undefined;
}

/** A pair of keys, or an agent of Aster's. The secret does not print. */
export type DoorKeys =
  | { readonly apiKey: string; readonly secret: Secret }
  | { readonly user?: string | undefined; readonly signer: string; readonly privateKey: Secret };

/** Connected to the account as far as that goes before its venue is opened. */
export interface Connection {
  readonly venue: Venue;
  readonly hands: Hands | undefined;
  mid(instrument: Instrument): Promise<string | undefined>;
  /** What the key may do, as far as the venue tells. @throws BpError as any request */
  rights(): Promise<Rights>;
  /** How the way to it is now. */
  health(): AccountHealth;
  /** As `letStay` of the stage; left out where nothing takes back what rests. */
  letStay?(): Promise<void>;
  close(): Promise<void>;
}

/** Makes a connection of a door. @throws BpError `signing/*` for keys that cannot be */
export type Connect = (door: Door, clock: Clock, onTrouble: (error: BpError) => void) => Connection;

/** The middle of a book as REST tells it, its sides in any order; decimal text. */
export function midOf(
  bids: readonly (readonly [string, string])[],
  asks: readonly (readonly [string, string])[],
): string | undefined {
  const prices = (levels: readonly (readonly [string, string])[]) =>
    levels.map(([price]) => new Big(price)).toSorted((a, b) => a.cmp(b));
  const bid = prices(bids).at(-1);
  const [ask] = prices(asks);
  return bid === undefined || ask === undefined ? undefined : bid.plus(ask).div(2).toFixed();
}
