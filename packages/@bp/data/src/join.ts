// Several tapes as one, in the order in which things reached us.
import { BpError, type Instrument, lastOfMessage, type Tape, tapeRow } from "@bp/core";
import { refuseOverlaps, subjects } from "./overlap.ts";
import { createTapeWriter } from "./writer.ts";

/**
 * Joins tapes, messages in the order of `at`; of two at one moment the one of the earlier tape comes first. Where a book ends with
 * one tape and goes on with another more than 10 s later, it is lost in between.
 *
 * @throws BpError `data/overlap` where two tapes tell the same of a market at the same time, `data/no-market` without a tape
 */
export function joinTapes(tapes: readonly Tape[]): Tape {
  const [only] = tapes;
  if (only === undefined) throw new BpError("data/no-market", { file: "no tape", hint: "there is nothing to join" });
  if (tapes.length === 1) return only;
  refuseOverlaps(tapes);
  const instruments: Instrument[] = [];
  const places = tapes.map((tape) =>
    tape.instruments.map((each) => {
      const at = instruments.findIndex(({ id }) => id === each.id);
      if (at < 0) return instruments.push(each) - 1;
      const there = instruments[at];
      if (there?.tickSize !== each.tickSize || there.lotSize !== each.lotSize)
        throw new BpError("data/overlap", {
          market: each.id,
          why: `it has tick ${there?.tickSize ?? ""} and lot ${there?.lotSize ?? ""} in one of them, ${each.tickSize} and ${each.lotSize} in another`,
        });
      if (each.fundingIntervalMs !== undefined && hasFunding(tape))
        instruments[at] = { ...there, fundingIntervalMs: each.fundingIntervalMs };
      return at;
    }),
  );
  const writer = createTapeWriter(instruments);
  const seams = seamsOf(tapes, places);
  const next = tapes.map(() => 0);
  for (;;) {
    let chosen = -1;
    let earliest = Number.POSITIVE_INFINITY;
    for (const [at, tape] of tapes.entries()) {
      const row = next[at] ?? 0;
      const when = tape.at[row] ?? 0;
      if (row < tape.rows && when < earliest) {
        chosen = at;
        earliest = when;
      }
    }
    const tape = tapes[chosen];
    if (tape === undefined) break;
    let row = next[chosen] ?? 0;
    for (let last = false; !last && row < tape.rows; row++) {
      const kind = tape.kinds[row] ?? 0;
      last = kind >= lastOfMessage;
      const place = places[chosen]?.[tape.markets[row] ?? 0] ?? 0;
      writer.row(kind & 0x7f, place, tape.venueAt[row] ?? 0, tape.at[row] ?? 0, tape.a[row] ?? 0, tape.b[row] ?? 0);
    }
    writer.end();
    next[chosen] = row;
    if (row < tape.rows) continue;
    for (const place of seams[chosen] ?? []) writer.row(tapeRow.lost, place, earliest, earliest, 0, 0);
    writer.end();
  }
  const torn = seams.flat().length;
  const said =
    torn === 0
      ? []
      : [`${torn} times a book ends with one recording and goes on with another: it is lost between them`];
  return writer.finish([...new Set([...tapes.flatMap(({ lacks }) => lacks), ...said])]);
}

/** Longer between two recordings of a book is a gap; a recorder that begins a new file needs less. */
const seamMs = 10_000;

/** Markets whose book is lost at the end of each tape: a later tape goes on with it, after a while. */
function seamsOf(tapes: readonly Tape[], places: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const books = tapes.map((tape, at) => {
    const found = new Set<number>();
    for (let row = 0; row < tape.rows; row++)
      if (subjects[(tape.kinds[row] ?? 0) & 0x7f] === "book") found.add(places[at]?.[tape.markets[row] ?? 0] ?? 0);
    return found;
  });
  return tapes.map(({ rows, at }, number) => {
    const end = at[rows - 1] ?? 0;
    return [...(books[number] ?? [])].filter((place) => {
      const starts = tapes.flatMap((other, each) =>
        each !== number && books[each]?.has(place) === true && (other.at[0] ?? 0) >= end ? [other.at[0] ?? 0] : [],
      );
      return starts.length > 0 && Math.min(...starts) > end + seamMs;
    });
  });
}

function hasFunding({ rows, kinds }: Tape): boolean {
  for (let row = 0; row < rows; row++) if (((kinds[row] ?? 0) & 0x7f) === tapeRow.funding) return true;
  return false;
}
