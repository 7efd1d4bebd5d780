// Equity, its falls, and what they mean: signed and whole, whatever orders hold.
import { Big, gridsOf, type View, venueOf } from "@bp/core";
import { floatingOf } from "./lots.ts";
import type { Equity, GridMemory, RiskLevel } from "./memory.ts";
import type { GridParams } from "./params.ts";

/** What all lots would take if they were closed at the mark, in quote, before fees. */
export function floatingAt({ cells, core }: Pick<GridMemory, "cells" | "core">, price: Big): Big {
  let sum = floatingOf(core, price);
  for (const { lot } of cells) if (lot !== undefined) sum = sum.plus(floatingOf(lot, price));
  return sum;
}

/**
 * Brings the equity up to date: the quote in the wallet at the start (with what was held then), and on top of it what the
 * grid has made since: closed profit, floating result, funding, less fees. Deposits and the user's own coins move nothing.
 *
 * @param mark - ticks, with a fraction
 */
export function weighed(memory: GridMemory, view: View, params: GridParams, mark: number): GridMemory {
  const { instrument: id } = params;
  const holding = view.holding(id);
  const instrument = view.instrument(id);
  const price = gridsOf(instrument).unit.times(mark).div(instrument.lotSize);
  const floating = floatingAt(memory, price);
  const { equity: before, ledger } = memory;
  const start = before?.start ?? startOf(memory, view, params, floating);
  if (start === undefined || holding === undefined) return memory;
  const floatingThen = before?.floatingThen ?? floating;
  const now = start.plus(ledger.gross).minus(ledger.fees).plus(floating).minus(floatingThen).plus(holding.funding);
  if (before?.now.eq(now) === true) {
    const over = memory.over ?? overBy(before, params, instrument.quote); // the limit may be another one
    return over === memory.over ? memory : { ...memory, over };
  }
  const peak = before === undefined || now.gt(before.peak) ? now : before.peak;
  const downPct = belowPct(now, peak);
  const worstPct = Math.max(before?.worstPct ?? 0, downPct.toNumber());
  const level = levelOf(belowPct(now, start), downPct, params.sizeFactors);
  const equity: Equity = { start, floatingThen, now, peak, worstPct, level };
  return { ...memory, equity, over: memory.over ?? overBy(equity, params, instrument.quote) };
}

/** From here on losses are counted anew: a person has seen them and resumed. */
export function forgiven(memory: GridMemory): GridMemory {
  const { equity } = memory;
  if (memory.over === undefined || equity === undefined) return memory;
  const { now, start } = equity;
  const floatingThen = equity.floatingThen.plus(now).minus(start); // so that nothing has been made since
  return { ...memory, over: undefined, equity: { ...equity, start: now, peak: now, floatingThen, level: "LOW" } };
}

/** By how many percent a value is below another; 0 when it is not. */
function belowPct(value: Big, reference: Big): Big {
  if (!reference.gt(0) || value.gte(reference)) return new Big(0);
  return reference.minus(value).times(100).div(reference);
}

/** How bad it is: by the loss since the start, and by the fall from the highest. */
export function levelOf(lossPct: Big, drawdownPct: Big, limits: GridParams["sizeFactors"]): RiskLevel {
  if (lossPct.gte(limits.criticalLossPct)) return "CRITICAL";
  if (lossPct.gte(limits.lossPct)) return "HIGH";
  return drawdownPct.gte(limits.drawdownPct) ? "MEDIUM" : "LOW";
}

function overBy({ start, now }: Equity, { maxLossPct }: GridParams, quote: string): string | undefined {
  if (maxLossPct === undefined) return undefined;
  const lossPct = belowPct(now, start);
  if (lossPct.lt(maxLossPct)) return undefined;
  return `largest loss: equity ${now.toFixed(2)} ${quote} is ${lossPct.toFixed(2)} % below ${start.toFixed(2)}, limit ${maxLossPct} %`;
}

function startOf(memory: GridMemory, view: View, { instrument: id }: GridParams, floating: Big): Big | undefined {
  const instrument = view.instrument(id);
  const balance = view.balance(venueOf(id), instrument.quote);
  if (balance === undefined) return undefined;
  // A perpetual's wallet does not pay for what is held; a spot wallet has.
  return balance.total.plus(instrument.kind === "perp" ? floating : floating.plus(memory.core?.cost ?? 0));
}
