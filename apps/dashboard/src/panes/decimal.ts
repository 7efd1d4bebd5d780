// Exact arithmetic on decimal text: money, prices and sizes never pass through a float.
import type { Text } from "../contract/index.ts";

/** `units / 10^scale` */
interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i;

/** @returns `undefined` for what is no number */
function read(text: Text): Decimal | undefined {
  const found = form.exec(text.trim());
  const [, minus = "", whole = "", part = "", power = "0"] = found ?? [];
  if (found === null || whole + part === "") return undefined;
  const digits = BigInt(whole + part);
  const scale = part.length - Number(power);
  const units = scale < 0 ? digits * 10n ** BigInt(-scale) : digits;
  return { units: minus === "-" ? -units : units, scale: Math.max(0, scale) };
}

function write({ units, scale }: Decimal): Text {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const cut = digits.length - scale;
  let end = digits.length;
  while (end > cut && digits.charCodeAt(end - 1) === 48) end -= 1; // zeros at the end say nothing
  return `${units < 0n ? "-" : ""}${digits.slice(0, cut)}${end === cut ? "" : `.${digits.slice(cut, end)}`}`;
}

function aligned(a: Text, b: Text): readonly [bigint, bigint, number] | undefined {
  const [left, right] = [read(a), read(b)];
  if (left === undefined || right === undefined) return undefined;
  const scale = Math.max(left.scale, right.scale);
  const to = ({ units, scale: from }: Decimal) => units * 10n ** BigInt(scale - from);
  return [to(left), to(right), scale];
}

/** The sum; `undefined` where either is unknown. */
export function plus(a: Text | undefined, b: Text | undefined): Text | undefined {
  const both = a === undefined || b === undefined ? undefined : aligned(a, b);
  return both && write({ units: both[0] + both[1], scale: both[2] });
}

/** `a - b`; `undefined` where either is unknown. */
export function minus(a: Text | undefined, b: Text | undefined): Text | undefined {
  const both = a === undefined || b === undefined ? undefined : aligned(a, b);
  return both && write({ units: both[0] - both[1], scale: both[2] });
}

/** The product; `undefined` where either is unknown. */
export function times(a: Text | undefined, b: Text | undefined): Text | undefined {
  const [left, right] = [a === undefined ? undefined : read(a), b === undefined ? undefined : read(b)];
  if (left === undefined || right === undefined) return undefined;
  return write({ units: left.units * right.units, scale: left.scale + right.scale });
}

/** `a / b` cut after `places` digits; `undefined` where either is unknown or `b` is 0. */
export function over(a: Text | undefined, b: Text | undefined, places: number): Text | undefined {
  const both = a === undefined || b === undefined ? undefined : aligned(a, b);
  if (both === undefined || both[1] === 0n) return undefined;
  return write({ units: (both[0] * 10n ** BigInt(places)) / both[1], scale: places });
}

/** Below 0: `a` is smaller; 0: equal, however they are written. What is no number comes last. */
export function compare(a: Text, b: Text): number {
  if (isShort(a) && isShort(b)) return Number(a) - Number(b);
  const both = aligned(a, b);
  if (both === undefined) return Number(read(a) === undefined) - Number(read(b) === undefined);
  return both[0] < both[1] ? -1 : Number(both[0] > both[1]);
}

/** Of no more than 15 digits, which a double tells apart and keeps in order. */
const isShort = (text: Text): boolean => text.length <= 15 && short.test(text);
const short = /^\d+(?:\.\d+)?$/;

/** -1, 0 or 1; `undefined` for what is unknown or no number. */
export function signOf(text: Text | undefined): -1 | 0 | 1 | undefined {
  const units = text === undefined ? undefined : read(text)?.units;
  if (units === undefined) return undefined;
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

const plain = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;

/** One way of writing for each number: `150.10` and `1.501e2` are `150.1`; what is no number stays. */
export function canonical(text: Text): Text {
  if (text !== "-0" && plain.test(text)) return text; // as most are written
  const number = read(text);
  return number === undefined ? text : write(number);
}

/** For the length of a bar or a point of a chart, never to be shown: 0 for what is no number. */
export function forDrawing(text: Text | undefined): number {
  const number = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : 0;
}

/** `part / whole` for the length of a bar, 0 to 1. */
export function share(part: number, whole: number): number {
  return whole > 0 && part > 0 ? Math.min(1, part / whole) : 0;
}
