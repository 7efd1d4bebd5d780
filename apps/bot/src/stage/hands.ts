// What is done to an account by hand before the first order: settings, orders that rest there, a look at the wallet.
import { Big, type InstrumentId, symbolOf, type VenueId } from "@bp/core";
import type { Exchange } from "@bp/sim";

/** Leverage as it is now. */
export interface Leverage {
  readonly times: number;
  /** Of the whole account, or of the market alone. */
  readonly of: "account" | "market";
  /** Symbols of other markets with positions that a change would touch. */
  readonly touches: readonly string[];
}

/** An account in our hands, by the venue's own spelling of markets. All of it throws what the venue or the way to it does. */
export interface Hands {
  /** @throws BpError `venue/unavailable` where the venue has no leverage */
  leverage(symbol: string): Promise<Leverage>;
  setLeverage(symbol: string, times: number): Promise<void>;
  /** Ids of everything that rests in a market, the user's own too. */
  openOrders(symbol: string): Promise<readonly string[]>;
  /** Resolves when the venue has taken the cancel, or has no such order any more. */
  cancelOrder(symbol: string, id: string): Promise<void>;
  /** What is free, by asset; decimal text. */
  free(): Promise<ReadonlyMap<string, string>>;
}

/** An account of an exchange in memory. */
export function handsOf(exchange: Exchange, account: string, venue: VenueId): Hands {
  const idOf = (symbol: string): InstrumentId =>
    exchange.instruments.find(({ id }) => symbolOf(id) === symbol)?.id ?? `${venue}:${symbol}`;
  const perMarket = venue.startsWith("aster");
  return {
    leverage: async (symbol) => ({
      times: exchange.terms(account, idOf(symbol)).leverage,
      of: perMarket ? "market" : "account",
      touches: perMarket
        ? []
        : exchange
            .positions(account)
            .filter(({ size }) => size !== 0)
            .map(({ instrument }) => symbolOf(instrument))
            .filter((each) => each !== symbol),
    }),
    setLeverage: async (symbol, times) => {
      const changed = perMarket
        ? exchange.setLeverage(account, times, idOf(symbol))
        : exchange.setLeverage(account, times);
      if (!changed.ok) throw new Error(changed.text);
    },
    openOrders: async (symbol) => exchange.openOrders(account, idOf(symbol)).map(({ id }) => id),
    cancelOrder: async (symbol, id) => void exchange.cancel(account, { instrument: idOf(symbol), id }),
    free: async () =>
      new Map(
        exchange.balances(account).map(({ asset, total, locked }) => [asset, new Big(total).minus(locked).toFixed()]),
      ),
  };
}
