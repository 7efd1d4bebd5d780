// Recorded frames with the snapshots of their books: Backpack's, and those of Binance and its likes, Aster among them.
import { BpError, createSequence, type Instrument, isBpError, type Sequence, tapeRow, toLots, toTicks } from "@bp/core";
import { castOf, type Line, readLine, type TextLevel } from "@bp/sim";
import type { Reading } from "./file.ts";
import { createTapeWriter, type TapeWriter } from "./writer.ts";

/** Reads the lines of one recording into a tape. */
export interface L2Reader {
  readonly line: (text: string) => void;
  /** A line that was read already. */
  hear(line: Line): void;
  /** @throws BpError `data/no-market` where its first lines show none */
  finish(lacks: string[]): TapeWriter;
}

const headLines = 2_000;

type DepthLine = Extract<Line, { readonly kind: "depth" }>;
interface Numbered {
  readonly number: number;
  readonly line: Line;
}

/**
 * A reader that decides on its markets when it has seen the first 2,000 lines.
 *
 * A frame whose ids do not follow on is a gap: its book is lost there, and whole again with what was known before and that
 * frame, as far as a recording without another snapshot can tell.
 */
export function createL2Reader(reading: Reading): L2Reader {
  reading.format = "recorded frames";
  const head: Numbered[] = [];
  let writer: TapeWriter | undefined;
  const parts = new Map<string, Part>();
  const blind: string[] = [];

  const begin = (): TapeWriter => {
    const bad = (why: string) => new BpError("data/no-market", { file: reading.file, hint: why });
    const wanted = (reading.options.as ?? []).filter(
      ({ symbol }) => symbol === undefined || head.some(({ line }) => line.symbol === symbol),
    );
    const cast = castOf(
      head.map(({ line }) => line),
      wanted,
      bad,
    );
    const made = createTapeWriter(cast.map(({ instrument }) => instrument));
    for (const [place, { symbol, instrument }] of cast.entries()) {
      if (parts.has(symbol)) throw bad(`${symbol} is wanted as two markets; read it twice`);
      const isBlind = head.every(({ line }) => line.kind !== "snapshot" || line.symbol !== symbol);
      if (isBlind) blind.push(symbol);
      parts.set(symbol, createPart(reading, made, place, instrument, isBlind));
    }
    writer = made;
    for (const each of head) play(each);
    head.length = 0;
    return made;
  };
  const play = ({ number, line }: Numbered) => {
    const here = reading.line;
    reading.line = number; // of the head, lines are played later than they were read
    try {
      parts.get(line.symbol)?.hear(line);
    } catch (error) {
      if (!isBpError(error) || !error.code.startsWith("grid/")) throw error;
      reading.spoilt(`${error.message}; say the market's tick and lot where they are finer`);
    } finally {
      reading.line = here;
    }
  };

  const hear = (line: Line) => {
    if (writer !== undefined) return play({ number: reading.line, line });
    head.push({ number: reading.line, line });
    if (head.length >= headLines) begin();
  };
  return {
    hear,
    line: (text) => {
      let found: Line | undefined;
      try {
        found = readLine(dated(text));
      } catch (error) {
        return reading.spoilt(error instanceof Error ? error.message : String(error));
      }
      if (found !== undefined) hear(found);
    },
    finish: (lacks) => {
      const made = writer ?? begin();
      const silent = [...parts.values()].some(({ prints }) => prints === 0);
      if (silent) lacks.push("prints: none of some markets in the data, so queues move by levels alone");
      if (blind.length > 0)
        lacks.push(`no snapshot of ${blind.join(", ")}: the book is what has changed since the data begin`);
      if (reading.gaps > 0)
        lacks.push(`${reading.gaps} gaps: books are lost there, and go on with what was known before`);
      return made;
    },
  };
}

/** Frames that were kept without the moment in which they came: the venue's own stands in for it. */
function dated(text: string): string {
  if (!text.startsWith('{"data"') && !text.startsWith('{"stream"')) return text;
  const at = /"E":(\d{13,16})/.exec(text)?.[1];
  if (at === undefined) throw new Error("neither it nor its frame has a moment");
  return `{"t":${at.length > 13 ? at : `${at}000`},"d":${text}}`;
}

