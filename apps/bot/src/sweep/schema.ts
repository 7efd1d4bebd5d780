// The section `sweep` of our own format, for editors and for the strict look at a file; `spaceOf` reads it.
import * as z from "zod";

const decimal = z.union([z.string(), z.number()]);

const range = z.strictObject({
  from: decimal,
  to: decimal.describe("the last value, itself included"),
  step: decimal.optional().describe("an exact decimal; from and whole steps of it must lead to `to`"),
  scale: z.enum(["linear", "log"]).optional(),
  count: z.int().min(2).optional().describe("how many values, instead of a step"),
  decimals: z.int().min(0).max(12).optional().describe("of a logarithmic scale: digits behind the point"),
});

/** What `bot sweep` tries, and what it looks for. */
export const sweepSchema = z.strictObject({
  values: z
    .record(z.string(), z.union([range, z.array(z.union([z.string(), z.number(), z.boolean()])).min(1)]))
    .describe("by path, for example strategies.maker.params.spreadPct: a range, or a list"),
  constraints: z.array(z.string()).max(100).optional().describe("comparisons that must hold: spreadPct > 2 * fee"),
  objective: z
    .union([z.string(), z.strictObject({ maximise: z.string() }), z.strictObject({ minimise: z.string() })])
    .optional()
    .describe("net (default), sharpe, net/maxDrawdown …"),
  search: z.enum(["grid", "random", "direct"]).optional(),
  seed: z.int().min(0).max(4_294_967_295).optional(),
  trials: z.int().min(1).optional().describe("the most that are tried"),
  holdOut: z
    .union([z.number(), z.strictObject({ share: z.number(), gap: z.int().min(0).optional() })])
    .optional()
    .describe("the last share of the time is kept back, to judge by"),
  walkForward: z
    .strictObject({
      folds: z.int().min(1).max(100),
      form: z.enum(["anchored", "rolling"]).optional(),
      train: z.int().min(1).max(100).optional().describe("stretches of a test that values are chosen on; default 3"),
      gap: z.int().min(0).optional().describe("seconds that are left out before a test"),
    })
    .optional(),
});
