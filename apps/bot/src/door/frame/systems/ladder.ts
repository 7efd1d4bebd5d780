// The ladder as its users think of it: its rungs, what they cost on average, and how far it is to the profit.
import { type Instrument, notionalOf, priceText, sizeText } from "@bp/core";
import { type LadderMemory, type LadderParams, type LadderPhase, leftOfRung } from "@bp/strategies";
import type { SystemView, ViewCell, ViewFact, ViewLevel, ViewTable } from "dashboard/contract";
import { coins, figuresAt, type LadderFigures } from "../../../face/systems/ladder/figures.ts";
import type { ViewKey } from "./keys.ts";
import { averageText, fact, level, result, type Shows, type SystemMoment, ticksText } from "./parts.ts";

type LadderMoment = SystemMoment<LadderParams, LadderMemory>;

/** Phases, the figures of the console's dashboard, anchor, cost and targets as levels, and a row for each rung. */
export const ladderView: Shows<LadderParams, LadderMemory> = (moment) => {
  const figures = figuresAt(moment);
  return {
    phases: phasesOf(moment),
    facts: [...heldFacts(moment, figures), ...totals(moment, figures)],
    levels: levelsOf(moment, figures),
    tables: [rungTable(moment, figures)],
  };
};

const phaseKeys: Readonly<Record<LadderPhase, ViewKey>> = {
  building: "phase.building",
  monitoring: "phase.monitoring",
  selling: "phase.selling",
  restarting: "phase.restarting",
  done: "phase.done",
  stopped: "phase.stopped",
};

function phasesOf({ memory, params }: LadderMoment): NonNullable<SystemView["phases"]> {
  const { phase, since, moving } = memory;
  const last: ViewKey =
    phase === "stopped" ? "phase.stopped" : params.restartAfterTakeProfit ? "phase.restarting" : "phase.done";
  const steps: readonly ViewKey[] = [
    "phase.building",
    ...(moving ? (["phase.moving"] as const) : []),
    "phase.monitoring",
    "phase.selling",
    ...(phase === "done" ? (["phase.done"] as const) : [last]),
  ];
  return {
    steps,
    now: moving ? "phase.moving" : phaseKeys[phase],
    ...(since > 0 ? { since } : {}),
    ...(phase === "restarting" ? { until: since + params.restartDelayMs } : {}),
  };
}

function heldFacts({ params, memory }: LadderMoment, figures: LadderFigures): ViewFact[] {
  const { instrument, price, rungs, filled, cost, there, average, breakEven, takeProfit, risePct, progressPct } =
    figures;
  const { base, quote } = instrument;
  const failures = memory.sale?.failures ?? 0;
  return [
    ...fact("fact.price", averageText(instrument, price), quote),
    ...fact("fact.cycle", String(memory.cycle)),
    ...(rungs === 0 ? [] : fact("fact.rungs", `${filled} / ${rungs}`)),
    ...fact("fact.spent", cost.toFixed(2), quote),
    ...fact("fact.held", coins(there), base),
    ...fact("fact.average", averageText(instrument, average), quote),
    ...fact("fact.breakEven", averageText(instrument, breakEven), quote),
    ...fact("fact.takeProfit", averageText(instrument, takeProfit), quote),
    ...result("fact.rise", risePct, "%", 2),
    ...fact("fact.progress", progressPct?.toFixed(0), "%"),
    ...result("fact.gross", figures.gross, quote),
    ...result("fact.net", figures.net, quote),
    ...(failures === 0 ? [] : fact("fact.failures", String(failures), undefined, "warn")),
    ...fact("fact.amount", params.totalAmount, quote),
  ];
}

/** Over all cycles, the sales of the one that is under way among them. */
function totals({ memory: { totals: sums, book } }: LadderMoment, { instrument }: LadderFigures): ViewFact[] {
  return [
    ...fact("fact.cycles", String(sums.cycles)),
    ...result("fact.profit", sums.net.plus(book.net), instrument.quote),
    ...fact("fact.fees", sums.fees.plus(book.fees).toFixed(6), instrument.quote),
  ];
}

function levelsOf({ memory }: LadderMoment, { instrument, average, breakEven }: LadderFigures): ViewLevel[] {
  const { id } = instrument;
  const { ladder, targets, lot } = memory;
  const levels: ViewLevel[] = [];
  if (ladder !== undefined) {
    levels.push(...level(id, "anchor", "level.anchor", ticksText(instrument, ladder.anchor)));
    levels.push(...level(id, "lowest", "level.lowest", ticksText(instrument, ladder.lowest)));
    for (const rung of ladder.rungs)
      if (leftOfRung(rung, memory.filled) > 0)
        levels.push(...level(id, "rung", `#${rung.index + 1}`, priceText(instrument, rung.price)));
  }
  if (lot === undefined) return levels;
  levels.push(...level(id, "cost", "level.cost", averageText(instrument, average)));
  levels.push(...level(id, "break-even", "level.breakEven", averageText(instrument, breakEven)));
  levels.push(...level(id, "take-profit", "level.takeProfit", ticksText(instrument, targets?.takeProfit)));
  levels.push(...level(id, "floor", "level.floor", ticksText(instrument, targets?.floor)));
  levels.push(...level(id, "stop-loss", "level.stopLoss", ticksText(instrument, targets?.stop)));
  return levels;
}

const columns: readonly ViewKey[] = [
  "column.rung",
  "column.price",
  "column.size",
  "column.amount",
  "column.filled",
  "column.state",
];

function rungTable({ memory, view }: LadderMoment, { instrument }: LadderFigures): ViewTable {
  const resting = new Set<string>();
  for (const { slot } of view.orders(instrument.id)) resting.add(slot.slice(slot.indexOf("/") + 1));
  const rows = memory.ladder?.rungs.map((rung) => rowOf(rung, memory, instrument, resting)) ?? [];
  return { title: "ladder.rungs" satisfies ViewKey, columns, rows };
}

function rowOf(
  rung: NonNullable<LadderMemory["ladder"]>["rungs"][number],
  { filled }: LadderMemory,
  instrument: Instrument,
  resting: ReadonlySet<string>,
): readonly ViewCell[] {
  const { index, price, size } = rung;
  const done = filled[index]?.lots ?? 0;
  const state: ViewCell & { readonly say: ViewKey } =
    leftOfRung(rung, filled) === 0
      ? { say: "state.filled", tone: "good" }
      : done > 0
        ? { say: "state.partly", tone: "warn" }
        : resting.has(`rung.${index}`)
          ? { say: "state.resting" }
          : { say: "state.planned", tone: "quiet" };
  return [
    String(index + 1),
    priceText(instrument, price),
    sizeText(instrument, size),
    notionalOf(instrument, price, size).toFixed(2),
    done === 0 ? "" : sizeText(instrument, done as typeof size), // counted in whole lots
    state,
  ];
}
