// The dual-account hedge as its users think of it: both accounts beside each other, and what is left of the wait.
import { averagePrice, type Instrument, type OrderView, priceText, sizeText, type View, venueOf } from "@bp/core";
import type { DualHedgeMemory, DualHedgeParams, DualPhase } from "@bp/strategies";
import type { SystemView, ViewCell, ViewFact, ViewLevel, ViewTable } from "dashboard/contract";
import type { ViewKey } from "./keys.ts";
import { averageText, fact, level, type Shows, type SystemMoment } from "./parts.ts";

type DualMoment = SystemMoment<DualHedgeParams, DualHedgeMemory>;

/** Phases, what both accounts hold, where the legs rest. */
export const dualHedgeView: Shows<DualHedgeParams, DualHedgeMemory> = (moment) => {
  const { view, params } = moment;
  const [long, short] = [view.instrument(params.long), view.instrument(params.short)];
  return {
    phases: phasesOf(moment),
    facts: factsOf(moment, long, short),
    levels: levelsOf(moment, long, short),
    tables: [accountTable(view, [long, short])],
  };
};

const phaseKeys: Readonly<Record<DualPhase, ViewKey>> = {
  opening: "phase.opening",
  waiting: "phase.hold",
  closing: "phase.closing",
  balancing: "phase.balancing",
  unwinding: "phase.unwinding",
};

function phasesOf({ memory, params }: DualMoment): NonNullable<SystemView["phases"]> {
  const { phase, since, openedAt, prices } = memory;
  const now = phaseKeys[phase];
  const ordinary: readonly ViewKey[] = ["phase.opening", "phase.hold", "phase.closing"];
  return {
    steps: ordinary.includes(now) ? ordinary : [...ordinary, now],
    now,
    ...(since > 0 ? { since } : {}),
    ...untilOf(),
  };

  function untilOf(): { readonly until?: number } {
    if (phase === "waiting") return { until: (openedAt ?? since) + params.holdMs };
    if (prices === undefined) return {}; // no time-out before the legs could rest
    if (phase === "opening") return { until: since + params.openTimeoutMs };
    return phase === "closing" ? { until: since + params.closeTimeoutMs } : {};
  }
}

function factsOf({ view, params, memory }: DualMoment, long: Instrument, short: Instrument): ViewFact[] {
  const [a, b] = [view.position(params.long), view.position(params.short)];
  const net = a === undefined || b === undefined ? undefined : ((a + b) as typeof a); // whole lots of one market
  const { size, nakedSince, cycles } = memory;
  return [
    ...fact("fact.cycles", String(cycles)),
    ...fact("fact.longHeld", a === undefined ? undefined : sizeText(long, a), long.base),
    ...fact("fact.shortHeld", b === undefined ? undefined : sizeText(short, b), short.base),
    ...fact(
      "fact.unhedged",
      net === undefined ? undefined : sizeText(long, net),
      long.base,
      nakedSince === undefined ? undefined : "warn",
    ),
    ...(size === 0 ? [] : fact("fact.legSize", sizeText(long, size), long.base)),
    ...fact("fact.amount", params.amount, long.quote),
  ];
}

function levelsOf({ view, memory: { prices } }: DualMoment, long: Instrument, short: Instrument): ViewLevel[] {
  const rests = (market: Instrument, which: "long" | "short") =>
    prices === undefined ? [] : level(market.id, "quote", `level.${which}`, priceText(market, prices[which]));
  const cost = (market: Instrument) => {
    const holding = view.holding(market.id);
    const average = holding === undefined ? undefined : averagePrice(market, holding);
    return level(market.id, "cost", "level.cost", averageText(market, average));
  };
  return [...rests(long, "long"), ...rests(short, "short"), ...cost(long), ...cost(short)];
}

const columns: readonly ViewKey[] = [
  "column.account",
  "column.held",
  "column.cost",
  "column.order",
  "column.filled",
  "column.unrealized",
];

function accountTable(view: View, markets: readonly Instrument[]): ViewTable {
  const rows = markets.map((market): readonly ViewCell[] => {
    const { id } = market;
    const holding = view.holding(id);
    const orders = [...view.orders(id)];
    return [
      venueOf(id),
      holding === undefined ? { say: "state.unknown" satisfies ViewKey, tone: "warn" } : sizeText(market, holding.size),
      holding === undefined ? "" : (averageText(market, averagePrice(market, holding)) ?? ""),
      orders.map((order) => orderText(order, market)).join(", "),
      orders.map(({ filled }) => (filled === 0 ? "" : sizeText(market, filled))).join(" "),
      view.unrealized(id)?.toFixed(4) ?? "",
    ];
  });
  return { title: "dual.accounts" satisfies ViewKey, columns, rows };
}

const orderText = ({ size, price }: OrderView, market: Instrument): string =>
  `${sizeText(market, size)} @ ${priceText(market, price)}`;
