// From a configuration and a tape to what is run: seats, purses, the recipe that would trade live.
import { type BacktestEngine, type BacktestOptions, marketsOf, type Seat } from "@bp/backtest";
import {
  exchangeOf,
  type Instrument,
  type InstrumentId,
  priceToBig,
  type Tape,
  tapeRow,
  ticks,
  venueOf,
} from "@bp/core";
import { checksOf } from "../checks.ts";
import type { BotConfig } from "../config/index.ts";
import { sourceAt } from "../config/source.ts";
import { checkPreparation } from "../prepare.ts";
import { type Cooked, recipeOf } from "../recipe.ts";
import { purseFor } from "../stage/purse.ts";
import { engineOf, marketsOf as marketsOfStrategy } from "../wire-up.ts";
import { castFor } from "./markets.ts";
import type { BacktestFlags } from "./options.ts";

/** A backtest that can begin. */
export interface Prepared {
  readonly options: BacktestOptions;
  readonly cooked: Cooked;
  /** What a person should know of it: which recording plays what, what the checks found. */
  readonly said: readonly string[];
}

/**
 * Prepares one.
 *
 * @param tape - as it was read; its markets are cast for those of the configuration
 * @param castMarkets - who casts them
 * @throws BpError `config/*` for markets that the data do not hold and values that cannot be
 */
export async function prepareBacktest(
  config: BotConfig,
  tape: Tape,
  flags: BacktestFlags,
  castMarkets = castFor,
): Promise<Prepared> {
  const { models, seed, onExit } = flags;
  const wanted = [...new Set(config.strategies.flatMap(marketsOfStrategy))];
  const cast = castMarkets(tape, wanted, flags.casts);
  const seats = seatsOf(config, flags.balances);
  const known = marketsOf(cast.tape, seats, models);
  const cooked = recipeOf(config, known);
  checkPreparation(config, known);
  const losing = { ...config, allowNegativeEdge: true }; // nothing real is lost here: it is said, not refused
  const checks = await checksOf(losing, { mid: firstMid(cast.tape) }, cooked.instruments, cooked.recipe);
  const [refusal] = checks.refusals;
  if (refusal !== undefined) throw refusal;
  const { sellOff, clearOrders = [] } = config.prepare;
  const duration = durationOf(config);
  return {
    cooked,
    said: [
      ...cast.said,
      ...checks.warnings,
      ...duration.said,
      ...(sellOff === undefined ? [] : ["coins that a live run would sell first are not in the purse"]),
      ...(clearOrders.length === 0 ? [] : ["there are no orders of before that would have to be cancelled"]),
    ],
    options: {
      tape: cast.tape,
      seats,
      models,
      seed,
      onExit,
      durationMs: duration.ms,
      engine: () => enginePartsOf(cooked),
    },
  };
}

/** How long it runs where somebody said so; what a format of another system takes for granted of a live run does not end a backtest. */
function durationOf(config: BotConfig): { readonly ms: number | undefined; readonly said: readonly string[] } {
  const { durationSeconds: seconds } = config;
  if (seconds === undefined) return { ms: undefined, said: [] };
  if (sourceAt(config, "durationSeconds") !== undefined) return { ms: seconds * 1_000, said: [] };
  return {
    ms: undefined,
    said: [
      `a live run would end after ${seconds} s, as its system does; this one ends with its data, or with --duration`,
    ],
  };
}

/** The engine of a recipe, and how its money is counted. */
export function enginePartsOf({ recipe, instruments }: Cooked): BacktestEngine {
  return {
    engine: engineOf(recipe, instruments, 1),
    instruments,
    tally: { graceMs: recipe.graceMs, existing: recipe.existing === "ignore" ? "ignore" : "adopt" },
  };
}

function seatsOf(config: BotConfig, balances: BacktestFlags["balances"]): readonly Seat[] {
  const leverage = Object.entries(config.prepare.leverage ?? {}) as readonly (readonly [InstrumentId, number])[]; // its keys are such ids
  return Object.keys(config.accounts).map((venue) => ({
    venue,
    balances: balances ?? purseFor(config.accounts),
    leverage: Object.fromEntries(leverage.filter(([id]) => venueOf(id) === venue)),
  }));
}

/** The middle of a market when its data begin, quote per base: the first candle, print or touch. */
function firstMid(tape: Tape): (instrument: Instrument) => Promise<string | undefined> {
  const found = new Map<InstrumentId, number>();
  for (const [place, { id }] of tape.instruments.entries()) {
    let bid = 0;
    let ask = 0;
    for (let row = 0; row < tape.rows && !found.has(id); row++) {
      if (tape.markets[row] !== place) continue;
      const kind = (tape.kinds[row] ?? 0) & 0x7f;
      const price = tape.a[row] ?? 0;
      if (kind === tapeRow.open || kind === tapeRow.bought || kind === tapeRow.sold) found.set(id, price);
      else if (kind === tapeRow.bid) bid = Math.max(bid, price);
      else if (kind === tapeRow.ask) ask = ask === 0 ? price : Math.min(ask, price);
      if (bid > 0 && ask > bid && (tape.kinds[row] ?? 0) >= 0x80) found.set(id, (bid + ask) / 2);
    }
  }
  return (instrument) => {
    const inner = tape.instruments.find(
      ({ id }) =>
        id === instrument.id ||
        (id.replace(/^[^:]+/, "") === instrument.id.replace(/^[^:]+/, "") &&
          exchangeOf(venueOf(instrument.id)) === venueOf(id)),
    );
    const mid = inner === undefined ? undefined : found.get(inner.id);
    return Promise.resolve(
      mid === undefined
        ? undefined
        : priceToBig(instrument, ticks(Math.round(mid * 2)))
            .div(2)
            .toFixed(),
    );
  };
}