interface Part {
  readonly prints: number;
  hear(line: Line): void;
}

/** One recorded symbol. */
function createPart(
  reading: Reading,
  writer: TapeWriter,
  place: number,
  instrument: Instrument,
  isBlind: boolean,
): Part {
  let sequence: Sequence | undefined;
  let waiting: DepthLine[] = [];
  let prints = 0;
  let singles = false; // trades one by one are there, so aggregated ones would count twice
  let begun = false; // the book has been told
  let whole = isBlind; // it is known, or never will be
  const known = { bid: new Map<number, number>(), ask: new Map<number, number>() };

  const put = (kind: number, us: number, venueUs: number | undefined, a: number, b: number) =>
    writer.row(kind, place, (venueUs ?? us) / 1_000, us / 1_000, a, b);
  /** Notes levels, and gives those that are other than before. */
  const laid = (side: "bid" | "ask", levels: readonly TextLevel[]): (readonly [number, number])[] => {
    const changed: (readonly [number, number])[] = [];
    for (const [price, size] of levels) {
      const at = toTicks(instrument, price);
      const lots = toLots(instrument, size);
      if ((known[side].get(at) ?? 0) === lots) continue;
      if (lots === 0) known[side].delete(at);
      else known[side].set(at, lots);
      changed.push([at, lots]);
    }
    return changed;
  };
  const tellWhole = (us: number, venueUs: number | undefined) => {
    put(tapeRow.reset, us, venueUs, 0, 0);
    for (const [price, size] of known.bid) put(tapeRow.bid, us, venueUs, price, size);
    for (const [price, size] of known.ask) put(tapeRow.ask, us, venueUs, price, size);
    writer.end();
    begun = true;
  };
  const apply = ({ us, venueUs, bids, asks }: Pick<DepthLine, "us" | "venueUs" | "bids" | "asks">) => {
    const [newBids, newAsks] = [laid("bid", bids), laid("ask", asks)];
    if (!whole) return;
    if (!begun) return tellWhole(us, venueUs);
    for (const [price, size] of newBids) put(tapeRow.bid, us, venueUs, price, size);
    for (const [price, size] of newAsks) put(tapeRow.ask, us, venueUs, price, size);
    writer.end();
  };
  const hear = (frame: DepthLine) => {
    if (isBlind && sequence === undefined) {
      sequence = createSequence(frame.venue);
      sequence.snapshot(frame.last);
      return apply(frame);
    }
    sequence ??= createSequence(frame.venue);
    const verdict = sequence.judge(frame.first, frame.last, frame.previous);
    if (verdict === "drop") return;
    if (verdict === "buffer") return void waiting.push(frame);
    if (verdict !== "apply") {
      reading.gaps += 1;
      sequence.snapshot(frame.last);
      if (begun) {
        put(tapeRow.lost, frame.us, frame.venueUs, 0, 0);
        writer.end();
      }
      begun = false;
    }
    apply(frame);
  };
  const snapshot = (line: Extract<Line, { readonly kind: "snapshot" }>) => {
    known.bid.clear();
    known.ask.clear();
    laid("bid", line.bids);
    laid("ask", line.asks);
    whole = true;
    begun = false;
    tellWhole(line.us, undefined);
    sequence ??= createSequence(line.venue);
    sequence.snapshot(line.last);
    const frames = waiting;
    waiting = [];
    for (const frame of frames) hear({ ...frame, us: Math.max(frame.us, line.us) });
  };

  return {
    get prints() {
      return prints;
    },
    hear: (line) => {
      if (line.kind === "depth") return hear(line);
      if (line.kind === "snapshot") return snapshot(line);
      singles ||= !line.aggregated;
      if (singles && line.aggregated) return;
      const size = toLots(instrument, line.size);
      if (size === 0) return;
      prints += 1;
      put(
        line.taker === "buy" ? tapeRow.bought : tapeRow.sold,
        line.us,
        line.venueUs,
        toTicks(instrument, line.price),
        size,
      );
      writer.end();
    },
  };
}
