// What trading for volume has cost so far: the same lines for both modes of S0.
import { volumeSums } from "@bp/report";
import type { Moment } from "../system.ts";

/**
 * Rounds, volume, net, wear and the cost of 10,000 of volume.
 *
 * @param rounds - finished rounds or cycles
 */
export function costLines(moment: Moment<unknown, unknown>, rounds: number): readonly string[] {
  const { session, causes, ratios, quote } = moment.figures();
  const { profit, sums } = session;
  const zh = moment.lang === "zh";
  const volume = volumeSums(sums.volumes).all.quote;
  return [
    `${zh ? "轮数" : "rounds"} ${rounds}  ${zh ? "成交量" : "volume"} ${volume.toFixed(2)} ${quote}  ${zh ? "手续费" : "fees"} ${profit.fees.toFixed(4)}  ${zh ? "净盈亏" : "net"} ${causes.equityChange.toFixed(4)} ${quote}`,
    `${zh ? "磨损率" : "wear"} ${ratios.wear === undefined ? "-" : `${ratios.wear.toFixed(4)} %`}  ${zh ? "每万成交成本" : "cost per 10,000 of volume"} ${ratios.costPer10k?.toFixed(2) ?? "-"} ${quote}`,
  ];
}
