// What a recording's market is: its name, its kind and its grids, as far as its first lines show them.
import { type BpError, type Instrument, type InstrumentId, type InstrumentSketch, instrument } from "@bp/core";
import type { Line } from "./line.ts";

/** Which recorded symbol becomes which market. What is left out is inferred. */
export type RecordedAs = { readonly symbol?: string; readonly id: InstrumentId } & Partial<
  Omit<InstrumentSketch, "id">
>;

/** A market and the symbol that it is played from. */
export interface Cast {
  readonly symbol: string;
  readonly instrument: Instrument;
}

/**
 * Chooses the markets of a recording.
 *
 * @param head - its first lines
 * @param wanted - by symbol; empty: every symbol of the head, named `backpack:BASE_QUOTE` or `backpack:BASE_QUOTE_PERP`
 * @param bad - makes the error for a head without depth, or without a symbol that is wanted
 */
export function castOf(
  head: readonly Line[],
  wanted: readonly RecordedAs[],
  bad: (why: string) => BpError,
): readonly Cast[] {
  const symbols = [...new Set(head.filter((line) => line.kind !== "trade").map((line) => line.symbol))];
  const first = symbols[0];
  if (first === undefined) throw bad("no depth of any market in its first lines");
  if (wanted.length === 0) return symbols.map((symbol) => ({ symbol, instrument: instrument(infer(symbol, head)) }));
  return wanted.map(({ symbol = first, ...told }) => {
    if (!symbols.includes(symbol)) throw bad(`no depth of ${symbol} in its first lines, only of ${symbols.join(", ")}`);
    const kind = told.kind ?? (told.id.endsWith("_PERP") ? "perp" : "spot");
    return { symbol, instrument: instrument({ ...infer(symbol, head), ...firstTier[kind], kind, ...told }) };
  });
}

/** Fees of Backpack's first tier; a recording tells none. */
const firstTier = { spot: { maker: "0.0008", taker: "0.001" }, perp: { maker: "0.0002", taker: "0.0005" } } as const;

function infer(symbol: string, head: readonly Line[]): InstrumentSketch {
  const { base, quote, kind, name } = nameOf(symbol, head);
  let priceDigits = 0;
  let sizeDigits = 0;
  for (const line of head) {
    if (line.symbol !== symbol) continue;
    const levels = line.kind === "trade" ? [[line.price, line.size] as const] : [...line.bids, ...line.asks];
    for (const [price, size] of levels) {
      priceDigits = Math.max(priceDigits, digitsOf(price));
      sizeDigits = Math.max(sizeDigits, digitsOf(size));
    }
  }
  return {
    id: `backpack:${name}`,
    kind,
    base,
    quote,
    tickSize: stepOf(priceDigits),
    lotSize: stepOf(sizeDigits),
    ...firstTier[kind],
  };
}

function nameOf(symbol: string, head: readonly Line[]) {
  const futures = head.some((line) => line.kind !== "trade" && line.symbol === symbol && line.venue === "futures");
  const own = /^([^_]+)_([^_]+)(_PERP)?$/.exec(symbol);
  const spelled =
    own !== null && !/^\d|^PERP$/.test(own[2] ?? "")
      ? own
      : /^(.+?)(USDT|USDC|FDUSD|BUSD|USD|BTC|ETH|BNB|EUR)(_.+)?$/.exec(symbol);
  const [, base = symbol, quote = "USDC", rest = ""] = spelled ?? [];
  const kind: "spot" | "perp" = futures || rest === "_PERP" ? "perp" : "spot";
  const tail = rest !== "" ? rest : kind === "perp" ? "_PERP" : "";
  return { base, quote, kind, name: `${base}_${quote}${tail}` };
}

/** Digits after the point that are not trailing zeros. */
function digitsOf(text: string): number {
  const point = text.indexOf(".");
  if (point < 0) return 0;
  let end = text.length;
  while (end > point + 1 && text.charCodeAt(end - 1) === 48) end -= 1;
  return end - point - 1;
}

function stepOf(digits: number): string {
  return digits === 0 ? "1" : `0.${"0".repeat(digits - 1)}1`;
}
