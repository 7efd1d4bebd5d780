// Rule: no order far away from where the market is.
import { type InstrumentId, type Millis, millis, priceText, type RiskRule, type View } from "@bp/core";

/**
 * Refuses prices (a hold's worst price too) outside `reference · (1 ± fraction)`. The reference is the mid of a fresh book,
 * or a fresh mark while one side of the book is empty; without either everything is refused. Reductions are not
 * exempt: their limit price is what protects them.
 *
 * @param fraction - above 0; 0.05 is 5 %
 * @param freshMs - how old the reference may be; 5,000 by default
 */
export const priceBand = (fraction: number, freshMs = 5_000): RiskRule => ({
  name: "price-band",
  start: () => undefined,
  check: (intent, view, { price }) => {
    const reference = referenceOf(view, intent.instrument, millis(view.now - freshMs));
    if (reference === undefined) return { refuse: `no fresh price of ${intent.instrument} to compare with` };
    if (Math.abs(price - reference) <= reference * fraction) return { pass: intent };
    const text = priceText(view.instrument(intent.instrument), price);
    return { refuse: `price ${text} is more than ${percent(fraction)} % away from the market` };
  },
});

function referenceOf(view: View, id: InstrumentId, since: Millis): number | undefined {
  const book = view.book(id);
  if (book.at >= since) {
    const mid = book.mid();
    if (mid !== undefined) return mid;
  }
  const mark = view.mark(id);
  return mark !== undefined && mark.at >= since ? mark.mark : undefined;
}

function percent(fraction: number): string {
  return String(Number((fraction * 100).toFixed(6)));
}
