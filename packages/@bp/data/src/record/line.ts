// One line of a recording: whether it is one at all. Nothing of a line is used before all of it was looked at.
import type { FlatLevels, RecordingLine } from "./format.ts";

/** Reads a line. @returns `undefined` for text that is none; of `i` what is not a line's own business is left unchecked */
export function readRecordingLine(text: string, markets: number): RecordingLine | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch {
    return undefined;
  }
  return Array.isArray(fields) && isLine(fields as readonly unknown[], markets)
    ? (fields as unknown as RecordingLine) // its fields were looked at
    : undefined;
}

function isLine(fields: readonly unknown[], markets: number): boolean {
  const [kind, market, venueAt, at, one, two, three, four] = fields;
  if (kind === "g") return isTime(market);
  if (kind === "e") return isTime(market) && (venueAt === "rotated" || venueAt === "closed");
  if (!isWhole(market) || market < 0 || market >= markets || !isTime(venueAt) || !isTime(at)) return false;
  switch (kind) {
    case "s":
    case "r":
    case "c":
      return isLevels(one) && isLevels(two);
    case "t":
      return isPrice(one) && isPrice(two) && (three === "b" || three === "s");
    case "m":
      return isAbove0(one) && isAbove0(two) && isNumber(three) && isNumber(four) && four >= 0;
    case "i":
      return typeof one === "object" && one !== null;
    case "l":
      return true;
    default:
      return false;
  }
}

function isLevels(value: unknown): value is FlatLevels {
  if (!Array.isArray(value) || value.length % 2 !== 0) return false;
  for (let at = 0; at < value.length; at += 2) {
    const size: unknown = value[at + 1];
    if (!isPrice(value[at]) || !isWhole(size) || size < 0) return false;
  }
  return true;
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isAbove0 = (value: unknown): value is number => isNumber(value) && value > 0;
const isWhole = (value: unknown): value is number => typeof value === "number" && Number.isSafeInteger(value);
const isPrice = (value: unknown): value is number => isWhole(value) && value > 0;
const isTime = isAbove0;
