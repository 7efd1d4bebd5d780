// Our own recordings: a header, then one line for each fact, whole numbers and both times.
import { BpError, type Instrument, type VenueId } from "@bp/core";

/** The first line of each file of a recording. */
export interface RecordingHeader {
  readonly format: "bp-recording";
  readonly version: 1;
  readonly venue: VenueId;
  /** ms since 1970. */
  readonly started: number;
  readonly instruments: readonly Instrument[];
}

/**
 * A line after the header. `market` is a place in `instruments`; times are ms since 1970, prices ticks, sizes lots.
 *
 * `r` the whole book, `c` levels that changed, `t` a print with its taker, `m` mark, index, funding rate and when it is paid,
 * `l` a book is lost, `g` all of them are: the link, or the recorder, was away.
 */
export type RecordingLine =
  | readonly ["r" | "c", market: number, venueAt: number, at: number, bids: Levels, asks: Levels]
  | readonly ["t", market: number, venueAt: number, at: number, price: number, size: number, taker: "b" | "s"]
  | readonly [
      "m",
      market: number,
      venueAt: number,
      at: number,
      mark: number,
      index: number,
      rate: number,
      fundingAt: number,
    ]
  | readonly ["l", market: number, venueAt: number, at: number, why: string]
  | readonly ["g", at: number, why: string];

type Levels = readonly (readonly [price: number, size: number])[];

const name = '"format":"bp-recording"';

/** Whether a first line begins one of our recordings. */
export const isRecordingHeader = (text: string): boolean => text.slice(0, 40).replaceAll(" ", "").includes(name);

/** Reads the header. @throws BpError `data/unknown-format` */
export function readHeader(file: string, text: string): RecordingHeader {
  const wrong = (found: string, why: string) => new BpError("data/unknown-format", { file, found, why });
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    throw wrong("a header that is cut", "record it again, or leave the file out");
  }
  const { version, instruments } = header as Partial<RecordingHeader>; // an object: it began with one and was read
  if (version !== 1) throw wrong(`version ${JSON.stringify(version)} of our format`, "this toolkit reads version 1");
  if (!Array.isArray(instruments) || instruments.length === 0 || !instruments.every(isInstrument))
    throw wrong("a header without markets", "record it again");
  return header as RecordingHeader; // what is used of it was checked
}

function isInstrument(value: unknown): value is Instrument {
  if (typeof value !== "object" || value === null) return false;
  const { id, tickSize, lotSize } = value as Partial<Instrument>; // an object can be asked for any key
  return typeof id === "string" && id.includes(":") && typeof tickSize === "string" && typeof lotSize === "string";
}
