// The markets that a demonstration trades: three coins, spot and perpetual.
import { decimal, type Instrument, type InstrumentId, instrument } from "@bp/core";

interface Coin {
  readonly base: string;
  readonly tickSize: string;
  readonly lotSize: string;
}

const coins: readonly Coin[] = [
  { base: "SOL", tickSize: "0.01", lotSize: "0.01" },
  { base: "BTC", tickSize: "0.1", lotSize: "0.00001" },
  { base: "ETH", tickSize: "0.01", lotSize: "0.0001" },
];

/**
 * SOL, BTC and ETH against USDC, as `backpack:SOL_USDC` and `backpack:SOL_USDC_PERP`, with the grids, bands, margins and
 * first-tier fees of the real ones.
 *
 * @param venue - the part of the ids before the colon
 */
export function defaultMarkets(venue = "backpack"): readonly Instrument[] {
  return coins.flatMap((coin) => [spot(venue, coin), perp(venue, coin)]);
}

function spot(venue: string, coin: Coin): Instrument {
  const id: InstrumentId = `${venue}:${coin.base}_USDC`;
  return {
    ...instrument({ ...coin, id, kind: "spot", quote: "USDC", maker: "0.0008", taker: "0.001" }),
    band: { min: 0.25, max: 2 },
  };
}

function perp(venue: string, coin: Coin): Instrument {
  const id: InstrumentId = `${venue}:${coin.base}_USDC_PERP`;
  return {
    ...instrument({ ...coin, id, kind: "perp", quote: "USDC", maker: "0.0002", taker: "0.0005" }),
    band: { min: 0.25, max: 2 },
    margin: {
      initial: { base: decimal("0.02"), factor: decimal("0.00006") },
      maintenance: { base: decimal("0.0135"), factor: decimal("0.000036") },
    },
  };
}
