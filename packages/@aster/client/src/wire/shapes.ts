// Shapes in which the venue wraps its answers.
import { wholeNumber } from "@bp/adapter";
import * as z from "zod";

/** A list also where the venue gives its only element bare: some endpoints do, when a market is named. */
export const oneOrMore = <S extends z.ZodType>(each: S) =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(each));

/** What stands in `data` of an envelope `{ code, msg, data }`, or the value itself. Orders with a builder may come wrapped. */
export const unwrapped = <S extends z.ZodType>(inner: S) => z.preprocess(dataOf, inner);

/** Something that may be missing or null, as null. */
export const orNull = <S extends z.ZodType>(inner: S) =>
  inner.nullish().transform((value): z.output<S> | null => value ?? null);

/** A whole number that may be missing or null. */
export const wholeOrNull = orNull(wholeNumber);

function dataOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const { code, data } = value as Readonly<Record<string, unknown>>; // any object can be asked for any key
  return code !== undefined && typeof data === "object" && data !== null ? data : value;
}
