// Which cell opens next: one at a time, the nearest to the price first.
import { type Big, lots, sizeToBig, type Ticks, ticks, type View } from "@bp/core";
import { isLive, put } from "./fills.ts";
import { aimed, closable } from "./lots.ts";
import { type Cell, type GridMemory, isEmpty, openingSide, slotOf, type Way } from "./memory.ts";
import type { GridParams } from "./params.ts";
import { allowanceOf, lotsWorth, stepSize } from "./sizing.ts";
import type { Market } from "./touch.ts";

/** How long a cell that may not open waits before it is looked at again, in ms. */
const againMs = 1_000;

/** Lets the next cell open, when the pace allows it. The same memory when nothing changes. */
export function armed(memory: GridMemory, view: View, params: GridParams, market: Market): GridMemory {
  const next = disarmed(memory, view, params, market);
  const candidates = next.cells
    .flatMap((cell) => wayOf(cell, next, view, params, market))
    .toSorted((a, b) => Math.abs(a.price - market.price) - Math.abs(b.price - market.price));
  if (candidates.length === 0) return skipping(next, nothing);
  if (view.now - next.actedAt < params.paceMs) return next;
  const barred = barredBy(next, view, params);
  if (barred !== undefined) return skipping(next, [{ topic: "orders", say: `no new orders: ${barred}` }]);
  if (view.now - next.triedAt < againMs && next.skips.length > 0 && next.triedAt >= next.actedAt) return next;
  const skips: { topic: string; say: string }[] = [];
  for (const { cell, way, price } of candidates) {
    if (price === cell.ceiling && way === "long") {
      const handed = fromStock(next, view, params, cell);
      if (handed !== undefined) return skipping(handed, skips);
      continue;
    }
    const allowance = allowanceOf(next, view, params, cell, price);
    if ("why" in allowance) {
      skips.push({ topic: `cell.${cell.index}`, say: `no order: ${allowance.why}` });
      continue;
    }
    const opens = put(next, { ...cell, armed: { way, ...allowance } });
    return skipping({ ...opens, pot: opens.pot.minus(allowance.extra), triedAt: view.now }, skips);
  }
  return skipping({ ...next, triedAt: view.now }, skips);
}

const nothing: readonly never[] = [];

function skipping(memory: GridMemory, skips: GridMemory["skips"]): GridMemory {
  const { skips: before } = memory;
  const same = before.length === skips.length && before.every(({ say }, at) => say === skips[at]?.say);
  return same ? memory : { ...memory, skips };
}

/** Why no cell may open. */
function barredBy(memory: GridMemory, view: View, params: GridParams): string | undefined {
  if (view.halted !== undefined) return `halted: ${view.halted}`;
  if (memory.over !== undefined) return memory.over;
  if (isDayOver(memory.ledger.today, params))
    return `the day's realised loss has reached ${params.dailyLoss}; they go on at 00:00 UTC`;
  return memory.stock === undefined ? undefined : "the stock is being bought";
}

/** Whether the day's realised loss has reached its limit. */
export function isDayOver(today: Big, { dailyLoss }: Pick<GridParams, "dailyLoss">): boolean {
  return Number(dailyLoss) > 0 && today.plus(dailyLoss).lte(0);
}

/** How a cell that is closed would open at this market, if at all. */
function wayOf(
  cell: Cell,
  memory: GridMemory,
  view: View,
  params: GridParams,
  market: Market,
): { readonly cell: Cell; readonly way: Way; readonly price: Ticks }[] {
  if (cell.armed !== undefined || cell.stopping || !isEmpty(cell) || cell.ceiling <= cell.floor) return [];
  const spot = view.instrument(params.instrument).kind === "spot";
  const { side } = params;
  if (spot && side !== "spot" && side !== "long") return [];
  const longs = side !== "short";
  const shorts = side === "short" || side === "neutral";
  if (params.infinite && isStocked(cell, memory, view, params, market))
    return [{ cell, way: "long", price: cell.ceiling }];
  if (longs && mayOpen(cell, "long", params, market))
    return [{ cell, way: "long", price: entryOf(cell, "long", params, market) }];
  const above = side !== "neutral" || cell.floor >= market.price;
  if (shorts && above && mayOpen(cell, "short", params, market))
    return [{ cell, way: "short", price: entryOf(cell, "short", params, market) }];
  return [];
}

/** Whether an opening order of the cell would rest, and the price is where it opens. */
export function mayOpen(cell: Cell, way: Way, { entry }: GridParams, { bid, ask, price }: Market): boolean {
  if (entry === "inside")
    return price >= cell.floor && price < cell.ceiling && (way === "long" ? ask > cell.floor : bid < cell.ceiling);
  return way === "long" ? price > cell.floor && ask > cell.floor : price < cell.ceiling && bid < cell.ceiling;
}

/** Where the opening order of a cell rests: at the cell's edge, or at the price as far as that is passive. */
export function entryOf(cell: Cell, way: Way, { entry }: GridParams, { bid, ask, price }: Market): Ticks {
  if (entry === "floor") return way === "long" ? cell.floor : cell.ceiling;
  return ticks(way === "long" ? Math.min(price, ask - 1) : Math.max(price, bid + 1));
}

/** A neutral cell that nothing rests for may open the other way: it waits for the price to decide. */
function disarmed(memory: GridMemory, view: View, params: GridParams, market: Market): GridMemory {
  if (params.side !== "neutral") return memory;
  let next = memory;
  for (const cell of memory.cells) {
    const { armed: armament } = cell;
    if (armament === undefined || !isEmpty(cell) || mayOpen(cell, armament.way, params, market)) continue;
    if (isLive(view, params, slotOf(cell.index, openingSide(armament.way)))) continue;
    next = put({ ...next, pot: next.pot.plus(armament.extra) }, { ...cell, armed: undefined });
  }
  return next;
}

/**
 * Infinite: whether a cell's part is in the stock. That of every cell above the price is; that of another one when so much
 * is held, because the price has jumped over its ceiling.
 */
function isStocked(cell: Cell, memory: GridMemory, view: View, params: GridParams, { price }: Market): boolean {
  if (memory.stock !== undefined) return false;
  if (cell.floor > price) return true;
  const instrument = view.instrument(params.instrument);
  const wanted = lotsWorth(params, instrument, cell.floor);
  const half = stepSize(params, instrument, cell.floor, cell.ceiling) / 2;
  return (view.position(params.instrument) ?? 0) >= wanted - half;
}

/** Infinite: a cell above the price holds its part of the stock already. */
function fromStock(memory: GridMemory, view: View, params: GridParams, cell: Cell): GridMemory | undefined {
  const { core } = memory;
  const instrument = view.instrument(params.instrument);
  const size = stepSize(params, instrument, cell.floor, cell.ceiling);
  if (core === undefined || size < instrument.minSize || size > closable(instrument, core)) return undefined;
  const exact = sizeToBig(instrument, lots(size));
  const all = core.base.eq(exact);
  const cost = all ? core.cost : core.cost.times(exact).div(core.base);
  const lot = aimed(instrument, { way: "long", base: exact, cost, size: lots(size) }, params, cell);
  const rest = all
    ? undefined
    : { ...core, base: core.base.minus(exact), cost: core.cost.minus(cost), size: lots(Math.max(0, core.size - size)) };
  return { ...put(memory, { ...cell, lot, spent: 0 }), core: rest };
}
