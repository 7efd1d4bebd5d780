// The markets that a demonstration trades: three coins, spot and perpetual, and the coin that Aster has in common with Backpack.
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

const aster: Coin = { base: "ASTER", tickSize: "0.0001", lotSize: "0.1" };

/**
 * SOL, BTC and ETH against USDC, as `backpack:SOL_USDC` and `backpack:SOL_USDC_PERP`, with the grids, bands, margins and
 * first-tier fees of the real ones.
 *
 * @param venue - the part of the ids before the colon
 */
export function defaultMarkets(venue = "backpack"): readonly Instrument[] {
  return coins.flatMap((coin) => [spot(venue, coin), perp(venue, coin)]);
}

/**
 * ASTER against USDC, as `backpack:ASTER_USDC` and `backpack:ASTER_USDC_PERP`: for who trades Backpack and Aster against each
 * other. Apart from the others, because a market that nobody trades is work all the same.
 *
 * @param venue - the part of the ids before the colon
 */
export function asterOnBackpack(venue = "backpack"): readonly Instrument[] {
  return [spot(venue, aster), perp(venue, aster)];
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
