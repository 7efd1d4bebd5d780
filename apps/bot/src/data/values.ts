// Values of the command line that recordings and downloads share: lengths of time, sizes, moments, markets.
import type { RecordedAs } from "@bp/data";
import { invalid, shown, wordOf } from "../config/complaint.ts";

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const sizes: Readonly<Record<string, number>> = {
  "": 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KIB: 1_024,
  MIB: 1_048_576,
  GIB: 1_073_741_824,
};

/** A length of time in ms: `90s`, `15m`, `1h`, `2d`; a bare number is seconds. @throws BpError `config/invalid` */
export function lengthOf(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const [, count, unit = "s"] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(wordOf(value)) ?? [];
  const ms = Number(count) * (units[unit] ?? Number.NaN);
  if (ms > 0 && ms <= 3_650 * 86_400_000) return Math.round(ms);
  throw invalid(name, shown(value), "a length of time above 0: 90s, 15m, 1h or 2d");
}

/** A size in bytes: `100MB`, `1GiB`. @throws BpError `config/invalid` */
export function sizeOf(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const [, count, unit = ""] = /^(\d+(?:\.\d+)?)([kmg]?i?b)?$/i.exec(wordOf(value)) ?? [];
  const bytes = Number(count) * (sizes[unit.toUpperCase()] ?? Number.NaN);
  if (bytes >= 10_000 && bytes <= 1e12) return Math.round(bytes);
  throw invalid(name, shown(value), "a size from 10KB to 1000GB, for example 100MB");
}

/**
 * A day, a moment in ISO 8601 (UTC), ms since 1970, or how long ago: `90m`, `12h`, `30d`.
 *
 * @param now - ms since 1970
 * @throws BpError `config/invalid`
 */
export function momentOf(name: string, value: unknown, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+(\.\d+)?[smhd]$/.test(wordOf(value))) return Math.floor(now) - (lengthOf(name, value) ?? 0);
  const text = wordOf(value);
  const isIso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?$/.test(text);
  const utc = text.includes("T") && !text.endsWith("Z") ? `${text}Z` : text;
  const ms = /^\d{12,13}$/.test(text) ? Number(text) : isIso ? Date.parse(utc) : Number.NaN;
  if (Number.isFinite(ms)) return Math.round(ms);
  throw invalid(
    name,
    shown(value),
    "a day (2026-05-04), a moment (2026-05-04T15:33:00Z, UTC), how long ago (30d) or ms since 1970",
  );
}

/** Words with commas or one by one, each once. */
export function wordsOf(value: unknown): readonly string[] {
  const all = value === undefined ? [] : [value].flat().flatMap((each) => wordOf(each).split(","));
  return [...new Set(all.map((each) => each.trim()).filter((each) => each !== ""))];
}

/** `SYMBOL=venue:SYMBOL` pairs. @throws BpError `config/invalid` */
export function castsOf(value: unknown): readonly RecordedAs[] {
  return wordsOf(value).map((each) => {
    const [, symbol, venue, name] = /^([^=]+)=([^=:]+):([^=:]+)$/.exec(each) ?? [];
    if (symbol === undefined || venue === undefined || name === undefined)
      throw invalid("--as", shown(each), "SYMBOL=venue:SYMBOL, for example BTCUSDT=backpack:BTC_USDC_PERP");
    return { symbol, id: `${venue}:${name}` as const };
  });
}
