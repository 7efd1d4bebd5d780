// Whether several tapes tell the same of a market at one time: it would be played, and counted, twice.
import { BpError, type Tape, tapeRow } from "@bp/core";

/** What a row tells of a market. */
export type Subject = "book" | "prints" | "marks" | "funding" | "candles";

/** By kind of row. */
export const subjects: Readonly<Record<number, Subject>> = {
  [tapeRow.bid]: "book",
  [tapeRow.ask]: "book",
  [tapeRow.reset]: "book",
  [tapeRow.bought]: "prints",
  [tapeRow.sold]: "prints",
  [tapeRow.mark]: "marks",
  [tapeRow.funding]: "funding",
  [tapeRow.open]: "candles",
  [tapeRow.swing1]: "candles",
  [tapeRow.swing2]: "candles",
  [tapeRow.close]: "candles",
};

/** What cannot be played beside it: candles tell of the same trades as prints do, and make a book of their own. */
const rivals: Readonly<Record<Subject, readonly Subject[]>> = {
  book: ["book", "candles"],
  prints: ["prints", "candles"],
  marks: ["marks"],
  funding: ["funding"],
  candles: ["candles", "book", "prints"],
};

/** Two rates so near to each other are of one stamp. */
export const oneStampMs = 60_000;

interface Span {
  readonly tape: Tape;
  readonly market: string;
  readonly subject: Subject;
  readonly from: number;
  to: number;
}

/** @throws BpError `data/overlap` for the first that is told twice */
export function refuseOverlaps(tapes: readonly Tape[]): void {
  const before: Span[] = [];
  for (const tape of tapes) {
    const own = spansOf(tape);
    for (const span of own)
      for (const other of before) {
        if (other.market !== span.market || !rivals[span.subject].includes(other.subject) || !meet(span, other))
          continue;
        const both = span.subject === other.subject;
        throw new BpError("data/overlap", {
          market: `${both ? span.subject : `${other.subject} and ${span.subject}`} of ${span.market}`,
          why: `two files ${both ? "have them" : "tell the same trades in two ways"} from ${new Date(Math.max(span.from, other.from)).toISOString()} on: leave one out`,
        });
      }
    before.push(...own);
  }
}

function spansOf(tape: Tape): readonly Span[] {
  const spans = new Map<string, Span>();
  for (let row = 0; row < tape.rows; row++) {
    const subject = subjects[(tape.kinds[row] ?? 0) & 0x7f];
    const market = tape.instruments[tape.markets[row] ?? 0]?.id;
    if (subject === undefined || market === undefined) continue;
    const key = `${subject} ${market}`;
    const at = tape.at[row] ?? 0;
    const span = spans.get(key);
    if (span === undefined) spans.set(key, { tape, market, subject, from: at, to: at });
    else span.to = at;
  }
  return [...spans.values()];
}

/** A book may end and go on at one moment, and so may prints that are not the same. */
function meet(a: Span, b: Span): boolean {
  if (a.from < b.to && b.from < a.to) return true;
  if (a.subject !== b.subject) return false;
  if (a.from === b.from && a.to === b.to) return true;
  if (a.subject === "funding") return a.from <= b.to + oneStampMs && b.from <= a.to + oneStampMs;
  const at = a.from === b.to ? a.from : b.from === a.to ? b.from : undefined;
  if (a.subject !== "prints" || at === undefined) return false;
  const others = printsAt(b, at);
  return [...printsAt(a, at)].some((print) => others.has(print));
}

function printsAt({ tape, market }: Span, moment: number): ReadonlySet<string> {
  const found = new Set<string>();
  for (let row = 0; row < tape.rows; row++) {
    const kind = (tape.kinds[row] ?? 0) & 0x7f;
    if (tape.at[row] !== moment || subjects[kind] !== "prints") continue;
    if (tape.instruments[tape.markets[row] ?? 0]?.id === market) found.add(`${kind} ${tape.a[row]} ${tape.b[row]}`);
  }
  return found;
}
