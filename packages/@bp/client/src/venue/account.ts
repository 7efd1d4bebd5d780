// The account as the snapshots ask for it: trades in pages, orders, positions and balances.
import { type AccountReader, type ListedFill, sum, zero } from "@bp/adapter";
import type { BpError, Instrument, OpenOrder, VenueBalance, VenuePosition } from "@bp/core";
import { isBpError } from "@bp/core";
import type { Backpack } from "../client.ts";
import type { Balances } from "../rest/capital/balances.ts";
import type { Collateral } from "../rest/capital/collateral.ts";
import type { PastFill as FillRow } from "../rest/history/fills.ts";
import { fillOfRow, openOrderOf, positionOf } from "./decode.ts";

const page = 1000;
const mostPages = 5;

/**
 * @param redeem - what is lent counts as free: orders take it back by themselves
 */
export function createAccountReader(
  client: Backpack,
  instrumentOf: (symbol: string) => Instrument | undefined,
  redeem: boolean,
  trouble: (error: BpError) => void,
): AccountReader {
  const { capital, history, orders, positions } = client.rest;
  const listed = (row: FillRow): ListedFill => {
    const instrument = instrumentOf(row.symbol);
    const key = `${row.symbol} ${row.orderId} ${row.tradeId ?? ""} ${row.timestamp} ${row.price} ${row.quantity}`;
    return { key, fill: instrument === undefined ? undefined : fillOfRow(row, instrument) };
  };
  return {
    page,
    fills: async (from, signal) => {
      const rows: FillRow[] = [];
      for (let done = 0; done < mostPages; done++) {
        const more = await history.fills(
          { from, limit: page, sortDirection: "Desc", ...(done === 0 ? {} : { offset: done * page }) },
          { signal },
        );
        rows.push(...more);
        if (more.length < page) break;
      }
      const all = rows.map(listed);
      return [...new Map(all.map((each) => [each.key, each])).values()]; // a new fill shifts rows into the next page
    },
    newest: async (from, signal) =>
      (await history.fills({ from, limit: page, sortDirection: "Desc" }, { signal })).map(listed),
    state: async (signal) => {
      const [rows, positionRows, balances, collateral] = await Promise.all([
        orders.open({}, { signal }),
        positions.list({}, { signal }),
        capital.balances({ signal }),
        readCollateral(client, trouble, signal),
      ]);
      const open: OpenOrder[] = [];
      for (const row of rows) {
        const instrument = instrumentOf(row.symbol);
        const order = instrument === undefined ? undefined : openOrderOf(row, instrument, trouble);
        if (order !== undefined) open.push(order);
      }
      const held: VenuePosition[] = [];
      for (const row of positionRows) {
        const instrument = instrumentOf(row.symbol);
        const position = instrument === undefined ? undefined : positionOf(row, instrument);
        if (position !== undefined) held.push(position);
      }
      return { orders: open, positions: held, balances: balancesOf(balances, collateral, redeem) };
    },
  };
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
