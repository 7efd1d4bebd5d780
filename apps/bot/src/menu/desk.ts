// What the menu asks a venue for: read only, the same of Backpack and of both services of Aster.
import type { Aster } from "@aster/client";
import type { Backpack } from "@bp/client";
import { Big, BpError } from "@bp/core";

/** Assets of the account, decimal text. */
export interface DeskBalance {
  readonly asset: string;
  readonly total: string;
  readonly free: string;
}

/** The account as a whole: named figures, decimal text. */
export type DeskFigures = readonly (readonly [name: string, value: string])[];

/** A candle, oldest first in lists; quote per base as text. */
export interface DeskCandle {
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
}

/** Where the menu looks. Nothing here can place, cancel or withdraw. */
export interface Desk {
  readonly name: string;
  /** @throws BpError `config/invalid` where the venue has no such thing */
  depositAddress(blockchain: string): Promise<string>;
  balances(): Promise<readonly DeskBalance[]>;
  /** Margin and collateral; empty where there is none. */
  figures(): Promise<DeskFigures>;
  markets(): Promise<readonly string[]>;
  /** The best `depth` levels a side, best first. */
  book(
    symbol: string,
    depth: number,
  ): Promise<{
    readonly bids: readonly (readonly [string, string])[];
    readonly asks: readonly (readonly [string, string])[];
  }>;
  /** Candles of 15 minutes, the newest `count` of them. */
  candles(symbol: string, count: number): Promise<readonly DeskCandle[]>;
  close(): Promise<void>;
}

const quarter = 15 * 60;

/** @param nowSeconds - the venue's idea of now, s */
export function backpackDesk(client: Backpack, nowSeconds: () => number): Desk {
  const { markets, capital } = client.rest;
  return {
    name: "Backpack",
    depositAddress: async (blockchain) => (await capital.depositAddress({ blockchain })).address,
    balances: async () =>
      Object.entries(await capital.balances())
        .map(([asset, { available, locked }]) => ({ asset, total: plus(available, locked), free: available }))
        .filter(({ total }) => !isZero(total)),
    figures: async () => {
      const { netEquity, netEquityAvailable, pnlUnrealized, marginFraction, collateral } = await capital.collateral();
      return [
        ["netEquity", netEquity],
        ["netEquityAvailable", netEquityAvailable],
        ...(pnlUnrealized === null ? [] : [["pnlUnrealized", pnlUnrealized] as const]),
        ...(marginFraction === null ? [] : [["marginFraction", marginFraction] as const]),
        ...collateral.map(({ symbol, totalQuantity, lendQuantity }) => {
          const lent = lendQuantity === null || isZero(lendQuantity) ? "" : `, ${lendQuantity} lent`;
          return [symbol, `${totalQuantity}${lent}`] as const;
        }),
      ];
    },
    markets: async () => (await markets.markets()).map(({ symbol }) => symbol),
    book: async (symbol, depth) => {
      const { bids, asks } = await markets.depth({ symbol });
      return { bids: bids.toReversed().slice(0, depth), asks: asks.slice(0, depth) }; // Backpack's bids ascend
    },
    candles: async (symbol, count) => {
      const startTime = Math.floor(nowSeconds()) - (count + 1) * quarter;
      const found = await markets.klines({ symbol, interval: "15m", startTime });
      return found
        .flatMap(({ open, high, low, close }) =>
          open === null || high === null || low === null || close === null ? [] : [{ open, high, low, close }],
        )
        .slice(-count);
    },
    close: () => client.close(),
  };
}

/** @param service - futures or spot of the login */
export function asterDesk(aster: Aster, service: "futures" | "spot"): Desk {
  const { market } = aster[service].rest;
  return {
    name: `Aster ${service}`,
    depositAddress: () =>
      Promise.reject(
        new BpError("config/invalid", {
          path: "menu 1",
          found: "Aster",
          expected: "Backpack; Aster has no deposit address in its API, use its website",
        }),
      ),
    balances: async () => {
      if (service === "spot") {
        const { balances } = await aster.spot.rest.account.get();
        return balances
          .map(({ asset, free, locked }) => ({ asset, total: plus(free, locked), free }))
          .filter(({ total }) => !isZero(total));
      }
      const balances = await aster.futures.rest.account.balance();
      return balances
        .map(({ asset, balance, availableBalance }) => ({ asset, total: balance, free: availableBalance ?? balance }))
        .filter(({ total }) => !isZero(total));
    },
    figures: () => Promise.resolve([]),
    markets: async () => (await market.exchangeInfo()).symbols.map(({ symbol }) => symbol),
    book: async (symbol, depth) => {
      const { bids, asks } = await market.depth({ symbol, limit: 20 });
      return { bids: bids.slice(0, depth), asks: asks.slice(0, depth) };
    },
    candles: async (symbol, count) => {
      const found = await market.klines({ symbol, interval: "15m", limit: count });
      return found.map(({ open, high, low, close }) => ({ open, high, low, close }));
    },
    close: () => aster.close(),
  };
}

const isZero = (text: string) => /^-?0*\.?0*$/.test(text);
const plus = (a: string, b: string) => new Big(a).plus(b).toFixed();
