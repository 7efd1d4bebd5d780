// Ids on the wire: the venue writes the same id as a number here and as a string there.
import * as z from "zod";

const text = z.string();
// Without an exponent, which `String` writes from 1e21 on. What a double would spoil, `jsonOf` hands on as text.
const number = z
  .number()
  .refine((value) => Number.isInteger(value) && Math.abs(value) < 1e21, "expected a whole number")
  .transform(String);

/** An opaque id, kept as text, digit for digit: the venue writes it as a string here and as a number there. */
export const id = z.union([text, number], "expected an id: text or a whole number");

/** An id that may be missing or null. */
export const idOrNull = z
  .union([text, number], "expected an id: text, a whole number or null")
  .nullish()
  .transform((value) => value ?? null);

/** A whole number, also when it comes as text (update ids, trade counts). */
export const wholeNumber = z.union([z.number(), z.string()]).transform((value, context): number => {
  const number = typeof value === "number" ? value : /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  context.issues.push({ code: "custom", message: "expected a whole number below 2^53", input: value });
  return z.NEVER;
});
