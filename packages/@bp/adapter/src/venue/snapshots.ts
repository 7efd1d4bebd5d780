// The venue's whole truth about an account, without trusting clocks: fills before, the state, fills after, equal or read again.
import {
  type AccountSnapshot,
  type BpError,
  type ClientId,
  type Clock,
  type Fill,
  isBpError,
  type Millis,
  millis,
  type OpenOrder,
  type VenueBalance,
  type VenueId,
  type VenuePosition,
} from "@bp/core";
import type { Skew } from "@bp/transport";
import type { PastFill } from "./orderApi.ts";
import type { OrderDesk } from "./orderDesk.ts";
import { tradeKey, withTotals } from "./totals.ts";

/** A trade of the account as the history lists it. */
export interface ListedFill {
  /** Tells it apart from all others. */
  readonly key: string;
  /** `undefined` in a market that nobody asked for: it moves balances all the same. */
  readonly fill: PastFill | undefined;
}

/** Orders, positions and balances at about one moment. */
export interface AccountState {
  readonly orders: readonly OpenOrder[];
  readonly positions: readonly VenuePosition[];
  readonly balances: readonly VenueBalance[];
}

/** Whose orders trades are of, by the venue's name of the order. Those of a market that are too many are in neither of the two. */
export interface Owners {
  /** Our number; `undefined`: somebody else's. */
  readonly found: ReadonlyMap<string, ClientId | undefined>;
  /** Looked for and not listed: they may come yet. */
  readonly missing: ReadonlySet<string>;
}

/** How a venue is asked about an account. */
export interface AccountReader {
  /** All trades since then, newest first. */
  fills(from: Millis, signal: AbortSignal): Promise<readonly ListedFill[]>;
  /** The newest of them again: `page` at most, newest first. */
  newest(from: Millis, signal: AbortSignal): Promise<readonly ListedFill[]>;
  readonly page: number;
  /** Whose orders these trades are of, the newest first, in a handful of calls: for a venue whose trades do not carry our numbers. */
  owners?(trades: readonly PastFill[], signal: AbortSignal): Promise<Owners>;
  state(signal: AbortSignal): Promise<AccountState>;
}

/** Whose account is read, by which clock. */
export interface SnapshotOptions {
  readonly reader: AccountReader;
  readonly skew: Skew;
  readonly clock: Clock;
  readonly venue: VenueId;
  readonly desk: Pick<OrderDesk, "tradesSince" | "clientIdOfOrder">;
  readonly trouble: (error: BpError) => void;
  readonly signal: AbortSignal;
}

/** Fills are read from this long before the last snapshot: the history may lag. */
const overlapMs = 60_000;
const firstReachMs = 24 * 3_600_000;
/** After so many tries a trade that the stream told and the history does not list is added, and one whose owner cannot be learnt is nobody's. */
const patience = 4;

/** Orders whose owner is remembered. */
const mostOwners = 20_000;

