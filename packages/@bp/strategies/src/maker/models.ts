// What a person may choose for the fair price and for the spread, by name.
import { decimal } from "@bp/core";
import * as z from "zod";
import { positive, within } from "../params.ts";

/** An opinion: decimal text or a plain number, above 0, reckoned with as a float. */
const opinion = positive.transform(Number);
const reachTicks = z.number().int().min(1);

/** What the quotes are centred on: a name alone, or one with figures. */
export const fairParams = z.union([
  z.enum([
    /** The middle of the touch. */
    "mid",
    /** The touch weighted by the sizes of the other side. */
    "weighted",
    /** The same as `weighted`, by its older name. */
    "microprice",
  ]),
  z.discriminatedUnion("name", [
    /** The mid moved by the imbalance of the levels within `reachTicks` of it; `strength` 0 to 1 of the half-spread. */
    z.strictObject({
      name: z.literal("imbalance"),
      reachTicks,
      strength: within(0, 1).default(decimal("0.5")).transform(Number),
    }),
    /** The volume-adjusted mid of the levels within `reachTicks`. */
    z.strictObject({ name: z.literal("vamp"), reachTicks }),
    /** Stoikov's micro-price: a table of `learnStoikov`. */
    z
      .strictObject({
        name: z.literal("stoikov"),
        imbalances: z.number().int().min(2).max(50),
        spreads: z.number().int().min(1).max(20),
        adjustments: z.array(z.number()),
      })
      .refine((table) => table.adjustments.length === table.imbalances * table.spreads, {
        error: "must have imbalances · spreads adjustments",
      }),
  ]),
]);

/** How the volatility that a model needs is measured. */
const measured = {
  /** After so long half of what was measured is forgotten, in ms. */
  halfLifeMs: z.number().int().min(1_000).default(60_000),
  /** Nothing is quoted before the market was watched for so long, in ms. */
  warmUpMs: z.number().int().min(0).default(60_000),
};

/** How wide the quotes stand, and how far they lean against inventory. Ticks, seconds, and clips of one order. */
export const spreadModelParams = z.discriminatedUnion("name", [
  /** `spreadPct` and `inventorySkew`, as they are. */
  z.strictObject({ name: z.literal("fixed") }),
  z.strictObject({
    name: z.literal("avellaneda-stoikov"),
    /** γ, per clip and tick. */
    riskAversion: opinion,
    /** k of `λ(δ) = A · e^(-kδ)`, per tick. */
    decay: opinion,
    /** T - t: how long inventory is expected to be carried, in ms. */
    horizonMs: z.number().int().min(1).default(60_000),
    ...measured,
  }),
  z.strictObject({
    name: z.literal("glft"),
    /** γ, per clip and tick. */
    riskAversion: opinion,
    /** A of `λ(δ) = A · e^(-kδ)`, arrivals a second. */
    arrivals: opinion,
    /** k of the same, per tick. */
    decay: opinion,
    /** How much of the lean is used, 0 to 1. */
    leanFactor: within(0, 1).default(decimal("1")).transform(Number),
    /** Learn A and k from the prints; a fit that is refused leaves them as they are. */
    refit: z
      .strictObject({
        enabled: z.boolean().default(false),
        /** Depths from 0 ticks that are fitted, 3 to 100: the near ones. */
        depths: z.number().int().min(3).max(100).default(10),
        /** How far back prints count, in ms; they fade by e within it. */
        windowMs: z.number().int().min(1_000).default(600_000),
        /** Least R² of a fit that is believed, 0 to 1. */
        leastFit: within(0, 1).default(decimal("0.8")).transform(Number),
      })
      .prefault({}),
    ...measured,
  }),
]);

/** The fair price as it was chosen. */
export type FairParams = z.output<typeof fairParams>;
/** The spread as it was chosen. */
export type SpreadModel = z.output<typeof spreadModelParams>;
