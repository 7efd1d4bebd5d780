// Sizes and prices as a person reads them.
import { type InstrumentId, lots, priceText, sizeText, ticks } from "@bp/core";
import type { World } from "./world.ts";

/** `1.50 SOL`; of a market that the run does not know, its whole lots. */
export function amountIn({ instruments }: Pick<World, "instruments">, id: InstrumentId, size: number): string {
  const instrument = instruments.get(id);
  return instrument === undefined ? `${size} lots` : `${sizeText(instrument, lots(size))} ${instrument.base}`;
}

/** `150.25`; of a market that the run does not know, its whole ticks. */
export function priceIn({ instruments }: Pick<World, "instruments">, id: InstrumentId, price: number): string {
  const instrument = instruments.get(id);
  return instrument === undefined ? `${price} ticks` : priceText(instrument, ticks(price));
}
