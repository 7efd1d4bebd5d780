// The futures account as the snapshots ask for it: trades of the open markets, orders, positions and balances.
import { type AccountReader, type ListedFill, lotsNear, type PastFill, type WhichOrder, zero } from "@bp/adapter";
import {
  Big,
  type BpError,
  decimal,
  type Instrument,
  type InstrumentId,
  type Millis,
  type OpenOrder,
  symbolOf,
  type VenueBalance,
  type VenuePosition,
} from "@bp/core";
import type { Call } from "../rest/endpoint.ts";
import { type Account, get as getAccount } from "../rest/futures/account/get.ts";
import { allOrders } from "../rest/futures/trade/allOrders.ts";
import { openOrders } from "../rest/futures/trade/openOrders.ts";
import { userTrades } from "../rest/futures/trade/userTrades.ts";
import type { FuturesOrder } from "../wire/order.ts";
import { fillOfRow, openOrderOf } from "./decode.ts";
import { ownersOf } from "./owners.ts";
import { page, pagesOf } from "./pages.ts";

/** From so many markets on one call for all open orders (40) is the cheaper one. */
const manyMarkets = 40;
/** The venue tells trades of this long at most in one call, ms. */
const weekMs = 7 * 86_400_000;
/** Trades are looked for from this long before an order was sent: clocks differ. */
const clockMarginMs = 5_000;

/** What the reader needs. */
export interface FuturesAccountOptions {
  readonly call: Call;
  /** By symbol, the open markets. */
  readonly asked: ReadonlyMap<string, Instrument>;
  /** Several assets are collateral together. */
  readonly multiAssets: () => boolean;
  readonly venueNow: () => Millis;
  readonly trouble: (error: BpError) => void;
}

/** Reads the account of perpetuals. */
export interface FuturesAccount extends AccountReader {
  /** All trades of an order. */
  readonly fillsOf: (which: WhichOrder, signal: AbortSignal) => Promise<readonly PastFill[]>;
  readonly balances: (signal: AbortSignal) => Promise<readonly VenueBalance[]>;
}

/** Makes the reader. */
export function createFuturesAccount(options: FuturesAccountOptions): FuturesAccount {
  const { call, asked, multiAssets, venueNow, trouble } = options;

  const tradesOf = async (instrument: Instrument, from: number, signal: AbortSignal) => {
    const symbol = symbolOf(instrument.id);
    const rows = await pagesOf((fromId) =>
      call(
        userTrades,
        { symbol, limit: page, ...(fromId === undefined ? { startTime: Math.max(0, from) } : { fromId }) },
        { signal },
      ),
    );
    return rows.filter((row) => row.symbol === symbol).map((row) => fillOfRow(row, instrument)); // figures of another market mean nothing here
  };
  const fills = async (from: Millis, signal: AbortSignal): Promise<readonly ListedFill[]> => {
    const lists = await Promise.all([...asked.values()].map((instrument) => tradesOf(instrument, from, signal)));
    return lists.flat().map((fill) => ({ key: `${fill.instrument} ${fill.tradeId} ${fill.venueOrderId}`, fill }));
  };
  const openRows = async (signal: AbortSignal): Promise<readonly FuturesOrder[]> => {
    if (asked.size >= manyMarkets) return call(openOrders, {}, { signal });
    return (await Promise.all([...asked.keys()].map((symbol) => call(openOrders, { symbol }, { signal })))).flat();
  };
  const quotes = () => new Set([...asked.values()].map(({ quote }) => quote));

  return {
    page: Number.POSITIVE_INFINITY, // both readings are whole
    fills,
    newest: fills,
    owners: (trades, signal) =>
      ownersOf(trades, (symbol, orderId) => call(allOrders, { symbol, orderId, limit: page }, { signal })),
    fillsOf: async ({ instrument, venueOrderId, since }, signal) => {
      const from = since === undefined ? venueNow() - weekMs : since - clockMarginMs;
      return (await tradesOf(instrument, from, signal)).filter((fill) => fill.venueOrderId === venueOrderId);
    },
    balances: async (signal) => balancesOf(await call(getAccount, undefined, { signal }), quotes(), multiAssets()),
    state: async (signal) => {
      const [rows, account] = await Promise.all([openRows(signal), call(getAccount, undefined, { signal })]);
      const orders: OpenOrder[] = [];
      for (const row of rows) {
        const instrument = asked.get(row.symbol);
        const order = instrument === undefined ? undefined : openOrderOf(row, instrument, trouble);
        if (order !== undefined) orders.push(order);
      }
      return {
        orders,
        positions: positionsOf(account, asked, trouble),
        balances: balancesOf(account, quotes(), multiAssets()),
      };
    },
  };
}

/** Net positions of the open markets: in hedge mode long and short in one. */
export function positionsOf(
  { positions }: Account,
  asked: ReadonlyMap<string, Instrument>,
  trouble: (error: BpError) => void,
): VenuePosition[] {
  const net = new Map<InstrumentId, { readonly size: VenuePosition["size"]; readonly cost: Big }>();
  for (const { symbol, positionAmt, entryPrice } of positions) {
    const instrument = asked.get(symbol);
    if (instrument === undefined) continue;
    const size = lotsNear(positionAmt, instrument, trouble);
    if (size === 0) continue;
    const before = net.get(instrument.id);
    net.set(instrument.id, {
      size: (size + (before?.size ?? 0)) as VenuePosition["size"], // whole and whole
      cost: new Big(positionAmt).times(entryPrice ?? zero).plus(before?.cost ?? 0),
    });
  }
  return [...net].map(([instrument, { size, cost }]) => ({ instrument, size, cost: decimal(cost.toFixed()) }));
}

/**
 * Wallets by asset. With one asset a market its own `availableBalance` is free. In multi-assets mode that field tells the **whole**
 * account's value in each asset: the total at the top is told once, with the first quote asset, and every other one has nothing free.
 *
 * @param quotes - quote assets of the open markets; told even when they are empty
 */
export function balancesOf(account: Account, quotes: ReadonlySet<string>, multiAssets: boolean): VenueBalance[] {
  const [first] = quotes;
  return account.assets.flatMap(({ asset, walletBalance, availableBalance }) => {
    if (!/[1-9]/.test(walletBalance) && !quotes.has(asset)) return [];
    const own = availableBalance ?? walletBalance;
    const free = multiAssets ? (asset === first ? account.availableBalance : zero) : own;
    return [{ asset, total: walletBalance, free }];
  });
}
