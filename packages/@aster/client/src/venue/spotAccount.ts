// The spot account as the snapshots ask for it: trades of all markets, open orders, balances.
import { type AccountReader, type ListedFill, type PastFill, sum, type WhichOrder } from "@bp/adapter";
import { type BpError, type Instrument, type OpenOrder, symbolOf, type VenueBalance } from "@bp/core";
import type { Call } from "../rest/endpoint.ts";
import { type Account, get as getAccount } from "../rest/spot/account/get.ts";
import { allOrders } from "../rest/spot/trade/allOrders.ts";
import { openOrders } from "../rest/spot/trade/openOrders.ts";
import { userTrades } from "../rest/spot/trade/userTrades.ts";
import type { SpotOrder } from "../wire/order.ts";
import { fillOfRow, openOrderOf } from "./decode.ts";
import { ownersOf } from "./owners.ts";
import { page, pagesOf } from "./pages.ts";

/** From so many markets on one call for all open orders (40) is the cheaper one. */
const manyMarkets = 40;

/** Reads the spot account. */
export interface SpotAccount extends AccountReader {
  /** All trades of an order. */
  readonly fillsOf: (which: WhichOrder, signal: AbortSignal) => Promise<readonly PastFill[]>;
}

/** @param asked - by symbol, the open markets */
export function createSpotAccount(
  call: Call,
  asked: ReadonlyMap<string, Instrument>,
  trouble: (error: BpError) => void,
): SpotAccount {
  const fills: AccountReader["fills"] = async (from, signal) => {
    // Of all markets at once: ids are only unique within one, so that pages go on by market where one is full.
    const first = await call(userTrades, { startTime: from, limit: page }, { signal });
    const rows =
      first.length < page ? first : (await Promise.all([...asked.keys()].map(rowsFrom(from, signal)))).flat();
    return rows.map((row): ListedFill => {
      const instrument = asked.get(row.symbol);
      const key = `${row.symbol} ${row.id} ${row.orderId}`;
      return { key, fill: instrument === undefined ? undefined : fillOfRow(row, instrument) };
    });
  };
  const rowsFrom = (from: number, signal: AbortSignal) => (symbol: string) =>
    pagesOf((fromId) =>
      call(
        userTrades,
        { symbol, limit: page, ...(fromId === undefined ? { startTime: from } : { fromId }) },
        { signal },
      ),
    );
  const openRows = async (signal: AbortSignal): Promise<readonly SpotOrder[]> => {
    if (asked.size >= manyMarkets) return call(openOrders, {}, { signal });
    return (await Promise.all([...asked.keys()].map((symbol) => call(openOrders, { symbol }, { signal })))).flat();
  };

  return {
    page: Number.POSITIVE_INFINITY, // both readings are whole
    fills,
    newest: fills,
    owners: (trades, signal) =>
      ownersOf(trades, (symbol, orderId) => call(allOrders, { symbol, orderId, limit: page }, { signal })),
    fillsOf: async ({ instrument, venueOrderId }, signal) => {
      if (venueOrderId === undefined) return [];
      const symbol = symbolOf(instrument.id);
      const rows = await call(userTrades, { symbol, orderId: venueOrderId, limit: page }, { signal });
      return rows
        .filter((row) => row.orderId === venueOrderId && row.symbol === symbol)
        .map((row) => fillOfRow(row, instrument));
    },
    state: async (signal) => {
      const [rows, account] = await Promise.all([openRows(signal), call(getAccount, undefined, { signal })]);
      const orders: OpenOrder[] = [];
      for (const row of rows) {
        const instrument = asked.get(row.symbol);
        const order = instrument === undefined ? undefined : openOrderOf(row, instrument, trouble);
        if (order !== undefined) orders.push(order);
      }
      return { orders, positions: [], balances: balancesOf(account) };
    },
  };
}

function balancesOf({ balances }: Account): VenueBalance[] {
  return balances
    .map(({ asset, free, locked }) => ({ asset, total: sum(free, locked), free }))
    .filter(({ total }) => /[1-9]/.test(total));
}
