// Decimal numbers on the wire: text stays text; a bare number, which a few fields of the venue have, becomes the same text.
import { type Decimal, isDecimal } from "@bp/core";
import * as z from "zod";

/**
 * A decimal as the venue sends it. Never a float on our side; up to 28 digits after the point were seen.
 * A JSON number is taken too: position figures are strings live and numbers in the venue's documentation.
 */
export const decimal = z.unknown().transform((value, context): Decimal => {
  if (typeof value === "string" && isDecimal(value)) return value;
  if (typeof value === "number" && Number.isFinite(value)) return plain(value);
  context.issues.push({ code: "custom", message: "expected a decimal number as text", input: value });
  return z.NEVER;
});

/** A decimal that may be missing or null. */
export const decimalOrNull = z
  .unknown()
  .optional()
  .transform((value, context): Decimal | null => {
    if (value === undefined || value === null) return null;
    if (typeof value === "string" && isDecimal(value)) return value;
    if (typeof value === "number" && Number.isFinite(value)) return plain(value);
    context.issues.push({ code: "custom", message: "expected a decimal number as text, or null", input: value });
    return z.NEVER;
  });

/** No amount. */
export const zero = "0" as Decimal; // digits

/** A decimal in a request: exact text, no exponent, no plus sign. What is written here is signed letter by letter. */
export const decimalParam = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/, 'expected an exact decimal as text, for example "98.96"');

/** Digits without an exponent: `1e-7` would be text that no signature survives. */
function plain(value: number): Decimal {
  const text = String(value);
  const at = text.indexOf("e");
  if (at < 0) return text as Decimal; // String() of a finite number without an exponent is digits with at most one point
  const exponent = Number(text.slice(at + 1));
  const negative = text.startsWith("-");
  const [whole = "", fraction = ""] = text.slice(negative ? 1 : 0, at).split(".");
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const body =
    point <= 0
      ? `0.${"0".repeat(-point)}${digits}`
      : point >= digits.length
        ? digits + "0".repeat(point - digits.length)
        : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return `${negative ? "-" : ""}${body}` as Decimal; // built of digits and one point just above
}

/**
 * Without the zeros that mean nothing: `98.90` is `98.9`, `5.00` is `5`. The venue reads the price and prints it again before
 * it checks the signature, so the shortest form is the safest.
 */
export function trimmed(text: Decimal): Decimal {
  if (!text.includes(".")) return text;
  return text.replace(/\.?0+$/, "") as Decimal; // only zeros behind the point were taken away
}

/**
 * The sum of decimals, exact.
 *
 * @throws BpError never for what the schemas let through; a `SyntaxError` for text that is no decimal
 */
export function sum(...terms: readonly Decimal[]): Decimal {
  const digits = Math.max(...terms.map((term) => fractionOf(term).length));
  let units = 0n;
  for (const term of terms) units += BigInt(term.replace(".", "") + "0".repeat(digits - fractionOf(term).length));
  return shifted(units, digits);
}

/**
 * Basis points as a fraction, exact: `2` is `0.0002`, `-0.5` is `-0.00005`.
 */
export function fromBasisPoints(text: Decimal): Decimal {
  return shifted(BigInt(text.replace(".", "")), fractionOf(text).length + 4);
}

function fractionOf(text: string): string {
  const point = text.indexOf(".");
  return point < 0 ? "" : text.slice(point + 1);
}

function shifted(units: bigint, digits: number): Decimal {
  const negative = units < 0n;
  const text = String(negative ? -units : units).padStart(digits + 1, "0");
  const point = text.length - digits;
  const whole = `${negative ? "-" : ""}${text.slice(0, point)}`;
  return trimmed((digits === 0 ? whole : `${whole}.${text.slice(point)}`) as Decimal); // digits and one point
}
