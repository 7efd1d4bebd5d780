// Recorded frames with the snapshots of their books: Backpack's, and those of Binance and its likes, Aster among them.
import { BpError, isBpError } from "@bp/core";
import type { Reading } from "../file.ts";
import { nothingLeft } from "../nothing.ts";
import type { RecordingRun } from "../record/run.ts";
import { type Chain, createChain } from "./chain.ts";
import { FinerGrid, finerGrid } from "./finer.ts";
import { type Cast, castOf, type Digits, type RecordedAs } from "./infer.ts";
import { type Line, readLine } from "./line.ts";

/** What all recordings of one reading share. */
export interface Recordings {
  readonly chains: Chain[];
  /** Recordings of our own. */
  readonly runs: RecordingRun[];
  /** Digits of symbols that are finer than their first lines show. */
  readonly finer: ReadonlyMap<string, Digits>;
}

/** Reads the lines of one recording. */
export interface L2Reader {
  readonly line: (text: string) => void;
  /** A line that was read already. */
  readonly hear: (line: Line) => void;
  /** @throws BpError `data/no-market` where its first lines show none */
  readonly finish: () => Chain;
}

const headLines = 2_000;
const dayUs = 86_400_000_000;
const moment = (us: number) => new Date(us / 1_000).toISOString();

const isSame = (one: string, other: string) => one.toUpperCase() === other.toUpperCase();

interface Numbered {
  readonly number: number;
  readonly line: Line;
}

/** A reader that decides on its markets when it has seen the first 2,000 lines, and goes on where a recording of the same symbols ended. */
export function createL2Reader(reading: Reading, { chains, finer }: Recordings): L2Reader {
  reading.format = "recorded frames";
  const head: Numbered[] = [];
  const { as = [] } = reading.options;
  let chain: Chain | undefined;
  let lastUs = 0;
  let leaping: Numbered | undefined;

  const begin = (): Chain => {
    const lines = head.map(({ line }) => line);
    const wanted = as.filter(({ symbol }) => symbol === undefined || lines.some((line) => isSame(line.symbol, symbol)));
    for (const [at, { symbol, id }] of wanted.entries())
      if (wanted.findIndex((each) => each.symbol === symbol) !== at)
        throw new BpError("data/no-market", {
          file: reading.file,
          hint: `${symbol ?? "its market"} is wanted as two markets, ${id} is one of them: read it once and cast the tape`,
        });
    const cast = castOf(lines, wanted, finer);
    if (cast.length === 0) throw nothingIn(reading, lines, as);
    const firstUs = Math.min(...lines.map(({ us }) => us));
    const found =
      chains.find(({ parts, lastUs: end }) => end <= firstUs && cast.every(({ symbol }) => parts.has(symbol))) ??
      createChain(cast);
    if (!chains.includes(found)) chains.push(found);
    found.readings.push(reading);
    chain = found;
    for (const each of head) play(each, found);
    head.length = 0;
    return found;
  };
  const play = ({ number, line }: Numbered, { parts }: Chain) => {
    const here = reading.line;
    reading.line = number; // of the head, lines are played later than they were read
    const part = parts.get(line.symbol);
    if (part === undefined) reading.foreign.set(line.symbol, (reading.foreign.get(line.symbol) ?? 0) + 1);
    else
      try {
        part.hear(line, reading);
      } catch (error) {
        refuse(error, part);
      }
    reading.line = here;
  };
  const refuse = (error: unknown, part: Cast) => {
    const { symbol } = part;
    const told = as.find((each) => isSame(each.symbol ?? symbol, symbol));
    const isGrid = isBpError(error) && error.code.startsWith("grid/");
    const better = finerGrid(error, part, told);
    if (better !== undefined) throw better;
    if (!isGrid && !(error instanceof RangeError)) throw error;
    reading.spoilt(
      `${symbol}: ${error.message}${isGrid && told !== undefined ? "; the tick and the lot that were said do not hold it" : ""}`,
    );
  };
  /** A line that leaps a day ahead is only believed when the next one is there too. */
  const hear = (line: Line) => {
    const held = leaping;
    leaping = undefined;
    if (held !== undefined) {
      const here = reading.line;
      reading.line = held.number;
      if (line.us < held.line.us - dayUs)
        reading.spoilt(`its time, ${moment(held.line.us)}, is that of no line around it`);
      else take(held.line);
      reading.line = here;
    }
    if (lastUs > 0 && line.us > lastUs + dayUs) leaping = { number: reading.line, line };
    else take(line);
  };
  const take = (line: Line) => {
    if (line.us < lastUs) reading.backwards += 1;
    else lastUs = line.us;
    if (chain === undefined) {
      head.push({ number: reading.line, line });
      if (head.length >= headLines) begin();
    } else play({ number: reading.line, line }, chain);
    if (chain !== undefined) chain.lastUs = Math.max(chain.lastUs, lastUs);
  };
  return {
    hear,
    line: (text) => {
      if (text.length < 2) return; // empty, or the rest of a line that ends like those of Windows
      let found: Line | undefined;
      try {
        found = readLine(text);
      } catch (error) {
        if (!(error instanceof Error) || error instanceof FinerGrid) throw error;
        return reading.spoilt(error.message);
      }
      if (found !== undefined) hear(found);
    },
    finish: () => {
      if (leaping !== undefined) take(leaping.line);
      const done = chain ?? begin();
      done.lastUs = Math.max(done.lastUs, lastUs);
      return done;
    },
  };
}

function nothingIn({ file, line, bad }: Reading, lines: readonly Line[], wanted: readonly RecordedAs[]): BpError {
  const symbols = [...new Set(lines.map(({ symbol }) => symbol))];
  const hint =
    bad > 0 && bad >= line
      ? nothingLeft
      : symbols.length === 0
        ? `no book and no trades of any market in its ${line} lines: are they frames of an account?`
        : `no book and no trades of ${wanted.map(({ symbol, id }) => symbol ?? id).join(", ") || "a market"}, only ${symbols.join(", ")}`;
  return new BpError("data/no-market", { file, hint });
}
