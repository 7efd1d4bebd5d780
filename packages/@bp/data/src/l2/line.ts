// One line of recorded frames: a frame of a socket or a snapshot over REST, of Backpack or of Binance and its likes.

/** Price and size as the recording writes them. */
export type TextLevel = readonly [price: string, size: string];

/** Whose rule of update ids holds. */
export type Flavour = "backpack" | "futures" | "spot";

interface Dated {
  /** When it was received, µs since 1970. */
  readonly us: number;
  readonly symbol: string;
}

/** A snapshot over REST. */
export interface SnapshotLine extends Dated {
  readonly kind: "snapshot";
  readonly venue: Flavour;
  readonly last: number;
  readonly bids: readonly TextLevel[];
  readonly asks: readonly TextLevel[];
}

/** A frame of changes. */
export interface DepthLine extends Dated {
  readonly kind: "depth";
  /** When the venue says it happened, µs since 1970. */
  readonly venueUs: number | undefined;
  readonly venue: Flavour;
  readonly first: number;
  readonly last: number;
  readonly previous: number | undefined;
  readonly bids: readonly TextLevel[];
  readonly asks: readonly TextLevel[];
}

/** A print, or several of one taker at one price. */
export interface TradeLine extends Dated {
  readonly kind: "trade";
  readonly venueUs: number | undefined;
  /** The venue's number; `undefined` where it tells none. */
  readonly id: number | undefined;
  readonly price: string;
  readonly size: string;
  readonly taker: "buy" | "sell";
  readonly aggregated: boolean;
}

/** Mark, index and the next funding. */
export interface MarkLine extends Dated {
  readonly kind: "mark";
  readonly venueUs: number | undefined;
  readonly mark: string;
  readonly index: string;
  /** Fraction of the notional, and when it is paid, ms since 1970. */
  readonly rate: number | undefined;
  readonly fundingAt: number | undefined;
}

/** What a line says, as far as a market can be played from it. */
export type Line = SnapshotLine | DepthLine | TradeLine | MarkLine;

/**
 * Reads one line: `{"t":<µs>,"d":<frame>}`, `{"t":<µs>,"rest":"<path>","d":<answer>}`, or a Backpack frame as it came, dated by
 * the venue alone.
 *
 * @returns `undefined` for what a market needs not: best prices, klines, tickers, account events
 * @throws Error with a sentence when it is no such line
 */
export function readLine(text: string): Line | undefined {
  if (isTicker(text)) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Error("it is cut or not JSON");
  }
  const line = record(parsed, "the line");
  if (line["t"] === undefined && line["d"] === undefined) return bare(line);
  const us = received(line["t"]);
  const body = record(line["d"], "d");
  if (typeof line["rest"] === "string") return snapshot(us, line["rest"], body);
  return frameLine(us, body["data"] === undefined ? body : record(body["data"], "d.data"));
}

/** The most frequent lines, whole by their ends, are not worth a parse. */
function isTicker(text: string): boolean {
  if (!text.endsWith("}}}") && !text.endsWith('"}}')) return false;
  const at = text.indexOf("ookTicker"); // the stream's name, or the frame's
  return at >= 0 && at < 250 && text.startsWith("{");
}

/** A frame that was kept without the moment in which it came: the venue's own stands in for it. */
function bare(line: Readonly<Record<string, unknown>>): Line | undefined {
  const frame = line["data"] === undefined ? line : record(line["data"], "data");
  const us = typeof frame["E"] === "number" ? micros(frame["E"]) : undefined;
  if (frame["e"] === undefined) throw new Error("neither a frame nor a snapshot");
  if (us === undefined) throw new Error("neither it nor its frame has a moment");
  return frameLine(us, frame);
}

function frameLine(us: number, frame: Readonly<Record<string, unknown>>): Line | undefined {
  switch (frame["e"]) {
    case "depth":
    case "depthUpdate":
      return depth(us, frame);
    case "trade":
    case "aggTrade":
      return trade(us, frame);
    case "markPrice":
    case "markPriceUpdate":
      return mark(us, frame);
    default:
      return undefined;
  }
}

