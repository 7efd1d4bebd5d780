// What assets are worth in the one that everything is told in.
import { Big, BpError, type Instrument } from "@bp/core";

const dollars: ReadonlySet<string> = new Set(["USD", "USDC", "USDT", "FDUSD", "USD1", "USDF"]);

/** What one unit of an asset is worth in the quote; `undefined` where nobody has said. */
export type RateOf = (asset: string) => Big | undefined;

/** @param rates - what one unit of an asset is worth in `quote`. USD, USDC, USDT … count as equal. */
export function ratesOf(quote: string, rates: Readonly<Record<string, string>>): RateOf {
  const one = new Big(1);
  const told = new Map(Object.entries(rates).map(([asset, rate]) => [asset, new Big(rate)]));
  return (asset) => {
    if (asset === quote) return one;
    return told.get(asset) ?? (dollars.has(asset) && dollars.has(quote) ? one : undefined);
  };
}

/** @throws BpError `config/invalid` if the quote of a market has no rate */
export function checkQuotes(instruments: readonly Instrument[], rateOf: RateOf, quote: string): void {
  for (const instrument of instruments)
    if (rateOf(instrument.quote) === undefined)
      throw new BpError("config/invalid", {
        path: `rates.${instrument.quote}`,
        found: "nothing",
        expected: `what one ${instrument.quote} is worth in ${quote}`,
      });
}

/** What one unit of a fee's asset is worth in a market's quote; 1 for its base, which counts at the price of the fill. */
export function feeRateOf(feeAsset: string, { base, quote }: Instrument, rateOf: RateOf): Big | undefined {
  if (feeAsset === quote || feeAsset === base) return new Big(1);
  return rateOf(feeAsset)?.div(rateOf(quote) ?? 1);
}
