// Stop loss and take profit of a perpetual: when they fire, and what they say.
import { type Event, type InstrumentId, unrealizedAt, type View } from "@bp/core";
import type { MakerParams } from "./params.ts";

/** Why the position is being closed as a whole. */
export interface Closing {
  readonly kind: "stop loss" | "take profit";
  readonly why: string;
}

/**
 * Whether the unrealized result has reached a limit: at or below minus the stop loss, at or above the take profit,
 * compared exactly.
 *
 * @param mid - ticks; stands in while the venue has told no mark
 */
export function closingOf(view: View, params: MakerParams, mid: number): Closing | undefined {
  const { stopLoss, takeProfit, instrument: id } = params;
  if (stopLoss === undefined && takeProfit === undefined) return undefined;
  const holding = view.holding(id);
  if (holding === undefined || holding.size === 0) return undefined;
  const instrument = view.instrument(id);
  const result = view.unrealized(id) ?? unrealizedAt(instrument, holding, mid);
  const { quote } = instrument;
  if (stopLoss !== undefined && result.plus(stopLoss).lte(0))
    return {
      kind: "stop loss",
      why: `stop loss (止損觸發): unrealized ${result.toFixed()} ${quote}, limit -${stopLoss}`,
    };
  if (takeProfit !== undefined && result.gte(takeProfit))
    return {
      kind: "take profit",
      why: `take profit (止盈觸發): unrealized ${result.toFixed()} ${quote}, goal ${takeProfit}`,
    };
  return undefined;
}

/**
 * Whether an event can have moved the unrealized result: marks, own fills, snapshots, beats, other parameters; the book only while no mark
 * is known. Money arithmetic is spared on all others.
 */
export function movesResult(event: Event, view: View, id: InstrumentId): boolean {
  const { type } = event;
  if (type === "mark.changed" || type === "order.filled") return event.instrument === id;
  if (type === "book.reset" || type === "book.changed") return event.instrument === id && view.mark(id) === undefined;
  return type === "timer.fired" || type === "account.snapshot" || type === "link.restored" || type === "params.changed";
}
