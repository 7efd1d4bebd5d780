// The kinds of value that configurations of strategies are made of.
import { type Decimal, decimal, type InstrumentId, isDecimal } from "@bp/core";
import * as z from "zod";

/** Exact decimal text. Numbers are taken too, as they are written; `1e-7` is refused, write `0.0000001`. */
export const exact: z.ZodType<Decimal, string | number> = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine(isDecimal, { error: "must be a plain decimal such as 0.5" });

/** Whether decimal text is nothing at all: `0`, `0.00`, `-0`. */
export const isZero = (text: string): boolean => /^-?0+(\.0+)?$/.test(text);

/** Above 0. */
export const positive: z.ZodType<Decimal, string | number> = exact.refine(
  (text) => !text.startsWith("-") && !isZero(text),
  { error: "must be above 0" },
);

/** 0 or above. */
export const notNegative: z.ZodType<Decimal, string | number> = exact.refine(
  (text) => isZero(text) || !text.startsWith("-"),
  { error: "must be 0 or above" },
);

/** Without its sign: -25 and 25 are the same. */
export const magnitude: z.ZodType<Decimal, string | number> = exact.transform((text) => decimal(text.replace("-", "")));

/** From `low` to `high`, both included. */
export const within = (low: number, high: number): z.ZodType<Decimal, string | number> =>
  exact.refine((text) => Number(text) >= low && Number(text) <= high, { error: `must be ${low} to ${high}` });

/** A percentage above 0 and below 100. */
export const share: z.ZodType<Decimal, string | number> = positive.refine((text) => Number(text) < 100, {
  error: "must be below 100",
});

/** `venue:symbol`. */
export const instrumentId: z.ZodType<InstrumentId, string> = z
  .string()
  .regex(/^[^:]+:.+$/, { error: "must be venue:symbol, for example backpack:SOL_USDC" })
  .transform((text) => text as InstrumentId); // the pattern just checked

/** Whole milliseconds, 0 or more. */
export const duration: z.ZodNumber = z.number().int().min(0);
