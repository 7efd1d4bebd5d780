// What a recording's markets are: names, kinds and grids, as far as its first lines show them.
import { type Instrument, type InstrumentId, type InstrumentSketch, instrument } from "@bp/core";
import { digitsOf, stepOf } from "../csv/number.ts";
import type { Line, TextLevel } from "./line.ts";

/** Which recorded symbol becomes which market. What is left out is inferred. */
export type RecordedAs = { readonly symbol?: string; readonly id: InstrumentId } & Partial<
  Omit<InstrumentSketch, "id">
>;

/** A market and the symbol that it is recorded under. */
export interface Cast {
  readonly symbol: string;
  readonly instrument: Instrument;
}

/** Digits after the point of a symbol's prices and sizes. */
export interface Digits {
  readonly price: number;
  readonly size: number;
}

/** Fees of Backpack's first tier; recordings and tables tell none. */
export const firstTier = {
  spot: { maker: "0.0008", taker: "0.001" },
  perp: { maker: "0.0002", taker: "0.0005" },
} as const;

/**
 * Chooses the markets of a recording: every symbol with a book, or with trades where none has a book, named
 * `backpack:BASE_QUOTE` or `backpack:BASE_QUOTE_PERP` unless it is told another name.
 *
 * @param head - its first lines
 * @param wanted - by symbol; empty: all of them
 * @param finer - digits that are known from elsewhere
 * @returns nothing where the head has neither book nor trades
 */
export function castOf(
  head: readonly Line[],
  wanted: readonly RecordedAs[],
  finer: ReadonlyMap<string, Digits>,
): readonly Cast[] {
  const books = symbolsOf(head, (line) => line.kind === "depth" || line.kind === "snapshot");
  const symbols = books.length > 0 ? books : symbolsOf(head, (line) => line.kind === "trade");
  const told = (symbol: string) =>
    wanted.find((each) => (each.symbol ?? symbols[0] ?? "").toUpperCase() === symbol.toUpperCase());
  return symbols
    .filter((symbol) => wanted.length === 0 || told(symbol) !== undefined)
    .map((symbol) => ({ symbol, instrument: instrumentOf(symbol, head, told(symbol), finer.get(symbol)) }));
}

const symbolsOf = (head: readonly Line[], has: (line: Line) => boolean): readonly string[] => [
  ...new Set(head.filter(has).map(({ symbol }) => symbol)),
];

function instrumentOf(
  symbol: string,
  head: readonly Line[],
  told: RecordedAs | undefined,
  finer: Digits | undefined,
): Instrument {
  const inferred = infer(symbol, head, finer);
  if (told === undefined) return instrument({ ...inferred, ...firstTier[inferred.kind] });
  const { symbol: _, ...rest } = told;
  const kind = told.kind ?? (told.id.endsWith("_PERP") ? "perp" : inferred.kind);
  return instrument({ ...inferred, ...firstTier[kind], kind, ...rest });
}

/** Digits after the point that a market may have; a value with more is a mistake of its line. */
export const mostDigits = 12;

const finest = (so: number, digits: number) => (digits > mostDigits ? so : Math.max(so, digits));

function infer(symbol: string, head: readonly Line[], finer: Digits | undefined): InstrumentSketch {
  let { price = 0, size = 0 } = finer ?? {};
  for (const line of head)
    if (line.symbol === symbol)
      for (const [priceText, sizeText] of levelsOf(line)) {
        price = finest(price, digitsOf(priceText));
        size = finest(size, digitsOf(sizeText));
      }
  const { base, quote, kind, name } = nameOf(symbol, head);
  return { id: `backpack:${name}`, kind, base, quote, tickSize: stepOf(price), lotSize: stepOf(size) };
}

function levelsOf(line: Line): readonly TextLevel[] {
  if (line.kind === "trade") return [[line.price, line.size]];
  return line.kind === "mark" ? [] : [...line.bids, ...line.asks];
}

function nameOf(symbol: string, head: readonly Line[]) {
  const isFutures = head.some((line) => "venue" in line && line.symbol === symbol && line.venue === "futures");
  const isOwn = head.some((line) => "venue" in line && line.symbol === symbol && line.venue === "backpack");
  const [, base = symbol, quote = "USDC", rest = ""] =
    (isOwn ? /^([^_]+)_([^_]+)(_PERP)?$/ : /^(.+?)_?(USDT|USDC|FDUSD|BUSD|USD|BTC|ETH|BNB|EUR)(_.+)?$/).exec(symbol) ??
    [];
  const kind: "spot" | "perp" = isFutures || rest === "_PERP" ? "perp" : "spot";
  const tail = rest !== "" ? rest : kind === "perp" ? "_PERP" : "";
  return { base, quote, kind, name: `${base}_${quote}${tail}` };
}