/** Makes the reader of snapshots. It answers when one was read cleanly; `undefined` after an abort. */
export function createSnapshots(options: SnapshotOptions): () => Promise<AccountSnapshot | undefined> {
  const { reader, skew, clock, venue, desk, trouble, signal } = options;
  let last: Millis | undefined;
  const owners = new Map<string, ClientId | undefined>();

  /**
   * Finds out whose trades those are that a process before us may have made.
   *
   * @param passed - orders that were too many to be looked for in this snapshot
   * @returns whether nothing is missing that may come yet
   */
  const learn = async (listed: readonly ListedFill[], passed: Set<string>): Promise<boolean> => {
    const isUnknown = ({ clientId, venueOrderId }: PastFill) =>
      clientId === undefined &&
      desk.clientIdOfOrder(venueOrderId) === undefined &&
      !owners.has(venueOrderId) &&
      !passed.has(venueOrderId);
    const unknown = listed.flatMap(({ fill }) => (fill !== undefined && isUnknown(fill) ? [fill] : []));
    if (unknown.length === 0 || reader.owners === undefined) return true;
    const { found, missing } = await reader.owners(unknown, signal);
    for (const [id, owner] of found) owners.set(id, owner);
    for (const { venueOrderId } of unknown)
      if (!found.has(venueOrderId) && !missing.has(venueOrderId)) passed.add(venueOrderId);
    for (const [id] of owners)
      if (owners.size <= mostOwners) break;
      else owners.delete(id);
    return missing.size === 0;
  };
  /** The same without an end of all tries in its failures: what the snapshot says of orders and positions is worth more. */
  const learnt = async (listed: readonly ListedFill[], passed: Set<string>, tries: number): Promise<boolean> => {
    try {
      return (await learn(listed, passed)) || tries >= patience;
    } catch (error) {
      if (!isBpError(error) || tries < patience || signal.aborted) throw error;
      trouble(error);
      return true;
    }
  };

  const round = async (tries: number, passed: Set<string>): Promise<AccountSnapshot | undefined> => {
    const now = skew.now();
    const asOf = millis(now - Math.ceil(skew.uncertaintyMs ?? 0)); // rather too early: what is newer is laid on top
    const from = millis(Math.max(0, last === undefined ? now - firstReachMs : Math.min(last, now) - overlapMs));
    const streamedBefore = desk.tradesSince(from);
    const before = await reader.fills(from, signal);
    if (!(await learnt(before, passed, tries))) return undefined;
    const { orders, positions, balances } = await reader.state(signal);
    if (!sameNewest(before, await reader.newest(from, signal), reader.page)) return undefined;

    const executed = new Map<string, number>(orders.map(({ venueOrderId, filled }) => [venueOrderId, filled]));
    const known = before.flatMap(({ fill }) =>
      fill === undefined
        ? []
        : [
            {
              ...fill,
              clientId: fill.clientId ?? desk.clientIdOfOrder(fill.venueOrderId) ?? owners.get(fill.venueOrderId),
            },
          ],
    );
    const fills = withTotals(known, (id) => executed.get(id));
    const whole = withStreamed(fills, streamedBefore, desk.tradesSince(from), tries);
    if (whole === undefined) return undefined;
    last = asOf;
    return { type: "account.snapshot", venue, asOf, orders, positions, balances, fills: whole };
  };

  return async () => {
    const passed = new Set<string>();
    for (let tries = 0; !signal.aborted; tries++) {
      try {
        if (skew.offsetMs === undefined) await skew.sync(signal);
        const snapshot = await round(tries, passed);
        if (signal.aborted) return undefined;
        if (snapshot !== undefined) return snapshot;
        await clock.sleep(Math.min(1_000, 20 * 2 ** tries), signal); // something happened in between
      } catch (error) {
        if (!isBpError(error)) throw error;
        if (signal.aborted) return undefined;
        trouble(error);
        await clock.sleep(Math.min(5_000, 250 * 2 ** tries), signal);
      }
    }
    return undefined;
  };
}

/** Whether nothing happened between the two readings: the newest page still begins as it did. */
function sameNewest(before: readonly ListedFill[], after: readonly ListedFill[], page: number): boolean {
  const known = new Set(before.map(({ key }) => key));
  const newest = new Set(after.map(({ key }) => key));
  return after.every(({ key }) => known.has(key)) && before.slice(0, page).every(({ key }) => newest.has(key));
}

/**
 * The fills of the history together with those of the stream. A trade that the stream told during the round may or may not be in the
 * figures: then read again. One that it told before the round is in the figures even if the history lags, and is added after some tries.
 */
function withStreamed(
  fills: readonly Fill[],
  before: ReadonlyMap<string, Fill>,
  now: ReadonlyMap<string, Fill>,
  tries: number,
): readonly Fill[] | undefined {
  const listed = new Set(fills.map(tradeKey));
  const lagging: Fill[] = [];
  for (const [key, fill] of now) {
    if (listed.has(key)) continue;
    if (!before.has(key) || tries < patience) return undefined;
    lagging.push(fill);
  }
  return lagging.length === 0 ? fills : [...fills, ...lagging].toSorted((a, b) => a.venueAt - b.venueAt);
}
