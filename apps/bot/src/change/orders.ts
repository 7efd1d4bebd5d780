// The orders of a plan in the venue's own words.
import { type Instrument, type InstrumentId, priceText, type Side, sizeText } from "@bp/core";
import type { Considered, Decision } from "@bp/engine";
import { instrumentNamed } from "../wire-up.ts";

/** An order as a person reads it. */
export interface PlannedOrder {
  /** `strategy/slot`. */
  readonly slot: string;
  readonly market: InstrumentId;
  readonly side: Side;
  /** Quote per base, decimal text. */
  readonly price: string;
  /** Base, decimal text; of an order that is there, what is left of it. */
  readonly size: string;
  readonly why: string;
}

/** What becomes of the orders. */
export interface PlannedOrders {
  readonly keep: readonly PlannedOrder[];
  readonly cancel: readonly PlannedOrder[];
  /** At once, or when the order in its slot is gone. */
  readonly place: readonly PlannedOrder[];
}

/** A wish that a rule, a filter or an order in its way keeps from being as it is. */
export interface BoundWish {
  readonly slot: string;
  readonly rule: string;
  readonly why: string;
}

/** Sorts the decisions; an order about which nothing can be done now stays. */
export function ordersOf({ plan }: Considered, instruments: readonly Instrument[]): PlannedOrders {
  const of = (...actions: readonly Decision["action"][]) =>
    plan.flatMap((each) => (actions.includes(each.action) ? (plannedOf(each, instruments) ?? []) : []));
  return { keep: of("keep", "leave"), cancel: of("cancel"), place: of("place") };
}

function plannedOf(
  { slot, instrument, side, price, size, why }: Decision,
  instruments: readonly Instrument[],
): PlannedOrder | undefined {
  if (side === undefined || price === undefined || size === undefined) return undefined;
  const market = instrumentNamed(instruments, instrument);
  return { slot, market: instrument, side, price: priceText(market, price), size: sizeText(market, size), why };
}

/** For each wish that is not done as it is, the rule that binds it: of several, the one that leaves least of it. */
export function boundIn({ hearings, plan, notes }: Considered): readonly BoundWish[] {
  const judged = hearings.flatMap(({ slot, said, outcome }): readonly BoundWish[] => {
    if (outcome === "unknown") return [{ slot, rule: "gate", why: "what its strategy holds is not known" }];
    const binding =
      said.find(({ answer }) => answer === "refuse") ??
      said.find(({ answer }) => answer === "wait") ??
      said.findLast(({ answer }) => answer === "trim");
    return binding === undefined ? [] : [{ slot, rule: binding.rule, why: binding.why ?? binding.answer }];
  });
  const known = new Set(judged.map(({ slot }) => slot));
  const waiting = plan.flatMap(({ slot, action, why }): readonly BoundWish[] => {
    if (action !== "wait" || known.has(slot)) return [];
    return [{ slot, rule: notes.find((note) => note.slot === slot && note.why === why)?.rule ?? "plan", why }];
  });
  return [...judged, ...waiting];
}
