// A configuration as the plain data that an engine is made of.
import { BpError, gridsOf, type Instrument, lots, roundToGrid, sizeText, sizeToBig } from "@bp/core";
import { makerParams } from "@bp/strategies";
import type * as z from "zod";
import type { StartConfig } from "./config.ts";
import type { Recipe } from "./wire-up.ts";

/** The flag of each of the maker's parameters, for complaints. */
const flags: Readonly<Record<string, string>> = {
  spreadPct: "--spread",
  quantity: "--quantity",
  maxOrders: "--max-orders",
  intervalMs: "--interval",
  targetPosition: "--target-position",
  maxPosition: "--max-position",
  positionThreshold: "--position-threshold",
  inventorySkew: "--inventory-skew",
  stopLoss: "--stop-loss",
  takeProfit: "--take-profit",
  coolDownMs: "--cool-down",
  baseTargetPct: "--base-asset-target",
  thresholdPct: "--rebalance-threshold",
};

/**
 * The recipe of a run.
 *
 * @throws BpError `config/invalid` naming the flag, what was found and what is allowed
 */
export function recipeOf(config: StartConfig, instrument: Instrument): Recipe {
  const { given, speed } = config;
  // Where the market runs faster than the clock, network and machine do not: what waits for them is given market time in proportion.
  const staleMs = Math.round(5_000 * Math.max(1, speed));
  const raw = { ...config.maker, instrument: instrument.id, staleMs };
  const checked = makerParams.safeParse(raw);
  if (!checked.success) throw complaint(checked.error, raw);
  checkSize(checked.data.quantity, instrument);
  const perp = instrument.kind === "perp";
  if (perp) checkCap(checked.data.maxPosition, instrument);
  const levels = checked.data.maxOrders;
  return {
    strategy: "maker",
    params: raw,
    limits: {
      ...(perp ? { maxPosition: checked.data.maxPosition } : {}),
      maxOpenOrders: 2 * levels + 2,
      priceBand: 0.1 + Number(checked.data.spreadPct) / 100,
      staleMs,
      rate: { orders: Math.max(20, 4 * levels), windowMs: 1_000 * speed },
      ...(given.dailyLoss === undefined ? {} : { dailyLoss: String(given.dailyLoss) }),
      ...(given.maxDrawdown === undefined ? {} : { maxDrawdown: String(given.maxDrawdown) }),
    },
    existing: given.existing === "ignore" ? "ignore" : "adopt",
    graceMs: 12_000 * speed,
    askEveryMs: 60_000 * speed,
  };
}

/** A size that is typed must be one that the market has: rounding it would trade something else than was said. */
function checkSize(quantity: string, instrument: Instrument): void {
  if (quantity === "auto") return;
  const { size } = gridsOf(instrument);
  const below = roundToGrid(quantity, size, "floor");
  if (below === roundToGrid(quantity, size, "ceil") && below >= instrument.minSize) return;
  const near = [...new Set([below, below + 1].map((each) => Math.max(each, instrument.minSize)))].map((each) =>
    sizeText(instrument, lots(each)),
  );
  throw new BpError("config/invalid", {
    path: "--quantity",
    found: JSON.stringify(quantity),
    expected: `a multiple of ${instrument.lotSize} ${instrument.base}, at least ${sizeText(instrument, instrument.minSize)}`,
    hint: near.join(" or "),
  });
}

/** A cap below the smallest order could only be kept by not trading: the maker would take it for one of that order. */
function checkCap(cap: string, instrument: Instrument): void {
  if (sizeToBig(instrument, instrument.minSize).lte(cap)) return;
  throw new BpError("config/invalid", {
    path: "--max-position",
    found: JSON.stringify(cap),
    expected: `at least ${sizeText(instrument, instrument.minSize)} ${instrument.base}, the smallest order of ${instrument.id}`,
  });
}

function complaint(error: z.ZodError, raw: Readonly<Record<string, unknown>>): BpError {
  const [issue] = error.issues;
  const path = issue?.path.map(String) ?? [];
  const key = path.at(-1) ?? "";
  const found = path.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    raw,
  );
  return new BpError("config/invalid", {
    path: flags[key] ?? path.join("."),
    found: JSON.stringify(found),
    expected: issue?.message ?? "another value",
  });
}
