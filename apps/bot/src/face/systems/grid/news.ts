// What has just happened to a grid, line by line. Lines of success carry 成功: that is what its users grep for.
import { notionalOf, type OwnFill } from "@bp/core";
import { feeIn } from "@bp/strategies";
import type { Line } from "../../system.ts";
import { type GridMoment, plain, priceIn, sizeIn } from "./figures.ts";

/** Lines of trades, closed cycles, stops, shifts and of the risk level; mostly none. */
export function newsLines(moment: GridMoment): readonly Line[] {
  const { view, params, memory, before } = moment;
  if (memory === before) return [];
  const fills = view.fills().filter(({ instrument }) => instrument === params.instrument);
  const lines: Line[] = fills.map((fill) => ({ level: "info", text: fillText(fill, moment) }));
  const cycle = cycleText(moment);
  if (cycle !== undefined)
    lines.push({ level: memory.ledger.lastCycle?.stopped === true ? "warn" : "info", text: cycle });
  const shift = shiftText(moment);
  if (shift !== undefined) lines.push({ level: "info", text: shift });
  const risk = riskText(moment);
  if (risk !== undefined) lines.push({ level: "warn", text: risk });
  return lines;
}

/** `✅ 买入成功 (bought): 0.0125 ETH @ 4000.00 …`. */
function fillText(fill: OwnFill, { view, lang }: GridMoment): string {
  const instrument = view.instrument(fill.instrument);
  const { base, quote } = instrument;
  const done = fill.side === "buy" ? "买入成功" : "卖出成功";
  const word = lang === "zh" ? done : `${done} (${fill.side === "buy" ? "bought" : "sold"})`;
  const fee = feeIn(instrument, fill).quote;
  const paid = fill.feeAsset === quote ? "" : ` (${fill.fee} ${fill.feeAsset})`;
  const worth = notionalOf(instrument, fill.price, fill.size);
  const size = `${sizeIn(instrument, fill.size)} ${base} @ ${priceIn(instrument, fill.price)} = ${worth.toFixed(2)} ${quote}`;
  const label = lang === "zh" ? ["手续费", "网格"] : ["fee", "slot"];
  return `✅ ${word}: ${size}, ${label[0]} ${plain(fee)} ${quote}${paid}, ${fill.liquidity}, ${label[1]} ${fill.slot}`;
}

/** A cycle that has just been closed. */
function cycleText({ view, params, memory, before, lang }: GridMoment): string | undefined {
  const { lastCycle } = memory.ledger;
  if (lastCycle === undefined || lastCycle === before.ledger.lastCycle) return undefined;
  const { quote } = view.instrument(params.instrument);
  const { index, gross, fees, stopped } = lastCycle;
  const figures = `${gross.toFixed(5)} - ${fees.toFixed(5)} = ${gross.minus(fees).toFixed(5)} ${quote}`;
  if (lang === "zh") return stopped ? `🛑 网格 ${index} 止损: ${figures}` : `💰 网格 ${index} 完成: 利润 ${figures}`;
  return stopped ? `🛑 cell ${index} stopped: ${figures}` : `💰 cell ${index} closed: profit ${figures}`;
}

function shiftText({ view, params, memory, before, lang }: GridMoment): string | undefined {
  if (memory.window === before.window || before.anchor === undefined) return undefined;
  const [low] = memory.cells;
  const high = memory.cells.at(-1);
  if (low === undefined || high === undefined) return undefined;
  const instrument = view.instrument(params.instrument);
  const range = `${priceIn(instrument, low.floor)} - ${priceIn(instrument, high.ceiling)}`;
  return lang === "zh" ? `🔄 网格已移动: ${range}` : `🔄 the lattice has moved: ${range}`;
}

/** A change of the risk level, or the end by the largest loss. */
export function riskText({ view, params, memory, before, lang }: GridMoment): string | undefined {
  const { quote } = view.instrument(params.instrument);
  if (memory.over !== undefined && before.over === undefined)
    return lang === "zh" ? `🚨 紧急停止: ${memory.over}` : `🚨 emergency stop: ${memory.over}`;
  const level = memory.equity?.level;
  if (level === undefined || level === (before.equity?.level ?? "LOW")) return undefined;
  const equity = `${memory.equity?.now.toFixed(2)} ${quote}`;
  return lang === "zh" ? `⚠️ 风险等级 ${level}, 权益 ${equity}` : `⚠️ risk level ${level}, equity ${equity}`;
}
