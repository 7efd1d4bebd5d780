// Other parameters for a grid that is up: lots that are held get the new exits, orders that open stay as they are.
import type { View } from "@bp/core";
import { noBars } from "./bars.ts";
import { aimed } from "./lots.ts";
import type { Cell, GridMemory } from "./memory.ts";
import type { GridParams } from "./params.ts";

/**
 * The memory with other parameters. Every lot is closed where the new profit and the new stop say, so that a stop that is set
 * now holds for what is held already. Bars of another length are measured anew.
 */
export function adopted(memory: GridMemory, before: GridParams, after: GridParams, view: View): GridMemory {
  const bars = before.volatility.barMs === after.volatility.barMs ? memory.bars : noBars;
  const next = bars === memory.bars ? memory : { ...memory, bars };
  if (before.takeProfitPct === after.takeProfitPct && before.stopLossPct === after.stopLossPct) return next;
  const instrument = view.instrument(after.instrument);
  const again = (cell: Cell): Cell =>
    cell.lot === undefined ? cell : { ...cell, lot: aimed(instrument, cell.lot, after, cell) };
  const { core } = next;
  return {
    ...next,
    cells: next.cells.map(again),
    core: core === undefined ? undefined : aimed(instrument, core, after, undefined),
  };
}
