// Perpetuals as instruments: the list of markets, funding intervals, margin tables, and this account's fees and leverage.
import { type BpError, type Clock, type Instrument, type InstrumentId, isBpError, type VenueId } from "@bp/core";
import type { AsterConnection } from "../createCore.ts";
import { commissionRate } from "../rest/futures/account/commissionRate.ts";
import { type Account, get as getAccount } from "../rest/futures/account/get.ts";
import { type LeverageBracket, leverageBracket } from "../rest/futures/account/leverageBracket.ts";
import { exchangeInfo, type FuturesSymbol } from "../rest/futures/market/exchangeInfo.ts";
import { fundingInfo } from "../rest/futures/market/fundingInfo.ts";
import { createCatalogue } from "./catalogue.ts";
import { assumedFees, instrumentOf, isPerpetual, readable, usualFundingMs } from "./instruments.ts";
import { marginOf } from "./margin.ts";
import { skippedError } from "./skipped.ts";

export interface FuturesMarkets {
  /** Perpetuals that trade. */
  readonly load: (signal?: AbortSignal) => Promise<Map<InstrumentId, Instrument>>;
  /** A market as it is now, also one that has stopped trading. */
  readonly fresh: (symbol: string, signal: AbortSignal) => Promise<Instrument | undefined>;
  /** Reads fees and leverage of this account for these markets, and how they are margined. */
  readonly readTerms: (symbols: Iterable<string>, signal: AbortSignal) => Promise<void>;
}

/** The markets of one client. */
export function createFuturesMarkets(
  client: AsterConnection,
  id: VenueId,
  clock: Clock,
  trouble: (error: BpError) => void,
): FuturesMarkets {
  const { call, signs } = client;
  const fees = new Map<string, Instrument["fees"]>();
  const leverages = new Map<string, number>();
  const brackets = new Map<string, LeverageBracket>();
  const intervals = new Map<string, number>();

  const catalogue = createCatalogue(clock, async (signal) => {
    const options = signal === undefined ? {} : { signal };
    const [info, funding] = await Promise.all([call(exchangeInfo, undefined, options), call(fundingInfo, {}, options)]);
    client.applyLimits(info);
    for (const { symbol, fundingIntervalHours } of funding)
      if (fundingIntervalHours !== null && fundingIntervalHours > 0)
        intervals.set(symbol, fundingIntervalHours * 3_600_000);
    return info;
  });
  const make = (market: FuturesSymbol) => {
    const { symbol } = market;
    const table = brackets.get(symbol);
    return instrumentOf(market, "perp", id, {
      fees: fees.get(symbol) ?? assumedFees.futures,
      fundingIntervalMs: intervals.get(symbol) ?? usualFundingMs,
      margin: table === undefined ? undefined : marginOf(table, leverages.get(symbol)),
    });
  };
  const readBrackets = async (signal?: AbortSignal) => {
    if (signs === undefined) return;
    try {
      for (const each of await call(leverageBracket, {}, signal === undefined ? {} : { signal }))
        brackets.set(each.symbol, each);
    } catch (error) {
      if (!isBpError(error)) throw error;
      trouble(error); // without it margin is not known beforehand, and the venue itself refuses what is too much
    }
  };

  return {
    load: async (signal) => {
      await readBrackets(signal);
      const { symbols, skipped } = await catalogue.read(signal);
      for (const row of skipped) trouble(skippedError(row));
      const trading = symbols.filter((market) => isPerpetual(market) && market.status === "TRADING");
      const known = [...readable(trading, make, trouble).values()];
      return new Map(known.filter(({ state }) => state === "open").map((each) => [each.id, each]));
    },
    fresh: async (symbol, signal) => {
      const market = (await catalogue.recent(signal)).symbols.find((each) => each.symbol === symbol);
      return market === undefined ? undefined : make(market);
    },
    readTerms: async (symbols, signal) => {
      const wanted = [...symbols];
      for (const symbol of wanted) {
        const rate = await call(commissionRate, { symbol }, { signal });
        fees.set(symbol, { maker: rate.makerCommissionRate, taker: rate.takerCommissionRate });
      }
      const account = await call(getAccount, undefined, { signal });
      for (const symbol of wanted) leverages.set(symbol, leverageOf(account, symbol));
    },
  };
}

/** The leverage that the account has set for a market; of two sides the smaller one. 0: not told. */
function leverageOf({ positions }: Account, symbol: string): number {
  const found = positions.flatMap((each) =>
    each.symbol === symbol && each.leverage !== null ? [Number(each.leverage)] : [],
  );
  return found.length === 0 ? 0 : Math.min(...found);
}
