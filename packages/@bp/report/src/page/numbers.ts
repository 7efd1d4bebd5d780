// Numbers on the page: the same in both languages.
import { Big } from "@bp/core";
import type { Metric } from "../analysis/metric.ts";

/** What stands where nothing is known. */
export const unknown = "–";

/**
 * A number with so many digits after the point, thousands apart: `-12,345.60`.
 *
 * @returns `–` for what is no number
 */
export function fixed(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return unknown;
  if (Math.abs(value) >= 1e15) return value.toExponential(4);
  return grouped(value.toFixed(digits)).replace(/^-(?=[0.,]*$)/, ""); // what rounds to nothing has no sign
}

/** With its sign: `+1.50`, `-1.50`, `0.00`. */
export function signed(value: number | null | undefined, digits: number): string {
  const text = fixed(value, digits);
  return value !== null && value !== undefined && value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Money as decimal text, with at least two digits and its sign: `+1,234.50`. @returns `–` for what is no decimal text */
export function moneyText(text: string): string {
  const value = decimalOf(text);
  if (value === undefined) return unknown;
  const digits = Math.min(8, Math.max(2, (value.round(8).toFixed().split(".")[1] ?? "").length));
  return `${value.gt(0) ? "+" : ""}${grouped(value.toFixed(digits))}`;
}

/** Decimal text as a number that is exact; `undefined` for other text. */
export function decimalOf(text: string): Big | undefined {
  return /^-?\d{1,40}(\.\d{1,40})?$/.test(text) ? new Big(text) : undefined;
}

/** A price, size or the like: as many digits as it needs, seven at most that count. */
export function plainNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return unknown;
  const short = Number(value.toPrecision(7));
  return Math.abs(short) >= 1e15 || (short !== 0 && Math.abs(short) < 1e-9)
    ? short.toExponential(4)
    : grouped(new Big(short).toFixed());
}

/** `2026-11-20 14:03:22`, UTC. @returns `–` for what is no moment */
export function momentText(at: number | null): string {
  if (at === null || !(Math.abs(at) <= 8.64e15)) return unknown;
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}

/** A length of time: `850 ms`, `5 s`, `3 min`, `2.5 h`, `4 d`. @returns `–` for what is no number */
export function lengthText(ms: number): string {
  if (!Number.isFinite(ms)) return unknown;
  const units = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["min", 60_000],
    ["s", 1_000],
  ] as const;
  const [name, size] = units.find(([, each]) => ms >= each) ?? ["ms", 1];
  return `${Number((ms / size).toPrecision(3))} ${name}`;
}

/** A fraction in percent, signed where `sign` says so: `0.012` is `1.200 %`. */
export function percentText(fraction: number | null | undefined, digits = 3): string {
  return fraction === null || fraction === undefined || !Number.isFinite(fraction)
    ? unknown
    : `${fixed(fraction * 100, digits)} %`;
}

/** Stands behind a figure of a year of a run that is too short for it. */
export const caution = "†";

/** A figure in its unit, marked where there is a caution against it. */
export function figureText(metric: Pick<Metric, "value" | "unit" | "caution">, quote: string): string {
  const text = metricText(metric, quote);
  return metric.caution === undefined || text === unknown ? text : `${text} ${caution}`;
}

/** A figure in its unit, which the text names where it is not the quote. */
export function metricText({ value, unit }: Pick<Metric, "value" | "unit">, quote: string): string {
  if (value === null || !Number.isFinite(value)) return unknown;
  const text = fixed(value, digitsOf(value));
  switch (unit) {
    case "fraction":
      return percentText(value, digitsOf(value * 100));
    case "count":
      return fixed(value, Number.isInteger(value) ? 0 : 2);
    case "moment":
      return momentText(value);
    case "ms":
      return `${value < 0 ? "-" : ""}${lengthText(Math.abs(value))}`;
    case "quote":
      return `${text} ${quote}`;
    case "quote-seconds":
      return `${text} ${quote}·s`;
    case "bps":
      return `${text} bps`;
    case "ratio":
    case "quote/base":
      return text;
  }
}

const digitsOf = (value: number) => (Math.abs(value) >= 1_000 ? 2 : Math.abs(value) >= 0.1 ? 3 : value === 0 ? 2 : 6);

function grouped(text: string): string {
  const [whole = "", rest] = text.split(".");
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? apart : `${apart}.${rest}`;
}
