// A recorded market as a market of another exchange: the same moves under another name, on another grid.
import { BpError, fromGrid, gridPairOf, type Instrument, type InstrumentId, type Tape, tapeRow, ticks } from "@bp/core";
import { digitsOf } from "./csv/number.ts";
import { createTapeWriter } from "./writer.ts";

/** Which market becomes which. */
export interface TapeCast {
  readonly from: InstrumentId;
  readonly as: Instrument;
}

/**
 * The markets of a tape as others. One may become several; one that is not named is left out. Prices must be on the grid of the
 * new market, and sizes too: sizes that are finer are rounded down, but not to nothing, and `lacks` says how many.
 * Where the tape has funding rates, the new market is paid them in the recorded intervals.
 *
 * @throws BpError `grid/off-grid` for a price that the new market cannot have, `data/no-market` for a market that the tape has not
 */
export function castTape(tape: Tape, casts: readonly TapeCast[]): Tape {
  const hasFunding = tape.kinds.subarray(0, tape.rows).some((kind) => (kind & 0x7f) === tapeRow.funding);
  const made = casts.map(({ from, as }) => {
    const place = tape.instruments.findIndex(({ id }) => id === from);
    const old = tape.instruments[place];
    if (old === undefined)
      throw new BpError("data/no-market", {
        file: from,
        hint: `the tape has ${tape.instruments.map(({ id }) => id).join(", ")}`,
      });
    const instrument = hasFunding && as.kind === "perp" ? { ...as, fundingIntervalMs: old.fundingIntervalMs } : as;
    return {
      place,
      instrument,
      price: ratioOf(old.tickSize, as.tickSize),
      size: ratioOf(old.lotSize, as.lotSize),
      old,
    };
  });
  if (
    made.length === tape.instruments.length &&
    made.every(({ place, instrument, old }, at) => place === at && JSON.stringify(instrument) === JSON.stringify(old))
  )
    return tape;
  const writer = createTapeWriter(made.map(({ instrument }) => instrument));
  let rounded = 0;
  let start = 0;
  while (start < tape.rows) {
    let end = start + 1;
    while (end < tape.rows && (tape.kinds[end - 1] ?? 0) < 0x80) end += 1;
    for (const [at, { place, instrument, price, size, old }] of made.entries())
      for (let row = start; row < end; row++) {
        if (tape.markets[row] !== place) continue;
        const kind = (tape.kinds[row] ?? 0) & 0x7f;
        const [a, b] = [tape.a[row] ?? 0, tape.b[row] ?? 0];
        const put = (first: number, second: number) =>
          writer.row(kind, at, tape.venueAt[row] ?? 0, tape.at[row] ?? 0, first, second);
        const priceOf = (value: number) => exactly(value, price, old, instrument);
        const sizeOf = (value: number) => {
          const exact = (value * size.up) / size.down;
          const whole = value === 0 ? 0 : Math.max(1, Math.floor(exact + 1e-9));
          if (Math.abs(whole - exact) > 1e-9) rounded += 1;
          return whole;
        };
        switch (kind) {
          case tapeRow.bid:
          case tapeRow.ask:
          case tapeRow.bought:
          case tapeRow.sold:
          case tapeRow.open:
          case tapeRow.close:
            put(priceOf(a), sizeOf(b));
            break;
          case tapeRow.swing1:
          case tapeRow.swing2:
            put(priceOf(a), priceOf(b));
            break;
          case tapeRow.mark:
            put((a * price.up) / price.down, (b * price.up) / price.down);
            break;
          default:
            put(a, b);
        }
      }
    writer.end();
    start = end;
  }
  const lacks =
    rounded === 0
      ? tape.lacks
      : [...tape.lacks, `${rounded} sizes are finer than the lot of the market that they play and were rounded`];
  return writer.finish(lacks);
}

interface Ratio {
  readonly up: number;
  readonly down: number;
}

/** How many new steps an old one is, as a fraction of whole numbers. */
function ratioOf(from: string, to: string): Ratio {
  const places = Math.max(digitsOf(from), digitsOf(to));
  return { up: Math.round(Number(from) * 10 ** places), down: Math.round(Number(to) * 10 ** places) };
}

function exactly(value: number, { up, down }: Ratio, old: Instrument, as: Instrument): number {
  const scaled = (value * up) / down;
  if (Number.isSafeInteger(scaled)) return scaled;
  throw new BpError("grid/off-grid", { value: fromGrid(ticks(value), gridPairOf(old).price), step: as.tickSize });
}
