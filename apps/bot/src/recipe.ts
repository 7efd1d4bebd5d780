// A configuration as the plain data that an engine is made of.
import {
  Big,
  BpError,
  gridsOf,
  type Instrument,
  type InstrumentId,
  lots,
  roundToGrid,
  sizeText,
  sizeToBig,
} from "@bp/core";
import { makerParams, strategyNamed } from "@bp/strategies";
import type * as z from "zod";
import { type BotConfig, type StrategyConfig, sourceOfMarket } from "./config/index.ts";
import { leastOf } from "./least.ts";
import type { Limits } from "./limits.ts";
import { limitsOf } from "./needs.ts";
import { instrumentNamed, marketsOf, type Recipe } from "./wire-up.ts";

/** A recipe and the markets that it needs. */
export interface Cooked {
  readonly recipe: Recipe;
  readonly instruments: readonly Instrument[];
}

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
 * The recipe of a run, checked against the markets.
 *
 * @param known - all markets of all venues
 * @throws BpError `config/invalid` naming the flag or the key, what was found and what is allowed
 */
export function recipeOf(config: BotConfig, known: readonly Instrument[]): Cooked {
  const speed = Math.max(1, config.sandbox.speed);
  // Where the market runs faster than the clock, network and machine do not: what waits for them is given market time in proportion.
  const staleMs = Math.round(5_000 * speed);
  const strategies = config.strategies.map((each) => checked(whole(each, known, staleMs, speed), config));
  const ids = [...new Set(strategies.flatMap(marketsOf))];
  const instruments = ids.map((id) => instrumentNamed(known, id, sourceOfMarket(config, id)));
  for (const each of strategies) if (each.use === "maker") checkMaker(each, instruments);
  return {
    instruments,
    recipe: {
      strategies,
      limits: together(
        { ...limitsOf(strategies, instruments, speed, staleMs), ...pairsOf(strategies, instruments) },
        said(config.limits),
      ),
      existing: config.existing === "ignore" || config.existing === "flatten" ? config.existing : "adopt",
      ...patienceOf(config, strategies),
    },
  };
}

/** So long an order may wait before it is signed (0.7 s, see @bp/adapter), and so far apart clocks may be, ms. */
const aroundWindowMs = 1_000;

/**
 * How long a request may stay on the wire, and how often the venue's truth is asked for without a reason, in ms of market
 * time. Where two legs hedge each other, an order in doubt and a trade that nobody has told must be cleared up well before
 * the legs may no longer differ.
 */
function patienceOf(
  { accounts, sandbox: { speed } }: BotConfig,
  strategies: readonly StrategyConfig[],
): Pick<Recipe, "graceMs" | "askEveryMs"> {
  const naked = strategies.flatMap(({ params: { maxNakedMs } }) =>
    typeof maxNakedMs === "number" ? [maxNakedMs] : [],
  );
  const windows = Object.values(accounts).map(({ windowMs = 5_000, agent }) =>
    agent === undefined ? windowMs : 11_000,
  ); // an agent's requests live 10 s, whatever window is named
  const graceMs = (Math.max(5_000, ...windows) + aroundWindowMs) * speed;
  if (naked.length === 0) return { graceMs: Math.max(12_000 * speed, graceMs), askEveryMs: 60_000 * speed };
  return {
    graceMs,
    askEveryMs: Math.max(2_000 * speed, Math.min(60_000 * speed, ...naked.map((ms) => ms / 4))),
  };
}

/** How long legs may differ where nobody says it, in ms: the strategies' own default. */
const usualNakedMs = 10_000;

/**
 * With what a person leaves out because it follows from the market: the only one that there is, and how long a book is fresh.
 * How long legs may differ is a matter of network and machine, so it is given market time in proportion too.
 */
function whole(strategy: StrategyConfig, known: readonly Instrument[], staleMs: number, speed: number): StrategyConfig {
  const { use, params } = strategy;
  const keys = keysOf(use);
  const [only] = known;
  const { maxNakedMs } = params;
  return {
    ...strategy,
    params: {
      ...params,
      ...(keys.has("maxNakedMs") && (maxNakedMs === undefined || typeof maxNakedMs === "number")
        ? { maxNakedMs: Math.round((maxNakedMs ?? usualNakedMs) * speed) }
        : {}),
      ...(keys.has("instrument") && params["instrument"] === undefined && only !== undefined
        ? { instrument: only.id }
        : {}),
      ...(keys.has("staleMs") && params["staleMs"] === undefined ? { staleMs } : {}),
    },
  };
}

