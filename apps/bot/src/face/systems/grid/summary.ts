// The row of `trade_summary_log.txt`: the columns that the users' own scripts read.
import type { CellStatus } from "@bp/strategies";
import { figuresAt, type GridMoment, priceIn, sizeIn, text, timeText } from "./figures.ts";

/** The columns, in their order. The first nine are the original's; the rest follow in its order too. */
export const summaryColumns = [
  "时间",
  "总买入次数",
  "总卖出次数",
  "累计手续费",
  "USDC可用",
  "币可用",
  "币价值",
  "币价",
  "活跃网格状态",
  "积分(估计)",
  "周交易量",
  "Maker比例",
  "总盈亏",
  "日盈亏",
  "最大回撤",
  "波动率",
  "成功率",
  "平均利润",
] as const;

/** One row. Cells stand in one column, `id:status:buy:qty:order` each, with a bar between them. */
export function summaryRow(moment: GridMoment): string {
  const figures = figuresAt(moment);
  const { instrument, cells } = figures;
  const { ledger, points, equity } = moment.memory;
  const digits = instrument.lotSize.split(".")[1]?.length ?? 0;
  const cell = ({ cell: { index, floor, lot }, state, basis, opening, closing }: CellStatus) => {
    const order = opening ?? closing;
    const size =
      lot !== undefined && lot.size > 0
        ? lot.base.toFixed(digits)
        : order === undefined
          ? "0"
          : sizeIn(instrument, order.size);
    const buy = basis === undefined || lot?.size === 0 ? priceIn(instrument, floor) : basis.toFixed(2);
    return [index, state, buy, size, order?.clientId ?? "-"].join(":");
  };
  const values = [
    timeText(moment.view.now),
    ledger.buys,
    ledger.sells,
    ledger.fees.toFixed(6),
    text(figures.quoteFree, 2),
    text(figures.baseFree, digits),
    text(figures.heldValue, 2),
    text(figures.price, 2),
    cells.map(cell).join("|"),
    points.total.toFixed(1),
    points.weekVolume.toFixed(2),
    text(figures.makerShare, 2),
    text(figures.profit, 4),
    ledger.today.toFixed(4),
    `${(equity?.worstPct ?? 0).toFixed(2)}%`,
    figures.deviation === undefined ? "-" : figures.deviation.toFixed(4),
    figures.successPct === undefined ? "-" : `${figures.successPct.toFixed(1)}%`,
    text(figures.average, 4),
  ];
  return values.join(",");
}
