// What a run came to, as it is shown when it ends.
import { type Big, symbolOf } from "@bp/core";
import type { Figures, InstrumentFigures } from "../figures.ts";
import { volumeSums } from "../sums.ts";
import { type Block, type Cell, drawBlocks, type Row } from "./block.ts";
import type { Look } from "./look.ts";
import { dash, duration, gain, money, percent, price, size } from "./numbers.ts";
import { type Words, wordsOf } from "./words.ts";

/** The final summary: run time hh:mm:ss, orders, volume, profit, ratios, and the position that stays. */
export function finalText(figures: Figures, look: Look, run?: string): string {
  return drawBlocks([finalBlock(figures, wordsOf(look), run)], look);
}

/** The same as a block. */
export function finalBlock(figures: Figures, words: Words, run?: string): Block {
  const { orders, quote } = figures;
  const live = orders.live;
  const inDoubt = live.unknown;
  const names = figures.instruments.map((each) => symbolOf(each.instrument.id)).join(" ");
  const rows: Row[] = [
    { label: words.runTime, cells: [plain(duration(figures.seconds))] },
    {
      label: words.orders,
      cells: [
        { key: words.placed, text: String(orders.placed) },
        { key: words.cancelled, text: String(orders.cancelled) },
        { key: words.rejected, text: String(orders.rejected) },
      ],
    },
    {
      label: "",
      cells: [
        { key: words.filled, text: String(orders.filled) },
        { key: words.expired, text: String(orders.expired) },
        { key: words.gone, text: String(orders.gone) },
      ],
    },
    ...figures.instruments.flatMap((each) => tradedRows(each, words, figures.instruments.length > 1)),
    ...profitRows(figures, words),
    ...figures.instruments.flatMap((each) => quotingRows(each, words)),
    {
      label: words.atExit,
      cells: [
        { key: words.resting, text: String(live.placing + live.open + live.cancelling) },
        { key: words.inDoubt, text: String(inDoubt), ...(inDoubt > 0 ? { tone: "warn" as const } : {}) },
      ],
    },
    ...figures.instruments.map((each) => positionRow(each, words)),
  ];
  if (figures.externalFills > 0) rows.push({ label: words.external, cells: [plain(String(figures.externalFills))] });
  if (figures.unconverted.length > 0)
    rows.push({ label: words.unconverted, note: figures.unconverted.join(" "), tone: "warn" });
  return { title: words.final, aside: [run, names, quote].filter((each) => each !== undefined).join("  "), rows };
}

function tradedRows({ instrument, session }: InstrumentFigures, words: Words, named: boolean): readonly Row[] {
  const { sums, ratios } = session;
  const { makerBuy, makerSell, takerBuy, takerSell } = sums.volumes;
  const { all, bought, sold } = volumeSums(sums.volumes);
  const amount = (base: Big) => `${size(instrument, base)} ${instrument.base}`;
  const line = (label: string, buy: Big, sell: Big, third: Cell): Row => ({
    label,
    cells: [{ key: words.bought, text: amount(buy) }, { key: words.sold, text: amount(sell) }, third],
  });
  return [
    {
      label: named ? symbolOf(instrument.id) : words.volume,
      cells: [
        { key: words.fills, text: String(sums.fills) },
        { key: words.total, text: amount(all.base) },
        plain(`${all.quote.toFixed(2)} ${instrument.quote}`),
      ],
    },
    line("", bought.base, sold.base, { key: words.makerShare, text: percent(ratios.makerShare, 1) }),
    line(
      `  ${words.maker}`,
      makerBuy.base,
      makerSell.base,
      quoteCell(makerBuy.quote.plus(makerSell.quote), instrument.quote),
    ),
    line(
      `  ${words.taker}`,
      takerBuy.base,
      takerSell.base,
      quoteCell(takerBuy.quote.plus(takerSell.quote), instrument.quote),
    ),
  ];
}

function profitRows({ quote, session, cumulative, instruments }: Figures, words: Words): readonly Row[] {
  const { profit, ratios, sums } = session;
  const [only] = instruments;
  const { all } = volumeSums(sums.volumes);
  const perBase =
    only !== undefined && instruments.length === 1 && !all.base.eq(0)
      ? [{ key: "", text: `${gain(profit.net.div(all.base)).text} ${quote}/${only.instrument.base}` }]
      : [];
  return [
    {
      label: words.realized,
      cells: [gainCell(profit.realized, quote), { key: words.unrealized, ...gainOf(profit.unrealized, quote) }],
    },
    {
      label: words.fee,
      cells: [plain(`${money(profit.fees)} ${quote}`), { key: words.funding, ...gainOf(profit.funding, quote) }],
    },
    {
      label: words.netProfit,
      cells: [gainCell(profit.net, quote), { key: words.cumulative, ...gainOf(cumulative.profit.net, quote) }],
    },
    { label: words.perVolume, cells: [plain(percent(ratios.profitPerVolume, 4)), ...perBase] },
    {
      label: words.per10k,
      cells: [plain(ratios.costPer10k === undefined ? dash : `${money(ratios.costPer10k)} ${quote}`)],
    },
    { label: words.wear, cells: [plain(ratios.wear === undefined ? dash : `${ratios.wear.toFixed(4)} %`)] },
  ];
}

function quotingRows({ instrument, quoting, share }: InstrumentFigures, words: Words): readonly Row[] {
  const { spreadTicks, spread } = quoting;
  return [
    {
      label: words.quoting,
      cells: [
        { key: words.both, text: percent(share.both, 1) },
        { key: words.any, text: percent(share.any, 1) },
        {
          key: words.averageSpread,
          text:
            spreadTicks === undefined ? dash : `${price(instrument, Math.round(spreadTicks))} (${percent(spread, 3)})`,
        },
      ],
    },
  ];
}

function positionRow({ instrument, held, entry }: InstrumentFigures, words: Words): Row {
  if (held.eq(0)) return { label: words.position, cells: [plain(words.noStay)] };
  const side = held.gt(0) ? words.long : words.short;
  return {
    label: words.stays,
    cells: [
      { key: side, text: `${held.abs().toFixed()} ${instrument.base}` },
      {
        key: words.entry,
        text: entry === undefined ? dash : entry.div(instrument.tickSize).round(0).times(instrument.tickSize).toFixed(),
      },
    ],
  };
}

const plain = (text: string): Cell => ({ key: "", text });
const quoteCell = (amount: Big, quote: string): Cell => plain(`${amount.toFixed(2)} ${quote}`);

function gainOf(value: Big, quote: string): Omit<Cell, "key"> {
  const { text, tone } = gain(value);
  return { text: `${text} ${quote}`, tone };
}

function gainCell(value: Big, quote: string): Cell {
  return { key: "", ...gainOf(value, quote) };
}
