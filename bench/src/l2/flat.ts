// The limit of backtest/l2-queue: one loop over columns, a book of two flat arrays, ten orders in a few more.
import { lastOfMessage, type Tape, tapeRow } from "@bp/core";
import { everyMs, type Filled, gap, lotsEach, note, type Player, rungs } from "./game.ts";

// Places are inside of their arrays, which the types cannot know: hence `as number`.

/** @param tape - of one market, without gaps; prices are to lie within a range that fits into memory */
export function flatPlayer(tape: Tape): Player {
  const { rows, kinds, at } = tape;
  let low = Infinity;
  let high = 0;
  for (let row = 0; row < rows; row++) {
    if (((tape.kinds[row] as number) & 0x7f) > tapeRow.sold) continue;
    low = Math.min(low, tape.a[row] as number);
    high = Math.max(high, tape.a[row] as number);
  }
  const width = high - low + 1 + 2 * (gap * rungs + 1);
  const shift = low - gap * rungs - 1;
  const prices = Int32Array.from(tape.a.subarray(0, rows), (price) => price - shift);
  const sizes = Int32Array.from(tape.b.subarray(0, rows));
  const bids = new Int32Array(width);
  const asks = new Int32Array(width);

  return () => {
    bids.fill(0);
    asks.fill(0);
    let bestBid = 0;
    let bestAsk = width;
    // orders: bids in places 0 to rungs - 1, asks behind them; best first
    const own = new Int32Array(2 * rungs); // price
    const left = new Float64Array(2 * rungs); // 0: none
    const front = new Float64Array(2 * rungs);
    const printed = new Float64Array(2 * rungs);
    const crossing: number[] = [];
    const filled: Filled = { fills: 0, lots: 0, digest: 0 };
    let next = at[0] as number;
    let ownBid = 0; // best price of an order of ours
    let ownAsk = width;
    let lastBid = width; // and the worst one
    let lastAsk = 0;

    const look = () => {
      ownBid = 0;
      ownAsk = width;
      lastBid = width;
      lastAsk = 0;
      for (let each = 0; each < rungs; each++) {
        const bid = own[each] as number;
        const ask = own[each + rungs] as number;
        if ((left[each] as number) > 0) {
          if (bid > ownBid) ownBid = bid;
          if (bid < lastBid) lastBid = bid;
        }
        if ((left[each + rungs] as number) === 0) continue;
        if (ask < ownAsk) ownAsk = ask;
        if (ask > lastAsk) lastAsk = ask;
      }
    };
    const fill = (each: number, size: number) => {
      left[each] = (left[each] as number) - size;
      note(filled, (own[each] as number) + shift, size);
      look();
    };
    /** The order of a side with the best price, up to a bound. */
    const bestOwn = (buying: boolean, bound: number): number => {
      let found = -1;
      for (let each = buying ? 0 : rungs; each < (buying ? rungs : 2 * rungs); each++) {
        if ((left[each] as number) === 0 || (buying ? (own[each] as number) < bound : (own[each] as number) > bound))
          continue;
        if (
          found < 0 ||
          (buying ? (own[each] as number) > (own[found] as number) : (own[each] as number) < (own[found] as number))
        )
          found = each;
      }
      return found;
    };
    /** A level with an order of ours changes. */
    const move = (price: number, before: number, after: number, from: number) => {
      for (let each = from; each < from + rungs; each++) {
        if ((own[each] as number) !== price || (left[each] as number) === 0) continue;
        const gone = before - after - (printed[each] as number);
        const ahead = front[each] as number;
        printed[each] = 0;
        front[each] =
          gone <= 0 ? Math.min(ahead, after) : Math.max(0, Math.min(ahead + Math.min(before - ahead - gone, 0), after));
      }
    };
    const print = (price: number, size: number, buying: boolean) => {
      let open = size;
      while (open > 0) {
        const each = bestOwn(!buying, price);
        if (each < 0) return;
        if ((own[each] as number) === price) {
          const eaten = Math.min(open, front[each] as number);
          front[each] = (front[each] as number) - eaten;
          open -= eaten;
          const shown = buying ? asks[price] : bids[price];
          const behind = (shown as number) - front[each] - eaten;
          const ours = Math.min(open, left[each] as number);
          printed[each] = (printed[each] as number) + eaten + Math.min(Math.max(0, open - ours), behind);
          if (ours > 0) fill(each, ours);
          return;
        }
        const ours = Math.min(open, left[each] as number);
        open -= ours;
        fill(each, ours);
      }
    };
    const place = (each: number, price: number, shown: number) => {
      own[each] = price;
      left[each] = lotsEach;
      front[each] = shown;
      printed[each] = 0;
    };
    const grid = () => {
      for (let side = 0; side < 2; side++) {
        const step = side === 0 ? -gap : gap;
        const touch = side === 0 ? bestBid : bestAsk;
        const from = side * rungs;
        let free = 0;
        for (let each = from; each < from + rungs; each++) {
          const away = ((own[each] as number) - touch) / step;
          if (away < 0 || away >= rungs || !Number.isInteger(away)) left[each] = 0;
        }
        for (let rung = 0; rung < rungs; rung++) {
          const price = touch + rung * step;
          let has = false;
          for (let each = from; each < from + rungs; each++)
            has ||= (left[each] as number) > 0 && (own[each] as number) === price;
          if (has) continue;
          while ((left[from + free] as number) > 0) free += 1;
          place(from + free, price, (side === 0 ? bids[price] : asks[price]) as number);
        }
      }
      look();
    };
    const cross = (row: number, isBid: boolean) => {
      const price = prices[row] as number;
      let open = sizes[row] as number;
      while (open > 0) {
        const each = bestOwn(!isBid, price);
        if (each < 0) break;
        const ours = Math.min(open, left[each] as number);
        open -= ours;
        fill(each, ours);
      }
      set(price, bestOwn(!isBid, price) < 0 ? open : 0, isBid);
    };
    const set = (price: number, size: number, isBid: boolean) => {
      const side = isBid ? bids : asks;
      const before = side[price] as number;
      side[price] = size;
      if (isBid ? price <= ownBid && price >= lastBid : price >= ownAsk && price <= lastAsk)
        move(price, before, size, isBid ? 0 : rungs);
      if (isBid) {
        if (size > 0) {
          if (price > bestBid) bestBid = price;
        } else if (price === bestBid) while (bestBid > 0 && (bids[bestBid] as number) === 0) bestBid -= 1;
      } else if (size > 0) {
        if (price < bestAsk) bestAsk = price;
      } else if (price === bestAsk) while (bestAsk < width && (asks[bestAsk] as number) === 0) bestAsk += 1;
    };

    for (let row = 0; row < rows; row++) {
      const code = kinds[row] as number;
      const kind = code & 0x7f;
      const price = prices[row] as number;
      const size = sizes[row] as number;
      if (kind === tapeRow.bid) {
        if (size > 0 && price >= ownAsk) crossing.push(row);
        else set(price, size, true);
      } else if (kind === tapeRow.ask) {
        if (size > 0 && price <= ownBid) crossing.push(row);
        else set(price, size, false);
      } else if (kind === tapeRow.bought) {
        if (price >= ownAsk) print(price, size, true);
      } else if (kind === tapeRow.sold && price <= ownBid) print(price, size, false);
      if (code < lastOfMessage) continue;
      if (crossing.length > 0) {
        for (const each of crossing) cross(each, ((kinds[each] as number) & 0x7f) === tapeRow.bid);
        crossing.length = 0;
      }
      if ((at[row] as number) >= next && bestBid > 0 && bestAsk < width) {
        next = (at[row] as number) + everyMs;
        grid();
      }
    }
    return filled;
  };
}
