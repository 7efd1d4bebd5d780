// Of which market a table is: what it says itself, its file's name, or what a person says.
import { BpError, type Instrument, type InstrumentSketch, instrument, symbolOf } from "@bp/core";
import { stepOf } from "./csv/number.ts";
import type { RawTable } from "./csv/table.ts";
import { firstTier, type RecordedAs } from "./l2/infer.ts";
import { symbolIn } from "./name.ts";

/** Tables by the symbol that they are of. @throws BpError `data/no-market` where nothing tells */
export function grouped(
  tables: readonly RawTable[],
  as: readonly RecordedAs[],
): ReadonlyMap<string, readonly RawTable[]> {
  const groups = new Map<string, RawTable[]>();
  const [only] = as;
  for (const table of tables) {
    const symbol =
      table.symbol ??
      symbolIn(table.reading.file) ??
      (as.length === 1 && only !== undefined ? (only.symbol ?? symbolOf(only.id)) : undefined);
    if (symbol === undefined)
      throw new BpError("data/no-market", {
        file: table.reading.file,
        hint: "neither it nor its name say of which market it is: name it like BTCUSDT-1m.csv, or say --as BTCUSDT=backpack:BTC_USDC_PERP",
      });
    const group = groups.get(symbol) ?? [];
    group.push(table);
    groups.set(symbol, group);
  }
  return groups;
}

/** The market of some tables: a recorded one of the same coin where there is one, else what their digits show. */
export function marketOf(
  symbol: string,
  tables: readonly RawTable[],
  known: readonly Instrument[],
  as: readonly RecordedAs[],
): Instrument {
  const wanted = as.find((each) => (each.symbol ?? symbolOf(each.id)).toUpperCase() === symbol.toUpperCase());
  const recorded = known.find(({ id }) => id === wanted?.id || bare(symbolOf(id)) === bare(symbol));
  const funding = tables.find(({ kind, stepMs }) => kind === "funding" && stepMs > 0);
  if (recorded !== undefined)
    return funding === undefined ? recorded : { ...recorded, fundingIntervalMs: funding.stepMs };
  const [, base = symbol, quote = "USDT"] =
    /^(.+?)_?(USDT|USDC|FDUSD|BUSD|USD|BTC|ETH|BNB|EUR)(?:_.*)?$/.exec(symbol.toUpperCase()) ?? [];
  const isSpot = tables.some((each) => each.isSpot) && funding === undefined;
  const { symbol: _, ...told } = wanted ?? {};
  const kind = wanted?.kind ?? (isSpot ? "spot" : "perp");
  const sketch: InstrumentSketch = {
    id: `backpack:${base}_${quote}${isSpot ? "" : "_PERP"}`,
    base,
    quote,
    tickSize: stepOf(Math.max(...tables.map(({ priceDigits }) => priceDigits))),
    lotSize: stepOf(Math.max(...tables.map(({ sizeDigits }) => sizeDigits))),
    kind,
    ...firstTier[kind],
    ...told,
  };
  const made = instrument(sketch);
  return funding === undefined ? made : { ...made, fundingIntervalMs: funding.stepMs };
}

const bare = (symbol: string) =>
  symbol
    .toUpperCase()
    .replace(/_PERP$/, "")
    .replace(/[^A-Z0-9]/g, "");
