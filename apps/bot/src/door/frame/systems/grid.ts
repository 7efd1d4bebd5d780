// The grid as its users think of it: what each cell does, what the lattice has earned, and where it stands to the price.
import { type Instrument, type Lots, type OrderView, priceText, sizeText } from "@bp/core";
import {
  type CellState,
  type CellStatus,
  type GridMemory,
  type GridParams,
  heldAtCost,
  isEmptyCell,
  meantPerCell,
} from "@bp/strategies";
import type { SystemView, ViewCell, ViewFact, ViewLevel, ViewTable } from "dashboard/contract";
import { figuresAt, type GridFigures } from "../../../face/systems/grid/figures.ts";
import type { ViewKey } from "./keys.ts";
import { averageText, bigText, fact, level, result, type Shows, type SystemMoment } from "./parts.ts";

type GridMoment = SystemMoment<GridParams, GridMemory>;

/** Phases, the figures of the console's block, edges and targets as levels, and a row for each cell. */
export const gridView: Shows<GridParams, GridMemory> = (moment) => {
  const figures = figuresAt(moment);
  return {
    phases: phasesOf(moment),
    facts: [...riskFacts(moment, figures), ...earned(moment, figures), ...held(moment, figures)],
    levels: levelsOf(figures),
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

/** So many cells about the price are drawn; the others are in the table. */
const drawn = 24;

function levelsOf({ instrument, cells, price }: GridFigures): ViewLevel[] {
  const { id, tickSize } = instrument;
  const at = price?.div(tickSize).toNumber();
  const far = ({ cell }: CellStatus) => (at === undefined ? 0 : Math.abs((cell.floor + cell.ceiling) / 2 - at));
  const near = cells.length <= drawn ? cells : cells.toSorted((a, b) => far(a) - far(b)).slice(0, drawn);
  const edges = new Map<number, string>();
  const levels: ViewLevel[] = [];
  for (const { cell, closing, basis } of near) {
    if (!edges.has(cell.floor)) {
      edges.set(cell.floor, "");
      levels.push(...level(id, "cell", `#${cell.index}`, priceText(instrument, cell.floor)));
    }
    const { lot } = cell;
    if (lot === undefined || isEmptyCell(cell) || basis === undefined) continue;
    if (closing === undefined) levels.push(...level(id, "target", "level.target", priceText(instrument, lot.target)));
    if (lot.stop !== undefined)
      levels.push(...level(id, "stop-loss", "level.stopLoss", priceText(instrument, lot.stop)));
  }
  const top = near.reduce<CellStatus | undefined>(
    (best, each) => (best === undefined || each.cell.ceiling > best.cell.ceiling ? each : best),
    undefined,
  );
  if (top !== undefined)
    levels.push(...level(id, "cell", `#${top.cell.index + 1}`, priceText(instrument, top.cell.ceiling)));
  return levels;
}

const columns: readonly ViewKey[] = [
  "column.cell",
  "column.range",
  "column.state",
  "column.lot",
  "column.cost",
  "column.target",
  "column.opening",
  "column.closing",
];

/** Highest first, as a book is read. */
function cellTable({ instrument, cells }: GridFigures): ViewTable {
  return {
    title: "grid.cells" satisfies ViewKey,
    columns,
    rows: cells.map((each) => rowOf(each, instrument)).toReversed(),
  };
}

function rowOf({ cell, state, opening, closing, basis, current }: CellStatus, instrument: Instrument): ViewCell[] {
  const { lot } = cell;
  const holds = lot !== undefined && basis !== undefined && !isEmptyCell(cell);
  return [
    `${current ? "▶ " : ""}${cell.index}`,
    `${priceText(instrument, cell.floor)} – ${priceText(instrument, cell.ceiling)}`,
    stateCell(state),
    holds ? bigText(lot.base, 8) : "",
    holds ? (averageText(instrument, basis) ?? "") : "",
    holds ? priceText(instrument, lot.target) : "",
    orderText(opening, instrument),
    orderText(closing, instrument),
  ];
}

const states: Readonly<Record<CellState, ViewCell & { readonly say: ViewKey }>> = {
  IDLE: { say: "state.idle", tone: "quiet" },
  ARMED: { say: "state.armed", tone: "quiet" },
  BUY_RESTING: { say: "state.buying", tone: "good" },
  SELL_RESTING: { say: "state.selling", tone: "good" },
  HOLDING: { say: "state.holding", tone: "warn" },
  STOPPING: { say: "state.stopping", tone: "bad" },
};

const stateCell = (state: CellState): ViewCell => states[state];

function orderText(order: OrderView | undefined, instrument: Instrument): string {
  if (order === undefined) return "";
  const left = (order.size - order.filled) as Lots; // whole lots of both
  return `${sizeText(instrument, left)} @ ${priceText(instrument, order.price)}`;
}
