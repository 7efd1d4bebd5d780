// One line of a recording: a frame of a socket or a snapshot over REST, of Backpack or of Binance and its likes.

/** Price and size as the recording writes them. */
export type TextLevel = readonly [price: string, size: string];

/** What a line says, as far as a market can be played from it. */
export type Line =
  | {
      readonly kind: "snapshot";
      readonly us: number;
      readonly symbol: string;
      readonly venue: Flavour;
      readonly last: number;
      readonly bids: readonly TextLevel[];
      readonly asks: readonly TextLevel[];
    }
  | {
      readonly kind: "depth";
      readonly us: number;
      readonly symbol: string;
      readonly venue: Flavour;
      readonly first: number;
      readonly last: number;
      readonly previous: number | undefined;
      readonly bids: readonly TextLevel[];
      readonly asks: readonly TextLevel[];
    }
  | {
      readonly kind: "trade";
      readonly us: number;
      readonly symbol: string;
      readonly price: string;
      readonly size: string;
      readonly taker: "buy" | "sell";
      readonly aggregated: boolean;
    };

/** Whose rule of update ids holds. */
type Flavour = "backpack" | "futures" | "spot";

/**
 * Reads one line: `{"t":<µs>,"d":<frame>}` or `{"t":<µs>,"rest":"<path>","d":<answer>}`.
 *
 * @returns `undefined` for what a market needs not: best prices, klines, tickers
 * @throws Error with a sentence when it is no such line
 */
export function readLine(text: string): Line | undefined {
  if (text.includes("bookTicker") && text.startsWith('{"t":') && text.endsWith("}}}")) return undefined; // the most frequent lines; not worth a parse
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Error("it is cut or not JSON");
  }
  const line = record(parsed, "the line");
  const us = whole(line["t"], "t");
  const body = record(line["d"], "d");
  if (typeof line["rest"] === "string") return snapshot(us, line["rest"], body);
  const frame = body["data"] === undefined ? body : record(body["data"], "d.data");
  switch (frame["e"]) {
    case "depth":
    case "depthUpdate":
      return depth(us, frame);
    case "trade":
    case "aggTrade":
      return {
        kind: "trade",
        us,
        symbol: words(frame["s"], "s"),
        price: words(frame["p"], "p"),
        size: words(frame["q"], "q"),
        taker: frame["m"] === true ? "sell" : "buy", // m: the buyer rested
        aggregated: frame["e"] === "aggTrade",
      };
    default:
      return undefined;
  }
}

function snapshot(us: number, path: string, body: Readonly<Record<string, unknown>>): Line | undefined {
  if (!path.includes("/depth")) return undefined;
  const symbol = /[?&]symbol=([^&]+)/.exec(path)?.[1];
  if (symbol === undefined) throw new Error(`snapshot ${path} names no symbol`);
  const venue: Flavour =
    path.startsWith("/fapi/") || path.startsWith("/dapi/") ? "futures" : symbol.includes("_") ? "backpack" : "spot";
  return {
    kind: "snapshot",
    us,
    symbol,
    venue,
    last: whole(Number(body["lastUpdateId"]), "lastUpdateId"),
    bids: levels(body["bids"], "bids"),
    asks: levels(body["asks"], "asks"),
  };
}

function depth(us: number, frame: Readonly<Record<string, unknown>>): Line {
  const venue: Flavour = frame["e"] === "depth" ? "backpack" : frame["pu"] === undefined ? "spot" : "futures";
  return {
    kind: "depth",
    us,
    symbol: words(frame["s"], "s"),
    venue,
    first: whole(frame["U"], "U"),
    last: whole(frame["u"], "u"),
    previous: frame["pu"] === undefined ? undefined : whole(frame["pu"], "pu"),
    bids: levels(frame["b"], "b"),
    asks: levels(frame["a"], "a"),
  };
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
