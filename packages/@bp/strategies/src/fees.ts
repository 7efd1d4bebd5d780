// What the fee of an own trade came to.
import { Big, type Instrument, type OwnFill, priceToBig } from "@bp/core";

const zero = /* @__PURE__ */ new Big(0);

/** The fee of one trade. */
export interface Paid {
  /** Quote; one in base at the price of its trade. */
  readonly quote: Big;
  /** Base that it took; 0 where it was paid in quote. */
  readonly base: Big;
}

/** What a fee came to, in quote, and what it took of the base. Only a spot market takes it out of the base. */
export function feeIn(instrument: Instrument, fill: Pick<OwnFill, "fee" | "feeAsset" | "price">): Paid {
  const fee = new Big(fill.fee);
  if (instrument.kind !== "spot" || fill.feeAsset !== instrument.base) return { quote: fee, base: zero };
  return { quote: fee.times(priceToBig(instrument, fill.price)), base: fee };
}
