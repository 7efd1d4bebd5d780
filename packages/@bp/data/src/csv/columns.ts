// What a table's columns are: by its header, or by the shape of its first row where it has none.
import { BpError } from "@bp/core";

/** What the rows of a table are. */
export type TableKind = "candles" | "trades" | "funding" | "levels";

/** A table that is understood: the places of its columns. */
export interface Table {
  readonly kind: TableKind;
  /** Whether the first row is a header. */
  readonly hasHeader: boolean;
  readonly at: Readonly<Record<string, number>>;
  readonly width: number;
}

const aliases: Readonly<Record<string, readonly string[]>> = {
  time: [
    "ts_ms",
    "open_time",
    "calc_time",
    "fundingtime",
    "funding_time",
    "trade_ms",
    "transact_time",
    "transactiontime",
    "time",
    "timestamp",
  ],
  received: ["recv_us", "timestampofreceive"],
  open: ["open"],
  high: ["high"],
  low: ["low"],
  close: ["close"],
  volume: ["volume", "vol"],
  rate: ["funding_rate", "last_funding_rate", "fundingrate"],
  price: ["price"],
  size: ["qty", "quantity", "size"],
  buyerRested: ["buyer_is_maker", "is_buyer_maker", "isbuyermarketmaker", "isbuyermaker"],
  side: ["side"],
  id: ["id", "agg_trade_id", "tradeid", "trade_id"],
  symbol: ["symbol"],
  isAsk: ["isask"],
  first: ["firstupdateid"],
  last: ["finalupdateid"],
  previous: ["finalupdateidinlaststream"],
};

/** Names that stand for something: what others hold is not read. */
const meant: ReadonlySet<string> = new Set(Object.values(aliases).flat());

/** Headers of exchanges' files that are no market that could be played, and why. */
const refused: readonly { readonly has: readonly string[]; readonly why: string }[] = [
  {
    has: ["percentage", "depth"],
    why: "it sums the book up by percentages and has no prices that orders could wait at",
  },
  { has: ["bid", "bid_qty", "ask", "ask_qty"], why: "it has best prices alone, neither a book nor trades" },
];

/**
 * Understands a table.
 *
 * @param fields - its first row
 * @throws BpError `data/unknown-format` naming what was found
 */
export function tableOf(file: string, fields: readonly string[]): Table {
  const names = fields.map((each) => each.trim().replaceAll('"', "").toLowerCase());
  if (names.every((each) => each === "" || /^-?[\d.]+(e-?\d+)?$|^(true|false)$/.test(each)))
    return headless(file, names);
  for (const { has, why } of refused)
    if (has.every((each) => names.includes(each)))
      throw new BpError("data/unknown-format", { file, found: `columns ${fields.join(",").slice(0, 120)}`, why });
  const twice = names.find((each, place) => meant.has(each) && names.indexOf(each) !== place);
  if (twice !== undefined)
    throw new BpError("data/unknown-format", {
      file,
      found: `two columns named ${twice}`,
      why: "which of them is meant is not known: leave one out, or give it another name",
    });
  const at: Record<string, number> = {};
  for (const [name, known] of Object.entries(aliases))
    for (const alias of known) {
      const place = names.indexOf(alias);
      if (place >= 0) {
        at[name] = place;
        break;
      }
    }
  const has = (...wanted: readonly string[]) => wanted.every((each) => at[each] !== undefined);
  const kind: TableKind | undefined = has("open", "high", "low", "close", "time")
    ? "candles"
    : has("rate", "time")
      ? "funding"
      : has("isAsk", "price", "size", "last")
        ? "levels"
        : has("price", "size", "time") && (has("buyerRested") || has("side"))
          ? "trades"
          : undefined;
  if (kind !== undefined) return { kind, hasHeader: true, at, width: fields.length };
  throw new BpError("data/unknown-format", {
    file,
    found: `columns ${fields.join(",").slice(0, 120)}`,
    why: "no candles (open, high, low, close), trades (price, qty, side or buyer_is_maker), levels or funding rates",
  });
}

/** As Binance and Aster publish them, some without a header. */
function headless(file: string, fields: readonly string[]): Table {
  const width = fields.length;
  const table = (kind: TableKind, at: Readonly<Record<string, number>>) => ({ kind, hasHeader: false, at, width });
  const isFlag = (place: number) => /^(true|false|0|1)$/.test(fields[place] ?? "");
  const isTime = (place: number) => /^\d{10,17}$/.test(fields[place] ?? "");
  if (width === 12) return table("candles", { time: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 });
  if ((width === 7 || width === 8) && isTime(5) && isFlag(6))
    // aggregated: a, p, q, f, l, T, m, and of spot M
    return table("trades", { id: 0, price: 1, size: 2, time: 5, buyerRested: 6 });
  if ((width === 6 || width === 7) && isTime(4) && /^(true|false)$/.test(fields[5] ?? ""))
    return table("trades", { id: 0, price: 1, size: 2, time: 4, buyerRested: 5 });
  if (width === 6) return table("candles", { time: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 });
  throw new BpError("data/unknown-format", {
    file,
    found: `${width} columns of numbers without a header`,
    why: "candles have 6 or 12, trades 6 to 8: add a header that names them",
  });
}
