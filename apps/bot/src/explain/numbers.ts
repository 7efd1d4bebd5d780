// Numbers of a market as its venue writes them, and texts that fit a line.
import { type Instrument, type Lots, plain, priceText, sizeText, type Ticks } from "@bp/core";

/** Writes numbers of a market as the venue does. */
export type Numbers = (id: string) => {
  readonly price: (ticks: number) => string;
  readonly size: (lots: number) => string;
};

/** Most of what a strategy remembers, in characters: the rest is in `--json`. */
const longestMemory = 400;

/** For the markets of a run; others are told in ticks and lots. */
export function numbersOf(instruments: readonly Instrument[]): Numbers {
  const byId = new Map<string, Instrument>(instruments.map((each) => [each.id, each]));
  return (id) => {
    const market = byId.get(id);
    if (market === undefined) return { price: (ticks) => `${ticks} ticks`, size: (lots) => `${lots} lots` };
    return {
      price: (ticks) => (Number.isInteger(ticks) ? priceText(market, ticks as Ticks) : between(market, ticks)), // whole: just checked
      size: (lots) => sizeText(market, lots as Lots), // journals hold whole lots
    };
  };
}

/** A price with a fraction of a tick: a mark. */
const between = (market: Instrument, ticks: number) =>
  (Number(market.tickSize) * ticks).toPrecision(10).replace(/\.?0+$/, "");

/** One line without anything that a terminal obeys, not too long. */
export const cut = (text: string) => plain(text.length > longestMemory ? `${text.slice(0, longestMemory)}…` : text);
