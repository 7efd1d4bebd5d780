// The report of one cycle, and of all of them.
import { Big, type Instrument, lots, sizeText } from "@bp/core";
import { averageOf, type CycleReport, type HedgeTotals, type Trades } from "@bp/strategies";

/** Both markets, in the words of their users. */
export interface Sides {
  readonly lead: Instrument;
  readonly hedge: Instrument;
  readonly leadName: string;
  readonly hedgeName: string;
}

/** One cycle in three or four lines. */
export function cycleLines(report: CycleReport, sides: Sides, lang: "en" | "zh"): readonly string[] {
  const { cycle, end, gross, fees, funding, net, trades, negativeEdge } = report;
  const zh = lang === "zh";
  if (end === "skipped")
    return [`[Cycle ${cycle}] ${zh ? "第一腿未成交，跳过本轮" : "the first leg was not filled, the cycle is skipped"}`];
  const how = end === "done" ? (zh ? "完成" : "done") : zh ? "提前平仓" : "closed early";
  const money = (value: string) => new Big(value).toFixed(4);
  const quote = sides.hedge.quote;
  const paid = [funding.lead, funding.hedge, funding.net].some((value) => value !== "0");
  return [
    `[Cycle ${cycle}] ${how}: ${tradesText(trades, sides, zh)}`,
    `[Cycle ${cycle}] ${zh ? "毛利" : "gross"} ${money(gross)}  ${zh ? "手续费" : "fees"} ${money(fees)}  ${zh ? "净利" : "net"} ${money(net)} ${quote}`,
    ...(paid
      ? [
          `[Cycle ${cycle}] ${zh ? "资金费" : "funding"} ${sides.leadName} ${signed(funding.lead)}  ${sides.hedgeName} ${signed(funding.hedge)}  ${zh ? "合计" : "together"} ${signed(funding.net)}`,
        ]
      : []),
    ...(negativeEdge
      ? [`[Cycle ${cycle}] ${zh ? "成交时对冲价差为负" : "negative edge when the first leg filled"}`]
      : []),
  ];
}

function tradesText(trades: Trades, { lead, hedge, leadName, hedgeName }: Sides, zh: boolean): string {
  const part = (name: string, word: string, instrument: Instrument, of: Trades[keyof Trades]) => {
    const price = averageOf(instrument, of);
    return price === undefined
      ? []
      : [`${name} ${word} ${sizeText(instrument, lots(of.size))} @ ${price.round(8).toFixed(4)}`];
  };
  const [sold, bought] = zh ? ["卖", "买"] : ["sold", "bought"];
  return [
    ...part(leadName, sold, lead, trades.leadSold),
    ...part(leadName, bought, lead, trades.leadBought),
    ...part(hedgeName, bought, hedge, trades.hedgeBought),
    ...part(hedgeName, sold, hedge, trades.hedgeSold),
  ].join(", ");
}

/** Sums of all cycles. */
export function totalLines(totals: HedgeTotals, lang: "en" | "zh"): readonly string[] {
  const zh = lang === "zh";
  const { cycles, skipped, gross, fees, funding, net, negativeEdges, unwound } = totals;
  const money = (value: string) => new Big(value).toFixed(4);
  return [
    `${zh ? "轮数" : "cycles"} ${cycles} (${zh ? "跳过" : "skipped"} ${skipped})  ${zh ? "毛利" : "gross"} ${money(gross)}  ${zh ? "手续费" : "fees"} ${money(fees)}  ${zh ? "资金费" : "funding"} ${signed(funding)}  ${zh ? "净利" : "net"} ${money(net)}`,
    ...(negativeEdges + unwound > 0
      ? [
          `${zh ? "负价差轮数" : "cycles with a negative edge"} ${negativeEdges}  ${zh ? "未对冲而回补" : "traded back unhedged"} ${unwound}`,
        ]
      : []),
    zh ? "USDC 与 USDT 按 1:1 计" : "USDC and USDT are taken as equal",
  ];
}

/** Money with its sign, all digits. */
const signed = (value: string): string => (value.startsWith("-") || value === "0" ? value : `+${value}`);
