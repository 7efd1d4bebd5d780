// How numbers, times and ratios are written. By hand and not by the browser's locale: that may be one that it refuses.
import type { Moment, Text } from "../contract/index.ts";
import { canonical, over, signOf } from "./decimal.ts";

/** What is not known. */
export const unknown = "–";

/** How a number is written. */
export interface NumberForm {
  /** So many digits behind the point, rounded half away from zero; left out: as many as there are. */
  readonly places?: number;
  /** Whether a gain carries its plus. */
  readonly signed?: boolean;
}

const ordinary = /^-?\d+(?:\.\d+)?$/;

/** Decimal text for a person: `-1234.5` as `−1,234.50`; what is no number, as it is. */
export function number(text: Text | undefined, { places, signed = false }: NumberForm = {}): string {
  if (text === undefined) return unknown;
  const plain = ordinary.test(text) ? text : over(text, "1", 18);
  if (plain === undefined) return text;
  const [digits, negative] = plain.startsWith("-") ? [plain.slice(1), true] : [plain, false];
  const [whole = "0", part = ""] = (places === undefined ? digits : rounded(digits, places)).split(".");
  const isZero = /^0*$/.test(whole + part);
  const sign = isZero ? "" : negative ? "−" : signed ? "+" : "";
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${part === "" ? "" : `.${part}`}`;
}

function rounded(digits: string, places: number): string {
  const [whole = "0", part = ""] = digits.split(".");
  if (part.length <= places) return places === 0 ? whole : `${whole}.${part.padEnd(places, "0")}`;
  const cut = BigInt(whole + part.padEnd(places + 1, "0").slice(0, places + 1));
  const text = ((cut + 5n) / 10n).toString().padStart(places + 1, "0");
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}

/** Quote money: cents, and more digits where it is less than one. */
export function money(text: Text | undefined, signed = false): string {
  const below1 = text !== undefined && /^[-+]?0?\.\d*[1-9]/.test(text);
  return number(text, { places: below1 ? 4 : 2, signed });
}

/** A price with as many digits as the tick has; one with a fraction of a tick keeps up to two more. */
export function price(text: Text | undefined, tickSize: Text): string {
  if (text === undefined) return unknown;
  const digits = digitsOf(tickSize);
  const own = digitsOf(text);
  return number(text, { places: own <= digits ? digits : Math.min(own, digits + 2) });
}

/** A level's size with as many digits as the lot has, four at most; of none, nothing. */
export function levelSize(text: Text | undefined, lotSize: Text): string {
  return text === undefined ? "" : number(text, { places: Math.min(4, digitsOf(lotSize)) });
}

/** Digits behind the point. */
export function digitsOf(text: Text): number {
  return canonical(text).split(".")[1]?.length ?? 0;
}

/** A figure that was a fraction all along: rates, shares, durations. */
export function figure(value: number | undefined, places: number, signed = false): string {
  return value === undefined || !Number.isFinite(value) ? unknown : number(value.toFixed(places), { places, signed });
}

/** 0.123 as `12.3 %` */
export function percent(fraction: number | undefined, places = 1, signed = false): string {
  return fraction === undefined ? unknown : `${figure(fraction * 100, places, signed)} %`;
}

/** `840 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`; what is below 0 counts as 0. */
export function duration(ms: number | undefined): string {
  if (ms === undefined || !Number.isFinite(ms)) return unknown;
  const left = Math.max(0, ms);
  if (left < 1_000) return `${Math.round(left)} ms`;
  if (left < 10_000) return `${(Math.floor(left / 100) / 10).toFixed(1)} s`;
  const s = Math.floor(left / 1_000);
  const two = (big: number, unit: string, small: number, of: string) =>
    small === 0 ? `${big} ${unit}` : `${big} ${unit} ${small} ${of}`;
  if (s < 60) return `${s} s`;
  if (s < 3_600) return two(Math.floor(s / 60), "min", s % 60, "s");
  if (s < 86_400) return two(Math.floor(s / 3_600), "h", Math.floor((s % 3_600) / 60), "min");
  return two(Math.floor(s / 86_400), "d", Math.floor((s % 86_400) / 3_600), "h");
}

const two = (value: number) => String(value).padStart(2, "0");

/** Local time of day; with the day before it where that is not `now`'s. */
export function clock(at: Moment, now: Moment = at): string {
  const [date, today] = [new Date(at), new Date(now)];
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return date.toDateString() === today.toDateString()
    ? time
    : `${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}

/** `2026-03-01 12:00:00.250 UTC` */
export function utc(at: Moment): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? unknown : date.toISOString().replace("T", " ").replace("Z", " UTC");
}

/** Whether it is a gain or a loss, as a class for its colour: the sign itself is always written too. */
export function tone(text: Text | undefined): "good" | "bad" | "" {
  const sign = signOf(text);
  return sign === 1 ? "good" : sign === -1 ? "bad" : "";
}
