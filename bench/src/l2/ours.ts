// Ours in backtest/l2-queue: the exchange's matcher and recorded book, without accounts and their money.
import { lastOfMessage, type Side, type Tape, tapeRow } from "@bp/core";
import { createMatcher, createRecordedBook, printsOnly } from "@bp/sim";
import { everyMs, type Filled, gap, lotsEach, note, type Player, rungs } from "./game.ts";

/** @param tape - of one market, without gaps */
export function ourPlayer({ rows, kinds, at, a, b }: Tape): Player {
  return () => {
    const filled: Filled = { fills: 0, lots: 0, digest: 0 };
    const orders = { buy: new Map<number, number>(), sell: new Map<number, number>() }; // price -> slot
    const matcher = createMatcher((slot, _tag, price, size, rest) => {
      note(filled, price, size);
      if (rest > 0) return;
      for (const side of [orders.buy, orders.sell]) if (side.get(price) === slot) side.delete(price);
    });
    const book = createRecordedBook({
      matcher,
      queue: printsOnly,
      touched: () => undefined,
      fill: (_taker, slot, size) => matcher.fill(slot, size),
      gone: () => undefined,
    });
    const crossing: number[] = [];
    let tag = 0;
    let next = at[0] ?? 0;

    /** The best price that the recording shows. */
    const touchOf = (side: Side): number => {
      let price = side === "buy" ? matcher.bid : matcher.ask;
      while (price > 0) {
        let shown = 0;
        for (let slot = matcher.first(price); slot !== 0; slot = matcher.next(slot))
          if (matcher.ownerOf(slot) < 0) shown += matcher.sizeOf(slot);
        if (shown > 0) return price;
        price = side === "buy" ? matcher.below(price - 1) : matcher.above(price + 1);
      }
      return 0;
    };
    const grid = (side: Side, touch: number) => {
      const step = side === "buy" ? -gap : gap;
      const mine = orders[side];
      for (const [price, slot] of mine) {
        const away = (price - touch) / step;
        if (away >= 0 && away < rungs && Number.isInteger(away)) continue;
        matcher.cancel(slot, matcher.tagOf(slot));
        mine.delete(price);
      }
      for (let rung = 0; rung < rungs; rung++) {
        const price = touch + rung * step;
        if (!mine.has(price)) mine.set(price, matcher.rest(side, price, lotsEach, 0, ++tag));
      }
    };

    for (let row = 0; row < rows; row++) {
      // rows are inside of their columns
      const code = kinds[row] as number;
      const kind = code & 0x7f;
      const price = a[row] as number;
      const size = b[row] as number;
      if (kind <= tapeRow.ask) {
        if (!book.tryLevel(kind === tapeRow.bid ? "buy" : "sell", price, size)) crossing.push(row);
      } else if (kind <= tapeRow.sold) book.print(price, size, kind === tapeRow.bought ? "buy" : "sell");
      if (code < lastOfMessage) continue;
      if (crossing.length > 0) {
        for (const each of crossing)
          book.level(
            ((kinds[each] as number) & 0x7f) === tapeRow.bid ? "buy" : "sell",
            a[each] as number,
            b[each] as number,
          );
        crossing.length = 0;
      }
      if ((at[row] as number) < next) continue;
      const bid = touchOf("buy");
      const ask = touchOf("sell");
      if (bid === 0 || ask === 0) continue;
      next = (at[row] as number) + everyMs;
      grid("buy", bid);
      grid("sell", ask);
    }
    return filled;
  };
}
