// Rule: no order far away from where the market is.
import { type InstrumentId, type Millis, millis, priceText, type RiskRule, type View } from "@bp/core";

/**
 * How far prices may lie from the market: a fraction above 0 (0.05 is 5 %) for all markets, or one for each that is named,
 * and the narrowest of them for any other.
 */
export type Band = number | Readonly<Record<InstrumentId, number>>;

/**
 * Refuses prices (a hold's worst price too) outside `reference · (1 ± band)`. The reference is the mid of a fresh book,
 * or a fresh mark while one side of the book is empty; without either everything is refused. Reductions are not
 * exempt: their limit price is what protects them.
 *
 * @param freshMs - how old the reference may be; 5,000 by default
 */
export function priceBand(band: Band, freshMs = 5_000): RiskRule {
  const narrowest = typeof band === "number" ? band : Math.min(...Object.values(band));
  const bandOf = (id: InstrumentId) => (typeof band === "number" ? band : (band[id] ?? narrowest));
  return {
    name: "price-band",
    start: () => undefined,
    check: (intent, view, { price }) => {
      const reference = referenceOf(view, intent.instrument, millis(view.now - freshMs));
      const fraction = bandOf(intent.instrument);
      if (reference === undefined) return { refuse: `no fresh price of ${intent.instrument} to compare with` };
      if (Math.abs(price - reference) <= reference * fraction) return { pass: intent };
      const text = priceText(view.instrument(intent.instrument), price);
      return { refuse: `price ${text} is more than ${percent(fraction)} % away from the market` };
    },
  };
}

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
