// A recording as a market: its levels and prints as they came, our orders among them.
import { BpError, createSequence, isBpError, type Millis, millis, type Sequence, toLots, toTicks } from "@bp/core";
import type { MarketHands, MarketSource } from "../contract.ts";
import { type Cast, castOf, type RecordedAs } from "./infer.ts";
import { type Line, readLine, type TextLevel } from "./line.ts";

/** Which recording plays, as what, and how fast. */
export interface RecordedOptions {
  /** The recording's lines, decompressed; read one by one as time goes on. */
  readonly lines: Iterable<string>;
  /** Which symbols become which markets; default: every symbol of the first lines under Backpack's spelling. */
  readonly as?: readonly RecordedAs[];
  /** For messages; default `recording`. */
  readonly file?: string;
  /** How much faster than recorded it plays; above 0, default 1. */
  readonly speed?: number;
  /** What to do with a line that cannot be read: stop there with its number, or count it in `bad` and go on. Default `throw`. */
  readonly onBad?: "throw" | "skip-count";
}

/** A recording that plays. */
export interface RecordedMarket extends MarketSource {
  /** Times that an id did not follow on. */
  readonly gaps: number;
  /** Lines that could not be read. */
  readonly bad: number;
  /** Lines read so far. */
  readonly line: number;
}

const headLines = 2_000;
const markEveryMs = 1_000;

/**
 * Plays a recording in the `l2.ndjson` formats: Backpack's frames, or Binance's (spot, futures) in combined-stream
 * envelopes, with REST snapshots where they were received, and trades. Its first line happens when the exchange starts.
 * The mark is the mid, once a second.
 *
 * Orders of accounts join the recorded queues: what is in front of them leaves by prints (or by the exchange's queue model),
 * and recorded levels or prints beyond their price fill them. Size that they took comes back with the level's next change,
 * because a recording knows nothing of us.
 *
 * @throws BpError `sim/bad-recording` at once when the first lines show no market; later, out of `advance`, for a bad line
 */
export function recordedMarket(options: RecordedOptions): RecordedMarket {
  const { file = "recording", speed = 1, onBad = "throw" } = options;
  const lines = options.lines[Symbol.iterator]();
  let line = 0;
  let bad = 0;
  let finished = false;

  /** Deals with a bad line as asked for. */
  const spoilt = (why: string, number: number): void => {
    if (onBad === "throw") throw new BpError("sim/bad-recording", { file, line: number, why });
    bad += 1;
  };
  /** The next line that matters, `undefined` at the end. */
  const read = (): Numbered | undefined => {
    while (!finished) {
      const result = lines.next();
      if (result.done === true) {
        finished = true;
        break;
      }
      line += 1;
      if (result.value === "") continue;
      try {
        const found = readLine(result.value);
        if (found !== undefined) return { number: line, line: found };
      } catch (error) {
        spoilt(error instanceof Error ? error.message : String(error), line);
      }
    }
    return undefined;
  };

  const head: Numbered[] = [];
  while (head.length < headLines) {
    const next = read();
    if (next === undefined) break;
    head.push(next);
  }
  const cast = castOf(
    head.map((each) => each.line),
    options.as ?? [],
    (why) => new BpError("sim/bad-recording", { file, line, why }),
  );
  const firstUs = head[0]?.line.us ?? 0;
  let upcoming = head.shift();
  const parts = new Map<string, Part>();
  let hands: MarketHands | undefined;
  let start = 0;
  let now = 0;
  let nextMark = 0;

  const timeOf = (numbered: Numbered): Millis => {
    const at = millis(start + Math.max(0, Math.floor((numbered.line.us - firstUs) / 1_000 / speed)));
    return at < now ? millis(now) : at;
  };
  const nextAt = () => (upcoming === undefined || hands === undefined ? undefined : timeOf(upcoming));
  const act = () => {
    const current = upcoming;
    if (current === undefined || hands === undefined) return;
    upcoming = undefined; // a bad line that throws ends the recording
    now = timeOf(current);
    const part = parts.get(current.line.symbol);
    if (part !== undefined)
      try {
        part.play(current.line);
      } catch (error) {
        if (!isBpError(error) || !error.code.startsWith("grid/")) throw error;
        spoilt(error.message, current.number);
      }
    if (now >= nextMark) {
      for (const { instrument } of cast) markMid(hands, instrument.id);
      nextMark = now - ((now - start) % markEveryMs) + markEveryMs;
    }
    upcoming = head.shift() ?? read();
  };

  return {
    instruments: cast.map((each) => each.instrument),
    get gaps() {
      let sum = 0;
      for (const part of parts.values()) sum += part.gaps;
      return sum;
    },
    get bad() {
      return bad;
    },
    get line() {
      return line;
    },
    attach: (mine) => {
      hands = mine;
      start = mine.now();
      now = start;
      nextMark = start;
      for (const { symbol } of cast)
        if (!parts.has(symbol))
          parts.set(
            symbol,
            createPart(
              cast.filter((each) => each.symbol === symbol),
              mine,
            ),
          );
      for (let at = nextAt(); at !== undefined && at <= start; at = nextAt()) act();
    },
    nextAt,
    act,
  };
}

