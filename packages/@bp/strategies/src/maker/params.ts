// What a person configures of the maker, checked and made exact.
import { decimal } from "@bp/core";
import * as z from "zod";
import { exact, instrumentId, isZero, magnitude, positive, share, within } from "../params.ts";
import { fairParams, spreadModelParams } from "./models.ts";

/** What the maker takes. Sizes in base, money in quote, both as decimal text (plain numbers are taken too). */
export const makerParams = z.strictObject({
  /** `backpack:SOL_USDC_PERP`; whether it is spot or a perpetual is the instrument's own. */
  instrument: instrumentId,
  /** Full width between the first buy and the first sell, in percent of the fair price: 0.5 is 0.5 %. Above 0, below 100. */
  spreadPct: share,
  /** Base per order; `auto` takes a share of the balances. */
  quantity: z.union([z.literal("auto"), positive]).default("auto"),
  /** Levels per side, 1 to 100. */
  maxOrders: z.number().int().min(1).max(100).default(3),
  /** How often the quotes move with the market, in ms. */
  intervalMs: z.number().int().min(1).default(60_000),
  /** Perpetuals: inventory that is tolerated on either side, in base; the sign is dropped. */
  targetPosition: magnitude.default(decimal("0")),
  /** Perpetuals: never hold more than this on either side, in base; the sign is dropped. */
  maxPosition: magnitude.default(decimal("1")),
  /** Perpetuals: how far beyond the target before it is reduced, in base. */
  positionThreshold: magnitude.default(decimal("0.1")),
  /** Perpetuals: how strongly quotes lean against inventory, 0 to 1: at 1 and a full position by half the spread. */
  inventorySkew: within(0, 1).default(decimal("0")),
  /** Perpetuals: close when the unrealized loss reaches this much quote; -25 and 25 are the same, 0 is off. */
  stopLoss: magnitude.transform((text) => (isZero(text) ? undefined : text)).optional(),
  /** Perpetuals: close when the unrealized profit reaches this much quote; 0 is off. */
  takeProfit: exact
    .refine((text) => isZero(text) || !text.startsWith("-"), { error: "must be above 0, or 0 for off" })
    .transform((text) => (isZero(text) ? undefined : text))
    .optional(),
  /** No quotes for so long after a stop loss has closed, in ms. */
  coolDownMs: z.number().int().min(0).default(60_000),
  /** Spot: trade back to a share of base in the wallet when it has drifted too far. */
  rebalance: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** Value of base in percent of base and quote together. */
      baseTargetPct: within(0, 100).default(decimal("30")),
      /** Drift in percentage points that is still left alone. */
      thresholdPct: positive.default(decimal("15")),
    })
    .prefault({}),
  /** What the quotes are centred on: `mid`, `weighted` (also called `microprice`), or `{ name: "imbalance" | "vamp" | "stoikov", … }`. */
  fair: fairParams.default("mid"),
  /** How wide the quotes stand: `fixed`, `avellaneda-stoikov` or `glft`. With a model, `spreadPct` is the least width, and `inventorySkew` is not used. */
  spreadModel: spreadModelParams.prefault({ name: "fixed" }),
  /** Offer more of what there is too much of, and bid for less. */
  sizeSkew: z
    .strictObject({
      enabled: z.boolean().default(false),
      /** How far off the one side is doubled and the other gone, in percent: perpetuals of `maxPosition`, spot of the target's worth. */
      rangePct: positive.default(decimal("100")),
    })
    .prefault({}),
  /** When one side of a level has filled, let the other hang where it is instead of following the market. */
  hanging: z
    .strictObject({
      enabled: z.boolean().default(false),
      /** It goes once it is further than this from the mid, in percent of it. */
      cancelPct: share.default(decimal("5")),
    })
    .prefault({}),
  /** Leave the quotes while no price would move by more than this, in percent of it, 0 to 10. */
  tolerancePct: within(0, 10).default(decimal("0")),
  /** How far below the bid (above the ask) a closing order may trade, in percent. */
  slippageCapPct: share.default(decimal("0.5")),
  /** A book older than this is not quoted on, in ms. */
  staleMs: z.number().int().min(1).default(5_000),
});

/** Checked parameters of the maker. */
export type MakerParams = z.output<typeof makerParams>;
