// What a person configures of the grid, checked and made exact.
import { decimal } from "@bp/core";
import * as z from "zod";
import { duration, instrumentId, notNegative, positive, share } from "../params.ts";

/** How much smaller new orders are after losses; orders that rest are left as they are. */
const sizeFactors = z.strictObject({
  enabled: z.boolean().default(true),
  /** MEDIUM: equity is so many percent below its highest. */
  drawdownPct: positive.default(decimal("10")),
  /** HIGH: equity is so many percent below what it was at the start. */
  lossPct: positive.default(decimal("2")),
  /** CRITICAL: the same, worse. */
  criticalLossPct: positive.default(decimal("5")),
  /** Share of the size at each level. */
  medium: positive.default(decimal("0.8")),
  high: positive.default(decimal("0.5")),
  critical: positive.default(decimal("0.2")),
});

/** Larger orders in quiet markets, smaller ones in wild ones: by the deviation of returns over bars of a fixed length. */
const volatility = z.strictObject({
  enabled: z.boolean().default(false),
  /** Length of a bar, in ms. */
  barMs: duration.min(1_000).default(60_000),
  /** So many bars make a measure; until then the factor is 1. */
  bars: z.number().int().min(2).max(1_000).default(50),
  /** A deviation below this is quiet, as a fraction. */
  quiet: positive.default(decimal("0.02")),
  /** A deviation above this is wild, as a fraction. */
  wild: positive.default(decimal("0.08")),
  quietFactor: positive.default(decimal("1.2")),
  wildFactor: positive.default(decimal("0.8")),
});

/** What the grid takes. Money in quote, as decimal text (plain numbers are taken too). */
export const gridParams = z
  .strictObject({
    /** `backpack:ETH_USDC`; whether it is spot or a perpetual is the instrument's own. */
    instrument: instrumentId,
    /** Height of a cell in quote per base; arithmetic grids. */
    interval: positive.optional(),
    /** Cells, 1 to 200; the price at the start is in the middle one (an even number has one more below). */
    cells: z.number().int().min(1).max(200).default(3),
    /** Quote that a cell may spend. */
    perCell: positive,
    /** A lot is sold so many percent above its cost; `cell`: at the top of its cell. */
    takeProfitPct: z.union([z.literal("cell"), share]).default(decimal("0.4")),
    /** Where a cell buys: `floor` rests at its floor while the price is above it; `inside` rests at the price while that is in the cell. */
    entry: z.enum(["floor", "inside"]).default("floor"),
    /** Cells of the same height, or of the same ratio. */
    kind: z.enum(["arithmetic", "geometric"]).default("arithmetic"),
    /** Ratio of a geometric cell's ceiling to its floor, in percent above 1: 0.5 is a ratio of 1.005. */
    ratioPct: share.optional(),
    /** The lattice follows a rising price: one cell up as soon as the price is one cell above it. */
    trailing: z.boolean().default(false),
    /** Keeps the value of what is held constant, without an upper end: buys `baseValue` at the start, trades the difference at each step. */
    infinite: z.boolean().default(false),
    /** Infinite grids: the value to keep, in quote; left out, `cells` times `perCell`. */
    baseValue: positive.optional(),
    /** What a cell has earned goes into the next order. */
    compound: z.boolean().default(false),
    /** Perpetuals: buy low, sell high, or both around the price. `spot` on a perpetual is `long`. */
    side: z.enum(["spot", "long", "short", "neutral"]).default("spot"),
    /** Quote at cost that all cells together may hold. */
    maxPosition: positive.optional(),
    /** A lot that is so many percent below its cost is sold. Off when left out. */
    stopLossPct: share.optional(),
    /** Quote: after so much realised loss since 00:00 UTC no cell buys until the next day; 0 is off. */
    dailyLoss: notNegative.default(decimal("100")),
    /** Percent of the equity at the start: after so much loss everything stops. Off when left out. */
    maxLossPct: share.optional(),
    /** Between two order actions, in ms; a sale answers its fill at once all the same. */
    paceMs: duration.default(3_000),
    /** So many percent beyond the lattice the price must be before it moves. */
    shiftMarginPct: notNegative.default(decimal("0.5")),
    /** And for so long, in ms. */
    shiftAfterMs: duration.default(60_000),
    /** What a spot buy pays its fee in. In quote, an order leaves room for it. */
    buyFee: z.enum(["base", "quote"]).default("base"),
    sizeFactors: sizeFactors.prefault({}),
    volatility: volatility.prefault({}),
    /** How often live orders are compared with those that should be, in ms. */
    auditMs: duration.min(1_000).default(3_600_000),
    /** How far beyond the touch a stop may trade, in percent. */
    slippagePct: share.default(decimal("0.5")),
    /** A book older than this is not traded on, in ms. */
    staleMs: duration.min(1).default(5_000),
  })
  .refine(({ kind, interval }) => kind === "geometric" || interval !== undefined, {
    path: ["interval"],
    error: "an arithmetic grid needs the height of its cells",
  })
  .refine(({ kind, ratioPct }) => kind === "arithmetic" || ratioPct !== undefined, {
    path: ["ratioPct"],
    error: "a geometric grid needs the ratio of its cells",
  })
  .refine(({ infinite, cells }) => !infinite || cells >= 4, {
    path: ["cells"],
    error: "an infinite grid needs at least 4 cells: some above the price, some below",
  })
  .refine(({ infinite, side }) => !infinite || side === "spot" || side === "long", {
    path: ["side"],
    error: "an infinite grid holds what it trades: spot or long",
  });

/** Checked parameters of the grid. */
export type GridParams = z.output<typeof gridParams>;
