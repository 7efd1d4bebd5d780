// What a person wants to know of the grid: the state of each cell, where the price stands, what is to be said.
import { type Big, type OrderView, priceToBig, type StrategyRemark, ticks, type View } from "@bp/core";
import { isDayOver } from "./arming.ts";
import { slotName } from "./fills.ts";
import { basisOf } from "./lots.ts";
import { type Cell, closingSide, type GridMemory, isEmpty, openingSide, slotOf, type Way } from "./memory.ts";
import type { GridParams } from "./params.ts";
import { marketNow } from "./touch.ts";

/** Where a cell is in its turn. A sell that opens a short is `SELL_RESTING` too. */
export type CellState = "IDLE" | "ARMED" | "BUY_RESTING" | "SELL_RESTING" | "HOLDING" | "STOPPING";

/** One cell as a screen shows it. */
export interface CellStatus {
  readonly cell: Cell;
  readonly state: CellState;
  readonly way: Way;
  /** Its order that opens, and the one that closes. */
  readonly opening: OrderView | undefined;
  readonly closing: OrderView | undefined;
  /** Average cost in quote per base. */
  readonly basis: Big | undefined;
  /** The price is in it. */
  readonly current: boolean;
}

/** All cells, lowest first. A cell that holds and buys on is `HOLDING`, whatever else rests. */
export function cellStates(view: View, memory: GridMemory, params: GridParams): readonly CellStatus[] {
  const live = new Map<string, OrderView>();
  for (const order of view.orders(params.instrument)) live.set(slotName(order.slot), order);
  const price = marketNow(view, params)?.price;
  return memory.cells.map((cell) => {
    const way = (isEmpty(cell) ? cell.armed?.way : cell.lot?.way) ?? (params.side === "short" ? "short" : "long");
    const opening = live.get(slotOf(cell.index, openingSide(way)));
    const closing = live.get(slotOf(cell.index, closingSide(way)));
    const current = price !== undefined && price >= cell.floor && price < cell.ceiling;
    return { cell, state: stateOf(cell, opening), way, opening, closing, basis: basisOf(cell.lot), current };
  });
}

function stateOf(cell: Cell, opening: OrderView | undefined): CellState {
  if (cell.stopping) return "STOPPING";
  if (!isEmpty(cell)) return "HOLDING";
  if (opening !== undefined) return opening.side === "buy" ? "BUY_RESTING" : "SELL_RESTING";
  return cell.armed === undefined ? "IDLE" : "ARMED";
}

/** What a person should know now. */
export function remarksOn(view: View, memory: GridMemory, params: GridParams): readonly StrategyRemark[] {
  const remarks: StrategyRemark[] = memory.skips.map(({ topic, say }) => ({ topic, say }));
  const instrument = view.instrument(params.instrument);
  const text = (price: number) => priceToBig(instrument, ticks(price)).toFixed();
  if (memory.over !== undefined) remarks.push({ topic: "loss", say: memory.over, alert: true });
  if (isDayOver(memory.ledger.today, params))
    remarks.push({
      topic: "day",
      say: `the day's realised loss has reached ${params.dailyLoss} ${instrument.quote}: no new buys until 00:00 UTC, sales go on`,
      alert: true,
    });
  for (const { index, lot, stopping } of memory.cells)
    if (stopping && lot !== undefined)
      remarks.push({
        topic: `stop.${index}`,
        say: `stop loss: bought at ${basisOf(lot)?.toFixed(2)}, given up at ${text(lot.stop ?? 0)}`,
        alert: true,
      });
  const level = memory.equity?.level ?? "LOW";
  if (level !== "LOW") remarks.push({ topic: "risk", say: `risk level ${level}: new orders are smaller` });
  if (memory.outsideSince !== undefined) remarks.push({ topic: "lattice", say: "the price is outside lattice" });
  if (instrument.kind === "spot" && params.side !== "spot" && params.side !== "long")
    remarks.push({ topic: "side", say: `a spot market cannot be traded ${params.side}`, alert: true });
  const { audit } = memory;
  if (audit !== undefined && (audit.expected > 0 || audit.live > 0))
    remarks.push(
      audit.missing.length === 0
        ? { topic: "audit", say: `self-audit: ${audit.expected} orders expected, ${audit.live} live` }
        : { topic: "audit", say: `self-audit: missing ${audit.missing.join(", ")}`, alert: audit.sure },
    );
  return remarks;
}
