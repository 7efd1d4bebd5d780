// A recorded market as a market of another exchange: the same moves under another name, on another grid.
import { BpError, type Instrument, lastOfMessage, type Tape, tapeRow } from "@bp/core";
import { createLevelFold, type LevelFold } from "./cast/fold.ts";
import type { TapeCast } from "./cast/options.ts";
import { createScale, type Scale } from "./cast/scale.ts";
import { createTapeWriter, type TapeWriter } from "./writer.ts";

interface Part {
  readonly place: number;
  readonly instrument: Instrument;
  readonly scale: Scale;
  readonly fold: LevelFold | undefined;
}

/**
 * The markets of a tape as others. One may become several; one that is not named is left out. Sizes that are finer than the
 * new lot are rounded down; a level of less than a lot counts as one lot, a print of less is left out; `lacks` says how many.
 * Where the tape has funding rates, the new market is paid them in the recorded intervals.
 *
 * @throws BpError `grid/off-grid` for a price that the new market cannot have, `data/no-market` for a market that the tape has not
 */
export function castTape(tape: Tape, casts: readonly TapeCast[]): Tape {
  if (casts.every((cast) => isPlain(cast)) && isSame(tape, casts)) return tape;
  const paid = new Set(fundedPlaces(tape));
  const parts = casts.map((cast) => partOf(tape, cast, paid));
  const writer = createTapeWriter(parts.map(({ instrument }) => instrument));
  for (let start = 0; start < tape.rows; ) {
    let end = start + 1;
    while (end < tape.rows && (tape.kinds[end - 1] ?? 0) < lastOfMessage) end += 1;
    for (const [market, part] of parts.entries()) writePart(tape, start, end, part, market, writer);
    writer.end();
    start = end;
  }
  return writer.finish([...tape.lacks, ...parts.flatMap(({ scale }) => scale.lacks())]);
}

const isPlain = ({ priceTimes = "1", sizeTimes = "1" }: TapeCast) =>
  Number(priceTimes) === 1 && Number(sizeTimes) === 1;

function isSame({ instruments }: Tape, casts: readonly TapeCast[]): boolean {
  return (
    casts.length === instruments.length &&
    casts.every(
      ({ from, as }, place) =>
        instruments[place]?.id === from && JSON.stringify(as) === JSON.stringify(instruments[place]),
    )
  );
}

function partOf(tape: Tape, cast: TapeCast, paid: ReadonlySet<number>): Part {
  const { from, as } = cast;
  const place = tape.instruments.findIndex(({ id }) => id === from);
  const old = tape.instruments[place];
  if (old === undefined)
    throw new BpError("data/no-market", {
      file: from,
      hint: `the tape has ${tape.instruments.map(({ id }) => id).join(", ")}`,
    });
  const { fundingIntervalMs } = old;
  const instrument = paid.has(place) && as.kind === "perp" ? { ...as, fundingIntervalMs } : as;
  const scale = createScale(old, cast);
  return { place, instrument, scale, fold: scale.mayRound ? createLevelFold(scale) : undefined };
}

/** Markets with funding rates. */
function fundedPlaces({ rows, kinds, markets }: Tape): readonly number[] {
  const places = new Set<number>();
  for (let row = 0; row < rows; row++)
    if (((kinds[row] ?? 0) & 0x7f) === tapeRow.funding) places.add(markets[row] ?? 0);
  return [...places];
}

/** The rows of one message that are of one market. */
function writePart(
  tape: Tape,
  start: number,
  end: number,
  { place, scale, fold }: Part,
  market: number,
  writer: TapeWriter,
): void {
  for (let row = start; row < end; row++) {
    if (tape.markets[row] !== place) continue;
    const kind = (tape.kinds[row] ?? 0) & 0x7f;
    const [venueAt, at, a, b] = [tape.venueAt[row] ?? 0, tape.at[row] ?? 0, tape.a[row] ?? 0, tape.b[row] ?? 0];
    const put = (one: number, two: number) => writer.row(kind, market, venueAt, at, one, two);
    switch (kind) {
      case tapeRow.bid:
      case tapeRow.ask:
        if (fold === undefined) put(scale.price(a, kind), scale.level(b));
        else fold.set(kind, a, b, venueAt, at);
        break;
      case tapeRow.bought:
      case tapeRow.sold: {
        const size = scale.print(b);
        if (size > 0) put(scale.price(a, kind), size);
        break;
      }
      case tapeRow.open:
      case tapeRow.close:
        put(scale.price(a, kind), scale.volume(b));
        break;
      case tapeRow.swing1:
      case tapeRow.swing2:
        put(scale.price(a, kind), scale.price(b, kind));
        break;
      case tapeRow.mark:
        put(scale.mark(a), scale.mark(b));
        break;
      default:
        if (kind === tapeRow.reset) fold?.clear();
        put(a, b);
    }
  }
  fold?.flush(writer, market);
}
