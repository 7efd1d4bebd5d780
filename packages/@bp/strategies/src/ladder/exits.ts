// When everything is sold: the profit, with or without trailing, a stop, and a fall below the lowest rung.
import { bigToDecimal, type Instrument, priceText, priceToBig, ticks, type View } from "@bp/core";
import { averageCostOf, resultOf } from "./lot.ts";
import type { Drop, LadderMemory, Sale } from "./memory.ts";
import type { LadderParams } from "./params.ts";
import type { LadderMarket } from "./prices.ts";
import { isSellable } from "./sale.ts";

/** The memory with what the price asks for: a sale, a new peak, a deeper drop. */
export function judged(memory: LadderMemory, view: View, params: LadderParams, market: LadderMarket): LadderMemory {
  const { sale } = memory;
  if (memory.targets === undefined || memory.lot === undefined || sale?.gives === true) return memory;
  const watched = peaked(dropped(memory, view, params, market), params, market);
  const why = reason(watched, params, market);
  if (why === undefined || (sale !== undefined && !gives(why))) return watched;
  const selling = { gives: gives(why), targets: watched.targets };
  const held = view.position(params.instrument) ?? 0;
  if (!isSellable(held, selling, view, params, market.touch.bid[0])) return watched; // no reason sells what the market does not take
  return {
    ...watched,
    phase: "selling",
    since: view.now,
    moving: false,
    sale: { why, gives: gives(why), failures: 0 },
  };
}

const gives = (why: Sale["why"]): boolean => why === "stop loss" || why === "max drop";

function reason(
  { targets, drop, peak, boughtAt }: LadderMemory,
  params: LadderParams,
  { price }: LadderMarket,
): Sale["why"] | undefined {
  if (targets === undefined) return undefined;
  if (targets.stop !== undefined && price <= targets.stop) return "stop loss";
  if (drop !== undefined && params.onMaxDrop === "stop") return "max drop";
  if (drop !== undefined && params.onMaxDrop === "trail" && isBelow(price, drop.high, params.dropTrailPct))
    return "max drop";
  if (boughtAt !== undefined) return undefined;
  if (params.trailTakeProfitPct === undefined) return price >= targets.takeProfit ? "take profit" : undefined;
  return peak !== undefined && isBelow(price, peak, params.trailTakeProfitPct) ? "trailing take profit" : undefined;
}

/** Whether the price is so many percent or more below the highest. Compared as numbers: an opinion, never a price that is sent. */
function isBelow(price: number, highest: number, pct: string): boolean {
  return price * 100 <= highest * (100 - Number(pct));
}

function peaked(memory: LadderMemory, { trailTakeProfitPct }: LadderParams, { price }: LadderMarket): LadderMemory {
  const { peak, targets, boughtAt } = memory;
  if (trailTakeProfitPct === undefined || targets === undefined || boughtAt !== undefined) return memory;
  if (peak === undefined ? price < targets.takeProfit : price <= peak) return memory;
  return { ...memory, peak: price };
}

function dropped(memory: LadderMemory, view: View, params: LadderParams, { price }: LadderMarket): LadderMemory {
  const { ladder, drop } = memory;
  if (ladder === undefined) return memory;
  const pct = Math.floor(((ladder.anchor - price) * 100) / ladder.anchor);
  const high = Math.max(drop?.high ?? price, price);
  const deeper = price < ladder.lowest && (drop === undefined || pct > drop.pct);
  if (!deeper) return drop === undefined || high === drop.high ? memory : { ...memory, drop: { ...drop, high } };
  const say = dropText(memory, view.instrument(params.instrument), params, price);
  return { ...memory, drop: { pct, say, high } satisfies Drop };
}

/** `54000 is 10.00 % below 60000 (limit 7 %): -47.53 USDC on 0.01759 BTC at 56702.26`. */
function dropText({ ladder, lot }: LadderMemory, instrument: Instrument, params: LadderParams, price: number): string {
  const { base, quote } = instrument;
  const anchor = ladder?.anchor ?? price;
  const at = priceToBig(instrument, ticks(Math.floor(price)));
  const fallen = (((anchor - price) * 100) / anchor).toFixed(2);
  const where = `${bigToDecimal(at)} is ${fallen} % below ${priceText(instrument, ticks(Math.floor(anchor)))} (limit ${params.maxDropPct} %)`;
  if (lot === undefined) return where;
  return `${where}: ${resultOf(lot, at, "0").gross.toFixed(2)} ${quote} on ${bigToDecimal(lot.size)} ${base} at ${averageCostOf(lot).toFixed(2)}`;
}