function snapshot(us: number, path: string, body: Readonly<Record<string, unknown>>): Line | undefined {
  if (!path.includes("/depth")) return undefined;
  const symbol = /[?&]symbol=([^&]+)/.exec(path)?.[1];
  if (symbol === undefined) throw new Error(`snapshot ${path} names no symbol`);
  const isFutures = path.startsWith("/fapi/") || path.startsWith("/dapi/");
  return {
    kind: "snapshot",
    us,
    symbol,
    venue: isFutures ? "futures" : symbol.includes("_") ? "backpack" : "spot",
    last: whole(Number(body["lastUpdateId"]), "lastUpdateId"),
    bids: levels(body["bids"], "bids"),
    asks: levels(body["asks"], "asks"),
  };
}

function depth(us: number, frame: Readonly<Record<string, unknown>>): DepthLine {
  return {
    kind: "depth",
    us,
    venueUs: micros(frame["T"]) ?? micros(frame["E"]),
    symbol: words(frame["s"], "s"),
    venue: frame["e"] === "depth" ? "backpack" : frame["pu"] === undefined ? "spot" : "futures",
    first: whole(frame["U"], "U"),
    last: whole(frame["u"], "u"),
    previous: frame["pu"] === undefined ? undefined : whole(frame["pu"], "pu"),
    bids: levels(frame["b"], "b"),
    asks: levels(frame["a"], "a"),
  };
}

function trade(us: number, frame: Readonly<Record<string, unknown>>): TradeLine {
  const aggregated = frame["e"] === "aggTrade";
  const id = aggregated ? frame["a"] : frame["t"];
  if (typeof frame["m"] !== "boolean") throw new Error("m, whether the buyer rested, is neither true nor false");
  return {
    kind: "trade",
    us,
    venueUs: micros(frame["T"]) ?? micros(frame["E"]),
    id: Number.isSafeInteger(id) ? Number(id) : undefined,
    symbol: words(frame["s"], "s"),
    price: words(frame["p"], "p"),
    size: words(frame["q"], "q"),
    taker: frame["m"] ? "sell" : "buy",
    aggregated,
  };
}

/** Backpack: rate `f`, paid at `n`; Binance and its likes: rate `r`, paid at `T`. */
function mark(us: number, frame: Readonly<Record<string, unknown>>): MarkLine {
  const own = frame["e"] === "markPrice";
  const rate = Number.parseFloat(String(own ? frame["f"] : frame["r"]));
  const paid = micros(own ? frame["n"] : frame["T"]);
  const price = words(frame["p"], "p");
  return {
    kind: "mark",
    us,
    venueUs: micros(frame["E"]),
    symbol: words(frame["s"], "s"),
    mark: price,
    index: typeof frame["i"] === "string" ? frame["i"] : price,
    rate: Number.isFinite(rate) ? rate : undefined,
    fundingAt: paid === undefined ? undefined : paid / 1_000,
  };
}

/** A venue's moment, ms at Binance and its likes, µs at Backpack, as µs since 1970. */
function micros(at: unknown): number | undefined {
  if (typeof at !== "number" || !Number.isSafeInteger(at) || at < 100_000_000_000) return undefined;
  return at > 100_000_000_000_000 ? at : at * 1_000;
}

function received(value: unknown): number {
  const us = whole(value, "t");
  if (us > 100_000_000_000_000 && us < 100_000_000_000_000_000) return us;
  throw new Error(`t is ${us}: it must be µs since 1970, like 1723161255030314`);
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) throw new Error(`${what} is not an object`);
  return value as Readonly<Record<string, unknown>>; // checked: an object can be asked for any key
}

function whole(value: unknown, what: string): number {
  if (!Number.isSafeInteger(value)) throw new Error(`${what} is not a whole number`);
  return value as number; // checked in the line above
}

function words(value: unknown, what: string): string {
  if (typeof value !== "string") throw new Error(`${what} is not text`);
  return value;
}

function levels(value: unknown, what: string): readonly TextLevel[] {
  if (!Array.isArray(value)) throw new Error(`${what} is not a list of levels`);
  for (const level of value as readonly unknown[])
    if (!Array.isArray(level) || typeof level[0] !== "string" || typeof level[1] !== "string")
      throw new Error(`${what} holds something that is no level`);
  return value as readonly TextLevel[]; // checked level by level
}
