// The hedge loop as its users think of it: where the cycle is, its two legs, and what the last cycles have brought.
import { Big, type Instrument, priceText, sizeText, type View } from "@bp/core";
import { averageOf, type HedgeMemory, type HedgeParams, hedgeScaleOf, stampsOf } from "@bp/strategies";
import type { ViewCell, ViewFact, ViewLevel, ViewTable } from "dashboard/contract";
import type { PastCycle } from "./cycles.ts";
import { endKeys, hedgePhases } from "./hedgePhases.ts";
import type { ViewKey } from "./keys.ts";
import { averageText, bigText, fact, level, result, type Shows, type SystemMoment, ticksText } from "./parts.ts";

type HedgeMoment = SystemMoment<HedgeParams, HedgeMemory>;

/** Phases, the figures of the console's panel, where the legs rest, this cycle's trades and the last cycles. */
export const hedgeView: Shows<HedgeParams, HedgeMemory> = (moment) => {
  const { view, params } = moment;
  const [lead, hedge] = [view.instrument(params.lead), view.instrument(params.hedge)];
  return {
    phases: hedgePhases(moment),
    facts: [...heldFacts(moment, lead, hedge), ...sums(moment, lead)],
    levels: levelsOf(moment, lead, hedge),
    tables: [legTable(moment, lead, hedge), cycleTable(moment)],
  };
};

const heldText = (view: View, market: Instrument): string | undefined => {
  const held = view.position(market.id);
  return held === undefined ? undefined : sizeText(market, held);
};

function heldFacts({ view, params, memory }: HedgeMoment, lead: Instrument, hedge: Instrument): ViewFact[] {
  const { pair, nakedSince, failed, refused, cycle } = memory;
  const open = pair.lead + pair.hedge;
  const unhedged = memory.blind ? undefined : new Big(hedgeScaleOf(params, lead, hedge).atom).times(open);
  const [next] = stampsOf(view, params) ?? [];
  return [
    ...fact("fact.cycle", String(cycle)),
    ...fact("fact.leadHeld", heldText(view, lead), lead.base),
    ...fact("fact.hedgeHeld", heldText(view, hedge), hedge.base),
    ...fact("fact.unhedged", unhedged?.toFixed(), lead.base, nakedSince === undefined ? undefined : "warn"),
    ...(next === undefined
      ? []
      : fact("fact.nextFunding", String(Math.max(0, Math.floor((next.at - view.now) / 1_000))), "s")),
    ...fact("fact.failed", failed, undefined, "bad"),
    ...fact("fact.refused", refused, undefined, "bad"),
  ];
}

function sums({ memory: { totals } }: HedgeMoment, { quote }: Instrument): ViewFact[] {
  return [
    ...fact("fact.cycles", String(totals.cycles)),
    ...fact("fact.skipped", String(totals.skipped)),
    ...result("fact.gross", new Big(totals.gross), quote),
    ...fact("fact.fees", new Big(totals.fees).toFixed(6), quote),
    ...result("fact.funding", new Big(totals.funding), quote, 6),
    ...result("fact.net", new Big(totals.net), quote),
    ...fact("fact.negativeEdges", String(totals.negativeEdges)),
    ...fact("fact.unwound", String(totals.unwound)),
  ];
}

function levelsOf({ memory, params }: HedgeMoment, lead: Instrument, hedge: Instrument): ViewLevel[] {
  const { quote, basis, trades } = memory;
  const levels: ViewLevel[] = [];
  if (quote !== undefined)
    levels.push(
      ...level(lead.id, "quote", quote.slot === "leg2" ? "level.leg2" : "level.leg1", priceText(lead, quote.price)),
      ...level(lead.id, "basis", "level.basis", ticksText(lead, basis)),
    );
  const [leadFirst, hedgeFirst] =
    params.sideFirst === "sell" ? [trades.leadSold, trades.hedgeBought] : [trades.leadBought, trades.hedgeSold];
  levels.push(...level(lead.id, "cost", "level.cost", averageText(lead, averageOf(lead, leadFirst))));
  levels.push(...level(hedge.id, "cost", "level.cost", averageText(hedge, averageOf(hedge, hedgeFirst))));
  return levels;
}

const legColumns: readonly ViewKey[] = [
  "column.market",
  "column.sold",
  "column.soldAt",
  "column.bought",
  "column.boughtAt",
  "column.held",
];

/** What this cycle has traded so far, a row for each market. */
function legTable({ memory: { trades }, view }: HedgeMoment, lead: Instrument, hedge: Instrument): ViewTable {
  const row = (market: Instrument, sold: Traded, bought: Traded): readonly ViewCell[] => [
    market.id,
    sizeOf(market, sold),
    averageText(market, averageOf(market, sold)) ?? "",
    sizeOf(market, bought),
    averageText(market, averageOf(market, bought)) ?? "",
    heldText(view, market) ?? ({ say: "state.unknown" satisfies ViewKey, tone: "warn" } as const),
  ];
  return {
    title: "hedge.legs" satisfies ViewKey,
    columns: legColumns,
    rows: [row(lead, trades.leadSold, trades.leadBought), row(hedge, trades.hedgeSold, trades.hedgeBought)],
  };
}

type Traded = HedgeMemory["trades"]["leadSold"];

const sizeOf = (market: Instrument, { size }: Traded): string =>
  size === 0 ? "" : sizeText(market, size as Parameters<typeof sizeText>[1]); // counted in whole lots

const cycleColumns: readonly ViewKey[] = [
  "column.cycle",
  "column.end",
  "column.gross",
  "column.fees",
  "column.funding",
  "column.net",
  "column.edge",
  "column.naked",
  "column.lasted",
];

function cycleTable({ cycles, memory: { last } }: HedgeMoment): ViewTable {
  const past: readonly PastCycle[] = cycles ?? (last === undefined ? [] : [{ report: last, nakedMs: undefined }]);
  return { title: "hedge.cycles" satisfies ViewKey, columns: cycleColumns, rows: past.map(cycleRow) };
}

const money = (text: string, digits: number): string => bigText(new Big(text), digits);
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

function cycleRow({ report, nakedMs }: PastCycle): readonly ViewCell[] {
  const { cycle, end, gross, fees, funding, net, negativeEdge, beganAt, endedAt } = report;
  return [
    String(cycle),
    {
      say: endKeys[end],
      ...(end === "done" ? {} : { tone: end === "closed" ? ("warn" as const) : ("quiet" as const) }),
    },
    money(gross, 4),
    money(fees, 6),
    money(funding.net, 6),
    money(net, 4),
    negativeEdge
      ? { say: "edge.negative" satisfies ViewKey, tone: "bad" }
      : { say: "edge.kept" satisfies ViewKey, tone: "quiet" },
    nakedMs === undefined ? "" : seconds(nakedMs),
    seconds(endedAt - beganAt),
  ];
}
