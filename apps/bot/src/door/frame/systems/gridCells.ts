// The cells of a grid: their edges, targets and stops as levels, and a row for each.
import { type Instrument, type Lots, type OrderView, priceText, sizeText } from "@bp/core";
import { basisOf, type CellState, type CellStatus, type GridMemory, isEmptyCell } from "@bp/strategies";
import type { ViewCell, ViewLevel, ViewTable } from "dashboard/contract";
import type { GridFigures } from "../../../face/systems/grid/figures.ts";
import type { ViewKey } from "./keys.ts";
import { averageText, bigText, level } from "./parts.ts";

/** So many cells about the price are drawn; the others are in the table. */
const drawn = 24;

/** Edges of the cells near the price; of lots where they are closed, unless an order stands there, and given up; what no cell holds. */
export function cellLevels({ instrument, cells, price }: GridFigures, { core }: GridMemory): readonly ViewLevel[] {
  const { id, tickSize } = instrument;
  const at = price?.div(tickSize).toNumber();
  const far = ({ cell }: CellStatus) => (at === undefined ? 0 : Math.abs((cell.floor + cell.ceiling) / 2 - at));
  const near = cells.length <= drawn ? cells : cells.toSorted((a, b) => far(a) - far(b)).slice(0, drawn);
  const levels: ViewLevel[] = [...level(id, "cost", "level.core", averageText(instrument, basisOf(core)))];
  for (const { cell, closing, basis } of near) {
    levels.push(...level(id, "cell", `#${cell.index}`, priceText(instrument, cell.floor)));
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
export function cellTable({ instrument, cells }: GridFigures): ViewTable {
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
