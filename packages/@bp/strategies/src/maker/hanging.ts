// Orders that are left hanging: when one side of a level has filled, the other waits where it is for the price to come back.
import type { OwnFill, Quote } from "@bp/core";

/**
 * The hanging orders after trades of our own: those that are done go, and the counterparts of ladder orders that are done come.
 *
 * @param quotes - what was wished, the hanging ones among them: best first on each side
 * @param hanging - those of them that hang
 * @returns the same array when nothing changed
 */
export function withFills(
  quotes: readonly Quote[],
  hanging: readonly Quote[],
  fills: readonly OwnFill[],
): readonly Quote[] {
  let left = hanging;
  for (const { slot, total } of fills) {
    const done = quotes.find((quote) => quote.slot === slot);
    if (done === undefined || total < done.size) continue;
    if (left.includes(done)) {
      left = left.filter((quote) => quote !== done);
      continue;
    }
    const ladder = quotes.filter((quote) => !hanging.includes(quote));
    const rank = ladder.filter(({ side }) => side === done.side).indexOf(done);
    const other = ladder.filter(({ side }) => side !== done.side)[rank];
    if (other !== undefined && !left.includes(other)) left = [...left, other];
  }
  return left;
}

/**
 * The hanging orders that may stay: no further from the mid than a part of it, and not at or beyond the touch of the other side.
 *
 * @param furthest - as a part of the mid: 0.05 is 5 %
 */
export function stillHanging(hanging: readonly Quote[], bid: number, ask: number, furthest: number): readonly Quote[] {
  const mid = (bid + ask) / 2;
  const stay = ({ side, price }: Quote) =>
    Math.abs(price - mid) <= mid * furthest && (side === "buy" ? price < ask : price > bid);
  return hanging.every(stay) ? hanging : hanging.filter(stay);
}
