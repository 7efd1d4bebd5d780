// Our own recordings: a header, then one line for each fact, whole numbers and both times.
import { BpError, type Instrument, type VenueId } from "@bp/core";

/** The first line of each file of a recording. */
export interface RecordingHeader {
  readonly format: "bp-recording";
  readonly version: 1;
  readonly venue: VenueId;
  /** ms since 1970. */
  readonly started: number;
  /** The same in all files of one recorder between its start and its end. */
  readonly session: string;
  /** Place of this file among them, from 1. */
  readonly part: number;
  /** Places in it stand for markets in all lines of this file. */
  readonly instruments: readonly Instrument[];
}

/** Price and size, price and size, and so on: ticks and lots. A size of 0 removes the level. */
export type FlatLevels = readonly number[];

/**
 * A line after the header. `market` is a place in `instruments`; times are ms since 1970, prices ticks, sizes lots.
 *
 * | line | says |
 * |---|---|
 * | `s` | a book as it stands when the file begins |
 * | `r` | the whole book, as the venue told it |
 * | `c` | levels that changed, with their new absolute sizes |
 * | `t` | a print, and who took |
 * | `m` | mark and index (ticks, may have a fraction), funding rate and when it is paid (0: not told) |
 * | `i` | filters, fees or state of a market changed; a new tick or lot begins a new file instead |
 * | `l` | a book is lost until the next `r` |
 * | `g` | all of them are: the link, or the recorder, was away |
 * | `e` | the end of the file, and why; a file without it was cut |
 */
export type RecordingLine =
  | readonly ["s" | "r" | "c", market: number, venueAt: number, at: number, bids: FlatLevels, asks: FlatLevels]
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
  | readonly ["i", market: number, venueAt: number, at: number, instrument: Instrument]
  | readonly ["l", market: number, venueAt: number, at: number, why: string]
  | readonly ["g", at: number, why: string]
  | readonly ["e", at: number, why: "rotated" | "closed"];

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
  const { version, instruments, started, session, part, venue } = header as Partial<RecordingHeader>; // an object: it began with one and was read
  if (version !== 1) throw wrong(`version ${JSON.stringify(version)} of our format`, "this toolkit reads version 1");
  if (!Array.isArray(instruments) || instruments.length === 0 || !instruments.every(isInstrument))
    throw wrong("a header without markets", "record it again");
  if (instruments.length > 256) throw wrong(`${instruments.length} markets`, "a tape holds 256");
  if (typeof venue !== "string" || typeof session !== "string" || !isCount(part) || !isCount(started))
    throw wrong("a header without venue, session, part or start", "record it again");
  return header as RecordingHeader; // what is used of it was checked
}

const isCount = (value: unknown): boolean => typeof value === "number" && Number.isSafeInteger(value) && value > 0;

function isInstrument(value: unknown): value is Instrument {
  if (typeof value !== "object" || value === null) return false;
  const { id, tickSize, lotSize } = value as Partial<Instrument>; // an object can be asked for any key
  return typeof id === "string" && id.includes(":") && isStep(tickSize) && isStep(lotSize);
}

const isStep = (value: unknown): boolean =>
  typeof value === "string" && /^\d+(\.\d+)?$/.test(value) && Number(value) > 0;