/** What a strategy can be told. */
function keysOf(use: string): ReadonlySet<string> {
  const { params } = strategyNamed(use);
  const shape = "shape" in params ? params.shape : undefined; // all of ours are objects of zod
  return new Set(typeof shape === "object" && shape !== null ? Object.keys(shape) : []);
}

/**
 * Markets that hedge each other, and how long they may not: the strategies see to it themselves, the rule stands behind them
 * and halts when they have not. What is less than twice a usual minimum order is no leg; where a leg is spot, its fees leave
 * dust behind, and half of the quantity is one.
 */
export function pairsOf(strategies: readonly StrategyConfig[], instruments: readonly Instrument[]): Partial<Limits> {
  const isSpot = (id: InstrumentId) => instruments.some((each) => each.id === id && each.kind === "spot");
  const pairs = strategies.flatMap((each) => {
    if (!paired.has(each.use)) return [];
    const [one, other] = marketsOf(each);
    const { maxNakedMs, quantity } = each.params;
    if (one === undefined || other === undefined) return [];
    const half = isSpot(one) || isSpot(other) ? [new Big(String(quantity)).div(2)] : []; // only hedges trade spot
    return [{ pair: [one, other] as const, ms: typeof maxNakedMs === "number" ? maxNakedMs : usualNakedMs, half }];
  });
  if (pairs.length === 0) return {};
  const most = Math.max(...pairs.map(({ ms }) => ms));
  const least = leastOf(pairs.flatMap(({ half }) => half));
  return {
    pairs: pairs.map(({ pair }) => pair),
    maxNakedMs: most,
    nakedHaltMs: 3 * most,
    ...(least === undefined ? { maxNakedNotional: "12" } : { maxNakedBase: least.toFixed() }),
  };
}

const paired: ReadonlySet<string> = new Set(["dual-hedge", "hedge"]);

/** What a person says wins; a cap of one market and a pair more take nothing away from the others. */
function together(own: Limits, given: Partial<Limits>): Limits {
  const caps = typeof own.maxPosition === "object" && typeof given.maxPosition === "object";
  return {
    ...own,
    ...given,
    ...(caps ? { maxPosition: { ...own.maxPosition, ...given.maxPosition } } : {}),
    ...(own.pairs !== undefined && given.pairs !== undefined ? { pairs: [...own.pairs, ...given.pairs] } : {}),
  };
}

const said = (limits: Partial<Limits>): Partial<Limits> =>
  Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));

/** With every value that its schema gives it. @throws BpError `config/invalid` */
function checked(strategy: StrategyConfig, config: BotConfig): StrategyConfig {
  const { name, use, params } = strategy;
  try {
    const parsed = strategyNamed(use).params.parse(params);
    return { ...strategy, params: parsed as StrategyConfig["params"] }; // schemas of strategies are objects
  } catch (error) {
    if (!(error instanceof Error && "issues" in error)) throw error;
    throw complaint(
      error as z.ZodError,
      params,
      (
        key,
        path, // a schema's error has issues
      ) => (config.system === "maker" && config.file === undefined ? (flags[key] ?? path) : `${name}.${path}`),
    );
  }
}

/** Sizes of the maker on its market. @throws BpError `config/invalid` */
export function checkMaker({ params }: StrategyConfig, instruments: readonly Instrument[]): void {
  const { instrument, quantity, maxPosition } = makerParams.parse(params);
  const found = instrumentNamed(instruments, instrument);
  checkSize(quantity, found);
  if (found.kind === "perp") checkCap(maxPosition, found);
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

function complaint(
  error: z.ZodError,
  raw: Readonly<Record<string, unknown>>,
  nameOf: (key: string, path: string) => string,
): BpError {
  const [issue] = error.issues;
  const path = issue?.path.map(String) ?? [];
  const found = path.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    raw,
  );
  return new BpError("config/invalid", {
    path: nameOf(path.at(-1) ?? "", path.join(".")),
    found: JSON.stringify(found),
    expected: issue?.message ?? "another value",
  });
}
