// The venue's whole truth about an account, without trusting clocks: fills before, the state, fills after, equal or read again.

import { sum, zero } from "@bp/adapter";
import {
  type AccountSnapshot,
  type BpError,
  type Clock,
  type Fill,
  type Instrument,
  isBpError,
  type Millis,
  millis,
  type OpenOrder,
  type VenueBalance,
  type VenueId,
  type VenuePosition,
} from "@bp/core";
import type { Backpack } from "../client.ts";
import type { Balances } from "../rest/capital/balances.ts";
import type { Collateral } from "../rest/capital/collateral.ts";
import type { PastFill } from "../rest/history/fills.ts";
import { executedOf, fillsOfRows, openOrderOf, positionOf } from "./decode.ts";
import { type OrderDesk, tradeKey } from "./orders.ts";

export interface SnapshotOptions {
  readonly client: Backpack;
  readonly clock: Clock;
  readonly venue: VenueId;
  readonly instrumentOf: (symbol: string) => Instrument | undefined;
  readonly desk: Pick<OrderDesk, "tradesSince" | "clientIdOfOrder">;
  /** What is lent counts as free: orders take it back by themselves. */
  readonly redeem: boolean;
  readonly trouble: (error: BpError) => void;
  readonly signal: AbortSignal;
}

/** Fills are read from this long before the last snapshot: the history may lag. */
const overlapMs = 60_000;
const firstReachMs = 24 * 3_600_000;
const page = 1000;
const mostPages = 5;

/** Makes the reader of snapshots. It answers when one was read cleanly; `undefined` after an abort. */
export function createSnapshots(options: SnapshotOptions): () => Promise<AccountSnapshot | undefined> {
  const { client, clock, venue, instrumentOf, desk, redeem, trouble, signal } = options;
  let last: Millis | undefined;

  const round = async (tries: number): Promise<AccountSnapshot | undefined> => {
    const now = client.skew.now();
    const asOf = millis(now - Math.ceil(client.skew.uncertaintyMs ?? 0)); // rather too early: what is newer is laid on top
    const from = (last ?? now - firstReachMs) - (last === undefined ? 0 : overlapMs);
    const streamedBefore = desk.tradesSince(millis(Math.max(0, from)));
    const before = await fillsFrom(from);
    const [rows, positionRows, balances, collateral] = await Promise.all([
      client.rest.orders.open({}, { signal }),
      client.rest.positions.list({}, { signal }),
      client.rest.capital.balances({ signal }),
      readCollateral(client, trouble, signal),
    ]);
    const after = await client.rest.history.fills({ from, limit: page, sortDirection: "Desc" }, { signal });
    if (!sameNewest(before, after)) return undefined;

    const open: OpenOrder[] = [];
    const executed = new Map<string, number>();
    for (const row of rows) {
      const instrument = instrumentOf(row.symbol);
      const order = instrument === undefined ? undefined : openOrderOf(row, instrument, trouble);
      if (order === undefined || instrument === undefined) continue;
      open.push(order);
      executed.set(order.venueOrderId, executedOf(row.executedQuantity, instrument));
    }
    const positions: VenuePosition[] = [];
    for (const row of positionRows) {
      const instrument = instrumentOf(row.symbol);
      const position = instrument === undefined ? undefined : positionOf(row, instrument);
      if (position !== undefined) positions.push(position);
    }
    const fills = fillsOfRows(before, instrumentOf, desk.clientIdOfOrder, (id) => executed.get(id));
    const whole = withStreamed(fills, streamedBefore, desk.tradesSince(millis(Math.max(0, from))), tries);
    if (whole === undefined) return undefined;
    last = asOf;
    return {
      type: "account.snapshot",
      venue,
      asOf,
      orders: open,
      positions,
      balances: balancesOf(balances, collateral, redeem),
      fills: whole,
    };
  };

  const fillsFrom = async (from: number): Promise<PastFill[]> => {
    const rows: PastFill[] = [];
    for (let done = 0; done < mostPages; done++) {
      const more = await client.rest.history.fills(
        { from, limit: page, sortDirection: "Desc", ...(done === 0 ? {} : { offset: done * page }) },
        { signal },
      );
      rows.push(...more);
      if (more.length < page) break;
    }
    return [...new Map(rows.map((row) => [rowKey(row), row])).values()]; // a new fill shifts rows into the next page
  };

  return async () => {
    for (let tries = 0; !signal.aborted; tries++) {
      try {
        if (client.skew.offsetMs === undefined) await client.skew.sync(signal);
        const snapshot = await round(tries);
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

function rowKey(row: PastFill): string {
  return `${row.symbol} ${row.orderId} ${row.tradeId ?? ""} ${row.timestamp} ${row.price} ${row.quantity}`;
}

/** Whether nothing happened between the two readings: the newest page still begins as it did. */
function sameNewest(before: readonly PastFill[], after: readonly PastFill[]): boolean {
  const known = new Set(before.map(rowKey));
  const newest = new Set(after.map(rowKey));
  return after.every((row) => known.has(rowKey(row))) && before.slice(0, page).every((row) => newest.has(rowKey(row)));
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
    if (!before.has(key) || tries < 4) return undefined;
    lagging.push(fill);
  }
  return lagging.length === 0 ? fills : [...fills, ...lagging].toSorted((a, b) => a.venueAt - b.venueAt);
}

async function readCollateral(
  client: Backpack,
  trouble: (error: BpError) => void,
  signal: AbortSignal,
): Promise<Collateral | undefined> {
  try {
    return await client.rest.capital.collateral({ signal });
  } catch (error) {
    if (!isBpError(error, "venue/refused")) throw error; // only lent amounts are read there; without them balances look smaller
    trouble(error);
    return undefined;
  }
}

/** Wallet and what is lent out of it, by asset. Totals include what is lent. */
export function balancesOf(balances: Balances, collateral: Collateral | undefined, redeem: boolean): VenueBalance[] {
  const lent = new Map(
    collateral?.collateral.map(({ symbol, lendQuantity }) => [symbol, lendQuantity ?? zero] as const),
  );
  const assets = new Set([...Object.keys(balances), ...lent.keys()]);
  return [...assets].map((asset) => {
    const { available, locked, staked } = balances[asset] ?? { available: zero, locked: zero, staked: zero };
    const lend = lent.get(asset) ?? zero;
    return { asset, total: sum(available, locked, staked, lend), free: redeem ? sum(available, lend) : available };
  });
}
