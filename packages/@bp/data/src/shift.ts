// A tape at another time: the same moves, earlier or later.
import { type Tape, tapeRow } from "@bp/core";
import { createTapeWriter } from "./writer.ts";

/**
 * The same tape with all moments moved, those of funding payments too.
 *
 * @param byMs - later where above 0; whole funding intervals keep payments where the exchange has them
 */
export function shiftTape(tape: Tape, byMs: number): Tape {
  if (!Number.isFinite(byMs)) throw new RangeError(`a shift of ${byMs} ms`);
  const { kinds, markets, venueAt, at, a, b } = tape;
  const writer = createTapeWriter(tape.instruments);
  for (let row = 0; row < tape.rows; row++) {
    const kind = kinds[row] ?? 0;
    const pay = (kind & 0x7f) === tapeRow.funding ? byMs : 0;
    writer.row(
      kind & 0x7f,
      markets[row] ?? 0,
      (venueAt[row] ?? 0) + byMs,
      (at[row] ?? 0) + byMs,
      a[row] ?? 0,
      (b[row] ?? 0) + pay,
    );
    if (kind >= 0x80) writer.end();
  }
  return writer.finish(tape.lacks);
}
