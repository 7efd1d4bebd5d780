// The grid as its users think of it: what each cell does, what the lattice has earned, and where it stands to the price.
import { type GridMemory, type GridParams, heldAtCost, meantPerCell } from "@bp/strategies";
import type { SystemView, ViewFact } from "dashboard/contract";
import { figuresAt, type GridFigures } from "../../../face/systems/grid/figures.ts";
import { cellLevels, cellTable } from "./gridCells.ts";
import type { ViewKey } from "./keys.ts";
import { averageText, bigText, fact, result, type Shows, type SystemMoment } from "./parts.ts";

type GridMoment = SystemMoment<GridParams, GridMemory>;

/** Phases, the figures of the console's block, edges and targets as levels, and a row for each cell. */
export const gridView: Shows<GridParams, GridMemory> = (moment) => {
  const figures = figuresAt(moment);
  return {
    phases: phasesOf(moment),
    facts: [...riskFacts(moment, figures), ...earned(moment, figures), ...held(moment, figures)],
    levels: cellLevels(figures, moment.memory),
    tables: [cellTable(figures)],
  };
};

function phasesOf({ memory, params, view }: GridMoment): NonNullable<SystemView["phases"]> {
  const steps: readonly ViewKey[] = [
    "phase.waiting",
    ...(params.infinite ? (["phase.stocking"] as const) : []),
    "phase.running",
    "phase.outside",
    "phase.over",
  ];
  const now = (key: ViewKey) => ({ steps, now: key });
  const { anchor, over, stock, outsideSince } = memory;
  if (over !== undefined) return now("phase.over");
  if (anchor === undefined || view.position(params.instrument) === undefined) return now("phase.waiting");
  if (stock !== undefined) return now("phase.stocking");
  if (outsideSince === undefined) return now("phase.running");
  return { steps, now: "phase.outside", since: outsideSince, until: outsideSince + params.shiftAfterMs };
}

const riskWords = {
  LOW: ["risk.low", "good"],
  MEDIUM: ["risk.medium", "warn"],
  HIGH: ["risk.high", "bad"],
  CRITICAL: ["risk.critical", "bad"],
} as const;

function riskFacts({ memory: { equity, ledger } }: GridMoment, { instrument, price }: GridFigures): ViewFact[] {
  const { quote } = instrument;
  const made = equity?.now.minus(equity.start);
  const [risk, tone] = riskWords[equity?.level ?? "LOW"];
  return [
    ...fact("fact.price", averageText(instrument, price), quote),
    ...(equity === undefined ? [] : fact("fact.risk", risk, undefined, tone)),
    ...result("fact.equity", made, quote),
    ...result("fact.today", ledger.today, quote),
    ...fact("fact.maxDrawdown", equity?.worstPct.toFixed(2), "%"),
  ];
}

function earned({ memory: { ledger, points } }: GridMoment, figures: GridFigures): ViewFact[] {
  const { instrument, profit, floating, successPct, average, makerShare } = figures;
  const { quote } = instrument;
  return [
    ...result("fact.profit", profit, quote),
    ...result("fact.gridProfit", ledger.gross.minus(ledger.fees), quote),
    ...result("fact.floating", floating, quote),
    ...fact("fact.fees", ledger.fees.toFixed(6), quote),
    ...fact("fact.cycles", String(ledger.cycles)),
    ...fact("fact.success", successPct?.toFixed(1), "%"),
    ...result("fact.averageProfit", average, quote, 5),
    ...fact("fact.bought", String(ledger.buys)),
    ...fact("fact.sold", String(ledger.sells)),
    ...fact("fact.makerShare", makerShare?.times(100).toFixed(0), "%"),
    ...fact("fact.points", points.total.toFixed(1)),
    ...fact("fact.weekVolume", points.weekVolume.toFixed(2), quote),
  ];
}

function held({ memory, params }: GridMoment, figures: GridFigures): ViewFact[] {
  const { instrument, held: base, heldValue, deviation } = figures;
  const { quote } = instrument;
  const step =
    params.kind === "geometric" ? fact("fact.step", params.ratioPct, "%") : fact("fact.step", params.interval, quote);
  return [
    ...fact("fact.held", bigText(base, 8), instrument.base),
    ...fact("fact.heldValue", heldValue?.toFixed(2), quote),
    ...fact("fact.allocated", heldAtCost(memory).toFixed(2), quote),
    ...fact("fact.perCell", meantPerCell(memory, params).toFixed(2), quote),
    ...step,
    ...(params.volatility.enabled ? fact("fact.volatility", deviation?.toFixed(4)) : []),
  ];
}
