// Fills added up by what they have in common: the smallest groups, of which every table is made.
import type { Table, TableRow } from "./tables.ts";

/** Fills of one market, slot, side, hour and liquidity. Money in the common quote. */
export interface Cell {
  readonly market: string;
  readonly venue: string;
  readonly slot: string;
  readonly side: "buy" | "sell";
  /** UTC, 0 to 23. */
  readonly hour: number;
  readonly maker: boolean;
  fills: number;
  volume: number;
  realized: number;
  fees: number;
  spread: number;
  /** Volume whose mid before the fill is known. */
  spreadVolume: number;
  volume1: number;
  moved1: number;
  volume30: number;
  moved30: number;
}

/** The cells of one market. */
export interface Cells {
  of(slot: string, side: "buy" | "sell", hour: number, maker: boolean): Cell;
  all(): readonly Cell[];
}

/** A slot's, by hour, side and liquidity. */
interface SlotCells {
  readonly slot: string;
  readonly cells: (Cell | undefined)[];
}

/** Slots that are told apart; what comes after them is in `…`. */
const mostSlots = 2_000;
const listed = 200;
const others = "…";

/** No fills yet. */
export function createCells(market: string, venue: string): Cells {
  const slots = new Map<string, SlotCells>();
  const made: Cell[] = [];
  const rowFor = (slot: string): SlotCells => {
    const found = slots.get(slot) ?? { slot, cells: Array.from({ length: 96 }, () => undefined) };
    slots.set(slot, found);
    return found;
  };
  return {
    of: (name, side, hour, maker) => {
      const row = slots.get(name) ?? rowFor(slots.size < mostSlots ? name : others);
      const place = hour * 4 + (side === "buy" ? 2 : 0) + (maker ? 1 : 0);
      let cell = row.cells[place];
      if (cell === undefined) {
        const money = { volume: 0, realized: 0, fees: 0, spread: 0, spreadVolume: 0 };
        const moves = { volume1: 0, moved1: 0, volume30: 0, moved30: 0 };
        cell = { market, venue, slot: row.slot, side, hour, maker, fills: 0, ...money, ...moves };
        row.cells[place] = cell;
        made.push(cell);
      }
      return cell;
    },
    all: () => made,
  };
}

/** Every table, of the cells of all markets. */
export function tablesOf(cells: readonly Cell[]): readonly Table[] {
  const total = cells.reduce((sum, { volume }) => sum + volume, 0);
  const by = (name: Table["by"], keyOf: (cell: Cell) => string): Table => {
    const groups = new Map<string, Cell[]>();
    for (const cell of cells) {
      const key = keyOf(cell);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [cell]);
      else group.push(cell);
    }
    const rows = [...groups].map(([key, group]) => rowOf(key, group, total));
    if (name === "hour") return { by: name, rows: rows.toSorted((a, b) => (a.key < b.key ? -1 : 1)) };
    const sorted = rows.toSorted((a, b) => b.volume - a.volume || (a.key < b.key ? -1 : 1));
    if (sorted.length <= listed) return { by: name, rows: sorted };
    const kept = new Set(sorted.slice(0, listed - 1).map(({ key }) => key));
    const rest = cells.filter((cell) => !kept.has(keyOf(cell)));
    return { by: name, rows: [...sorted.filter(({ key }) => kept.has(key)), rowOf(others, rest, total)] };
  };
  return [
    by("slot", ({ slot }) => slot),
    by("strategy", ({ slot }) => slot.split("/")[0] ?? ""),
    by("side", ({ side }) => side),
    by("hour", ({ hour }) => `${String(hour).padStart(2, "0")}:00`),
    by("venue", ({ venue }) => venue),
    by("market", ({ market }) => market),
    by("liquidity", ({ maker }) => (maker ? "maker" : "taker")),
  ];
}

function rowOf(key: string, cells: readonly Cell[], total: number): TableRow {
  const sum = (pick: (cell: Cell) => number) => cells.reduce((all, cell) => all + pick(cell), 0);
  const volume = sum((cell) => cell.volume);
  const bps = (moved: number, weighed: number) => (weighed > 0 ? (moved / weighed) * 10_000 : null);
  return {
    key,
    fills: sum((cell) => cell.fills),
    volume,
    share: total > 0 ? volume / total : 0,
    makerShare: volume > 0 ? sum((cell) => (cell.maker ? cell.volume : 0)) / volume : 0,
    realized: sum((cell) => cell.realized),
    fees: sum((cell) => cell.fees),
    spread: sum((cell) => cell.spreadVolume) > 0 ? sum((cell) => cell.spread) : null,
    markout1Bps: bps(
      sum((cell) => cell.moved1),
      sum((cell) => cell.volume1),
    ),
    markout30Bps: bps(
      sum((cell) => cell.moved30),
      sum((cell) => cell.volume30),
    ),
  };
}