interface Numbered {
  readonly number: number;
  readonly line: Line;
}

function markMid(hands: MarketHands, id: Cast["instrument"]["id"]): void {
  const { bids, asks } = hands.book(id, 1);
  const bid = bids[0]?.[0];
  const ask = asks[0]?.[0];
  if (bid !== undefined && ask !== undefined) hands.mark(id, (bid + ask) / 2, (bid + ask) / 2);
}

interface Part {
  readonly gaps: number;
  play(line: Line): void;
}

type DepthLine = Extract<Line, { readonly kind: "depth" }>;

/** One recorded symbol, played into every market cast for it. */
function createPart(cast: readonly Cast[], hands: MarketHands): Part {
  let sequence: Sequence | undefined;
  let waiting: DepthLine[] = [];
  let gaps = 0;
  let singles = false; // trades one by one are there, so aggregated ones would count twice
  const known = { bid: new Set<string>(), ask: new Set<string>() }; // prices with size, as last written

  const set = (side: "bid" | "ask", [price, size]: TextLevel) => {
    let gone = false;
    for (const { instrument } of cast) {
      const count = toLots(instrument, size);
      gone = count === 0;
      hands.level(instrument.id, side, toTicks(instrument, price), count);
    }
    if (gone) known[side].delete(plain(price));
    else known[side].add(plain(price));
  };
  /** Takes away first, so that nothing crosses that did not. */
  const apply = (bids: readonly TextLevel[], asks: readonly TextLevel[]) => {
    for (const gone of [true, false]) {
      for (const level of bids) if (isZero(level[1]) === gone) set("bid", level);
      for (const level of asks) if (isZero(level[1]) === gone) set("ask", level);
    }
  };
  const hear = (frame: DepthLine) => {
    sequence ??= createSequence(frame.venue);
    const verdict = sequence.judge(frame.first, frame.last, frame.previous);
    if (verdict === "drop") return;
    if (verdict === "buffer") return void waiting.push(frame);
    if (verdict !== "apply") {
      gaps += 1; // there is no second snapshot to ask for: go on from here
      sequence.snapshot(frame.last);
    }
    apply(frame.bids, frame.asks);
  };
  return {
    get gaps() {
      return gaps;
    },
    play: (line) => {
      switch (line.kind) {
        case "depth":
          return hear(line);
        case "snapshot": {
          const bids = new Set(line.bids.map(([price]) => plain(price)));
          const asks = new Set(line.asks.map(([price]) => plain(price)));
          apply(
            [...[...known.bid].filter((price) => !bids.has(price)).map((price) => [price, "0"] as const), ...line.bids],
            [...[...known.ask].filter((price) => !asks.has(price)).map((price) => [price, "0"] as const), ...line.asks],
          );
          sequence ??= createSequence(line.venue);
          sequence.snapshot(line.last);
          const frames = waiting;
          waiting = [];
          for (const frame of frames) hear(frame);
          return;
        }
        case "trade":
          singles ||= !line.aggregated;
          if (singles && line.aggregated) return;
          for (const { instrument } of cast) {
            const size = toLots(instrument, line.size);
            if (size > 0) hands.print(instrument.id, toTicks(instrument, line.price), size, line.taker);
          }
      }
    },
  };
}

function isZero(size: string): boolean {
  return !/[1-9]/.test(size);
}

/** Recordings write one price in two ways: `86700` and `86700.0`. */
function plain(price: string): string {
  return price.includes(".") ? price.replace(/\.?0+$/, "") : price;
}
