// Tapes for tests, written row by row.
import { type Instrument, lastOfMessage, type Tape, tapeRow } from "@bp/core";
import { spot } from "../trial.fixture.ts";

/** A row as a test writes it. */
export interface Row {
  readonly kind: keyof typeof tapeRow;
  /** When it was received. */
  readonly at: number;
  readonly a?: number;
  readonly b?: number;
  readonly market?: number;
  /** More rows of the same message follow. */
  readonly more?: true;
  /** When it happened; default: when it was received. */
  readonly venueAt?: number;
}

/** A tape of rows. */
export function tapeOf(rows: readonly Row[], instruments: readonly Instrument[] = [spot]): Tape {
  return {
    instruments,
    rows: rows.length,
    kinds: Uint8Array.from(rows, ({ kind, more }) => tapeRow[kind] | (more === true ? 0 : lastOfMessage)),
    markets: Uint8Array.from(rows, ({ market = 0 }) => market),
    venueAt: Float64Array.from(rows, ({ at, venueAt = at }) => venueAt),
    at: Float64Array.from(rows, ({ at }) => at),
    a: Float64Array.from(rows, ({ a = 0 }) => a),
    b: Float64Array.from(rows, ({ b = 0 }) => b),
    digest: "",
    lacks: [],
  };
}

/** A message of several rows. */
export function message(at: number, rows: readonly Omit<Row, "at" | "more">[]): Row[] {
  return rows.map((row, place) => ({ ...row, at, ...(place < rows.length - 1 ? { more: true as const } : {}) }));
}
