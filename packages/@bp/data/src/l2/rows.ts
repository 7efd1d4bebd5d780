// Rows of one symbol: dated in ms, and what a venue says of a moment is believed as far as it can be.
import type { Reading } from "../file.ts";
import type { TapeWriter } from "../writer.ts";

/** Adds a row of the symbol; µs since 1970. */
export type PutRow = (kind: number, us: number, venueUs: number | undefined, a: number, b: number) => void;

/** What a venue says of a moment that is so far from when it was received is no moment, µs. */
const farUs = 600_000_000;

/** @param place - of the symbol's market in the writer */
export function rowsOf(writer: TapeWriter, place: number, reading: () => Reading): PutRow {
  return (kind, us, venueUs, a, b) => {
    const isFar = venueUs !== undefined && Math.abs(venueUs - us) > farUs;
    if (isFar) reading().undated += 1;
    writer.row(kind, place, (venueUs === undefined || isFar ? us : venueUs) / 1_000, us / 1_000, a, b);
  };
}
