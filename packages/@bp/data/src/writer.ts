// Makes a tape, row by row, in columns that grow.
import { createHash } from "node:crypto";
import { type Instrument, lastOfMessage, type Tape } from "@bp/core";

/** A tape that is being written. */
export interface TapeWriter {
  /** Rows so far. */
  readonly rows: number;
  /**
   * How far the recorder's clock was behind the venue's at least, ms: nothing can be received before it happens, so all
   * venue times are moved back by as much when the tape is finished. A few dates that are far off do not count, and become
   * the moments of receipt. 0 where nothing says so.
   */
  readonly skewMs: number;
  /** The least time from when something happened to when it was received, ms; below 0 where the clocks differ. */
  readonly leastLagMs: number;
  /**
   * Adds a row to the message that is open.
   *
   * @param kind - one of `tapeRow`
   * @param market - place of its instrument
   * @param venueAt - ms since 1970; where some are after `at`, the clocks are set right at the end, see `skewMs`
   * @param at - ms since 1970, not before the row before: what is earlier is taken to be there
   */
  row(kind: number, market: number, venueAt: number, at: number, a: number, b: number): void;
  /** The recorder's clock was behind by so many ms at least, as something else shows. */
  behind(skewMs: number): void;
  /** Ends the message that is open, if it has rows. */
  end(): void;
  /** The tape. Nothing can be added afterwards. */
  finish(lacks: readonly string[]): Tape;
}

/**
 * An empty tape of these markets, at most 256.
 *
 * @throws RangeError for more
 */
export function createTapeWriter(instruments: readonly Instrument[]): TapeWriter {
  if (instruments.length > 256) throw new RangeError(`a tape holds 256 markets, not ${instruments.length}`);
  let capacity = 4_096;
  let rows = 0;
  let open = 0;
  let last = Number.NEGATIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  let told = 0;
  let kinds = new Uint8Array(capacity);
  let markets = new Uint8Array(capacity);
  let floats = columns(capacity);

  const grow = () => {
    capacity *= 2;
    const [oldKinds, oldMarkets, old] = [kinds, markets, floats];
    kinds = new Uint8Array(capacity);
    kinds.set(oldKinds);
    markets = new Uint8Array(capacity);
    markets.set(oldMarkets);
    floats = columns(capacity);
    for (const [at, column] of floats.entries()) column.set(old[at] ?? []);
  };

  return {
    get rows() {
      return rows;
    },
    get skewMs() {
      return skewOf(floats[0], floats[1], rows, least);
    },
    get leastLagMs() {
      return rows === 0 ? 0 : least;
    },
    row: (kind, market, venueAt, at, a, b) => {
      if (rows === capacity) grow();
      if (at > last) last = at;
      kinds[rows] = kind;
      markets[rows] = market;
      floats[0][rows] = venueAt;
      if (last - venueAt < least) least = last - venueAt;
      floats[1][rows] = last;
      floats[2][rows] = a;
      floats[3][rows] = b;
      rows += 1;
      open += 1;
    },
    behind: (skewMs) => {
      told = Math.max(told, skewMs);
    },
    end: () => {
      if (open > 0) kinds[rows - 1] = (kinds[rows - 1] ?? 0) | lastOfMessage;
      open = 0;
    },
    finish: (lacks) => {
      if (open > 0) kinds[rows - 1] = (kinds[rows - 1] ?? 0) | lastOfMessage;
      const skewMs = Math.max(told, skewOf(floats[0], floats[1], rows, least));
      if (skewMs > 0 || least < 0)
        for (let row = 0; row < rows; row++)
          floats[0][row] = Math.min(floats[1][row] ?? 0, (floats[0][row] ?? 0) - skewMs);
      const tape = {
        instruments,
        rows,
        kinds: shared(kinds, rows),
        markets: shared(markets, rows),
        venueAt: shared(floats[0], rows),
        at: shared(floats[1], rows),
        a: shared(floats[2], rows),
        b: shared(floats[3], rows),
      };
      return { ...tape, digest: tapeDigest(tape), lacks };
    },
  };
}

const samples = 10_000;
const farMs = 1_000;

/** By how much the clock of receipt was behind: the least lag, unless it is one of a few that are far from all others. */
function skewOf(venueAt: Float64Array, at: Float64Array, rows: number, least: number): number {
  if (!(least < 0)) return 0;
  const every = Math.max(1, Math.floor(rows / samples));
  const lags = new Float64Array(Math.ceil(rows / every));
  for (let each = 0; each < lags.length; each++) lags[each] = (at[each * every] ?? 0) - (venueAt[each * every] ?? 0);
  lags.sort();
  const usual = lags[Math.floor(lags.length / 1_000)] ?? 0; // the least of a thousand
  return Math.max(0, usual - least > farMs && lags.length >= 1_000 ? -usual : -least);
}

/** SHA-256 over the instruments and the rows of all columns, hex. */
export function tapeDigest(tape: Omit<Tape, "digest" | "lacks">): string {
  const hash = createHash("sha256").update(JSON.stringify(tape.instruments));
  for (const column of [tape.kinds, tape.markets, tape.venueAt, tape.at, tape.a, tape.b]) {
    const part = column.subarray(0, tape.rows);
    hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }
  return hash.digest("hex");
}

type Floats = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

const columns = (length: number): Floats => [
  new Float64Array(length),
  new Float64Array(length),
  new Float64Array(length),
  new Float64Array(length),
];

/** The first rows of a column, in memory that worker threads can read without a copy. */
function shared<T extends Uint8Array | Float64Array>(column: T, rows: number): T {
  const bytes = new SharedArrayBuffer(rows * column.BYTES_PER_ELEMENT);
  const fresh = column instanceof Uint8Array ? new Uint8Array(bytes) : new Float64Array(bytes);
  fresh.set(column.subarray(0, rows));
  return fresh as T; // made with the same constructor
}
