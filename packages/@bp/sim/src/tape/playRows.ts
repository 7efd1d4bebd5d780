// The levels of one message of a tape, brought into the book in one go.
import { type Tape, tapeRow } from "@bp/core";
import type { RowHands } from "../contract.ts";

/** Plays levels. */
export interface LevelPlayer {
  /** All levels and resets of the rows `from` to before `to`; says whether there are rows of other kinds. */
  play(from: number, to: number): boolean;
}

const { bid, ask, reset } = tapeRow;

/**
 * @param tape - checked by `checkRows`
 * @param hands - by the place of a market
 */
export function createLevelPlayer(tape: Tape, hands: readonly RowHands[]): LevelPlayer {
  const { kinds, markets, a, b } = tape;
  const crossing: number[] = [];
  // rows are inside of their columns, and markets were checked: hence `as number`, `as RowHands`

  /** A new whole book: prices that it does not name are empty. */
  const clearOthers = (market: number, from: number, to: number): void => {
    const named = { buy: new Set<number>(), sell: new Set<number>() };
    for (let row = from; row < to; row++) {
      const kind = (kinds[row] as number) & 0x7f;
      if (markets[row] !== market || (b[row] as number) === 0) continue;
      if (kind === bid) named.buy.add(a[row] as number);
      else if (kind === ask) named.sell.add(a[row] as number);
    }
    const book = hands[market] as RowHands;
    for (let price = book.bid; price > 0; price = book.below(price - 1))
      if (!named.buy.has(price)) book.level("buy", price, 0);
    for (let price = book.ask; price > 0; price = book.above(price + 1))
      if (!named.sell.has(price)) book.level("sell", price, 0);
  };

  return {
    play: (from, to) => {
      let others = false;
      crossing.length = 0;
      for (let row = from; row < to; row++) {
        const kind = (kinds[row] as number) & 0x7f;
        if (kind <= ask) {
          const book = hands[markets[row] as number] as RowHands;
          if (!book.tryLevel(kind === bid ? "buy" : "sell", a[row] as number, b[row] as number)) crossing.push(row);
        } else {
          if (kind === reset) clearOthers(markets[row] as number, row, to);
          others = true;
        }
      }
      // what still crosses when the whole message is in crosses indeed
      for (const row of crossing) {
        const book = hands[markets[row] as number] as RowHands;
        book.level(((kinds[row] as number) & 0x7f) === bid ? "buy" : "sell", a[row] as number, b[row] as number);
      }
      return others;
    },
  };
}
