// Aster's markets for a demonstration: four coins against USDT, perpetual on one service and spot on the other.
import { decimal, type Instrument, type InstrumentId, instrument } from "@bp/core";

interface Coin {
  readonly base: string;
  readonly tickSize: string;
  readonly lotSize: string;
}

const hour = 3_600_000;
const majors = new Set(["BTC", "ETH"]);

const perpetuals: readonly Coin[] = [
  { base: "BTC", tickSize: "0.1", lotSize: "0.001" },
  { base: "ETH", tickSize: "0.01", lotSize: "0.001" },
  { base: "SOL", tickSize: "0.01", lotSize: "0.01" },
  { base: "ASTER", tickSize: "0.0001", lotSize: "0.01" },
];

const pairs: readonly Coin[] = [
  { base: "BTC", tickSize: "0.01", lotSize: "0.00001" },
  { base: "ETH", tickSize: "0.01", lotSize: "0.0001" },
  { base: "SOL", tickSize: "0.01", lotSize: "0.001" },
  { base: "ASTER", tickSize: "0.00001", lotSize: "0.01" },
];

/**
 * BTC, ETH, SOL and ASTER perpetuals, as `aster-futures:BTCUSDT`: narrow bands, funding every 8 hours (BTC, ETH) or 4. The
 * initial requirement is notional / leverage; maintenance 0.4 % (BTC, ETH) or 1 %, unless the exchange is given brackets.
 *
 * @param venue - the part of the ids before the colon
 */
export function asterFuturesMarkets(venue = "aster-futures"): readonly Instrument[] {
  return perpetuals.map((coin) => {
    const major = majors.has(coin.base);
    return {
      ...instrument({ ...common(venue, coin), kind: "perp", maker: "0.0001", taker: "0.00035" }),
      band: major ? { min: 0.98, max: 1.02 } : { min: 0.9, max: 1.1 },
      fundingIntervalMs: (major ? 8 : 4) * hour,
      margin: {
        initial: { base: decimal("0.008"), factor: decimal("0") },
        maintenance: { base: decimal(major ? "0.004" : "0.01"), factor: decimal("0") },
      },
    };
  });
}

/**
 * The same coins on spot, as `aster-spot:BTCUSDT`, with finer grids and a wide band.
 *
 * @param venue - the part of the ids before the colon
 */
export function asterSpotMarkets(venue = "aster-spot"): readonly Instrument[] {
  return pairs.map((coin) => ({
    ...instrument({ ...common(venue, coin), kind: "spot", maker: "0.0002", taker: "0.0007" }),
    band: { min: 0.2, max: 5 },
  }));
}

function common(venue: string, coin: Coin) {
  const id: InstrumentId = `${venue}:${coin.base}USDT`;
  return { ...coin, id, quote: "USDT", minNotional: "5" };
}
