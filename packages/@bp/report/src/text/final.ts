// What a run came to, as it is shown when it ends.
import { Big, bigToDecimal, symbolOf } from "@bp/core";
import type { Figures, InstrumentFigures, Profit } from "../figures.ts";
import { type Volume, volumeSums } from "../sums.ts";
import { type Cell, drawLines, drawTable, type Row, titleLine } from "./block.ts";
import type { Look } from "./look.ts";
import { dash, duration, gain, money, percent, price, size } from "./numbers.ts";
import { type Words, wordsOf } from "./words.ts";

/**
 * The final summary: run time hh:mm:ss, orders, volume by side and by who rested, profit of this run and of all,
 * ratios, and the position that stays. Fits 80 columns.
 */
export function finalText(figures: Figures, look: Look, run?: string): string {
  const words = wordsOf(look);
  const names = figures.instruments.map((each) => symbolOf(each.instrument.id)).join(" ");
  return [
    `${titleLine(words.final, run === undefined ? names : `${run}  ${names}`, look)}\n${drawLines(runRows(figures, words), look)}`,
    ...figures.instruments.map((each) => volumeTable(each, figures.instruments.length > 1, words, look)),
    profitTable(figures, words, look),
    drawLines(ratioRows(figures, words), look),
    drawLines(exitRows(figures, words), look),
  ].join("\n\n");
}

function runRows({ seconds, orders, instruments }: Figures, words: Words): readonly Row[] {
  const counts: Cell[] = [
    { key: words.placed, text: String(orders.placed) },
    { key: words.filled, text: String(orders.filled) },
    { key: words.cancelled, text: String(orders.cancelled) },
    { key: words.rejected, text: String(orders.rejected) },
    { key: words.expired, text: String(orders.expired) },
  ];
  if (orders.gone > 0) counts.push({ key: words.gone, text: String(orders.gone) });
  return [
    { label: words.runTime, cells: [plain(duration(seconds))] },
    { label: words.orders, cells: counts },
    ...instruments.map(({ instrument, quoting, share }): Row => {
      const { spreadTicks, spread } = quoting;
      const wide =
        spreadTicks === undefined ? dash : `${price(instrument, Math.round(spreadTicks))} (${percent(spread, 3)})`;
      return {
        label: words.quoting,
        cells: [
          { key: words.both, text: percent(share.both, 1) },
          { key: words.any, text: percent(share.any, 1) },
          { key: words.averageSpread, text: wide },
        ],
      };
    }),
  ];
}

function volumeTable({ instrument, session }: InstrumentFigures, named: boolean, words: Words, look: Look): string {
  const { volumes, fills } = session.sums;
  const { all, bought, sold, maker } = volumeSums(volumes);
  const { makerBuy, makerSell, takerBuy, takerSell } = volumes;
  const row = (label: string, buy: Volume, sell: Volume, share: string) => {
    const quote = buy.quote.plus(sell.quote);
    const amounts = [buy.base, sell.base, buy.base.plus(sell.base)].map((each) => size(instrument, each));
    return { label, cells: [...amounts, quote.toFixed(2), share] };
  };
  const shareOf = (part: Big) => (all.quote.eq(0) ? dash : percent(part.div(all.quote), 1));
  return drawTable(
    [
      named ? symbolOf(instrument.id) : words.volume,
      `${words.bought} ${instrument.base}`,
      `${words.sold} ${instrument.base}`,
      `${words.total} ${instrument.base}`,
      instrument.quote,
      words.share,
    ],
    [
      row(words.maker, makerBuy, makerSell, shareOf(maker.quote)),
      row(words.taker, takerBuy, takerSell, shareOf(all.quote.minus(maker.quote))),
      row(words.total, bought, sold, `${fills} ${words.trades}`),
    ],
    look,
  );
}

function profitTable({ quote, session, cumulative, causes }: Figures, words: Words, look: Look): string {
  const row = (label: string, pick: (profit: Profit) => Big) => ({
    label,
    cells: [gain(pick(session.profit)), gain(pick(cumulative.profit))],
  });
  /** Coins that fees have taken: what the page calls net has their drift in it. */
  const inCoins = causes.feeDrift.eq(0)
    ? []
    : [
        { label: words.feeDrift, cells: [gain(causes.feeDrift), dash] },
        { label: words.equityChange, cells: [gain(causes.equityChange), dash] },
      ];
  return drawTable(
    [quote, words.thisRun, words.cumulative],
    [
      row(words.realized, (each) => each.realized),
      row(words.unrealized, (each) => each.unrealized),
      row(words.fee, (each) => each.fees.neg()),
      row(words.funding, (each) => each.funding),
      row(words.netProfit, (each) => each.net),
      ...inCoins,
    ],
    look,
  );
}

function ratioRows({ quote, session, causes, ratios, instruments }: Figures, words: Words): readonly Row[] {
  const { all } = volumeSums(session.sums.volumes);
  const [only] = instruments;
  const perVolume: Cell[] = [plain(percent(ratios.profitPerVolume, 4))];
  if (only !== undefined && instruments.length === 1 && !all.base.eq(0)) {
    const { text, tone } = gain(causes.equityChange.div(all.base));
    perVolume.push({ key: "", text: `${text} ${quote}/${only.instrument.base}`, tone });
  }
  return [
    { label: words.perVolume, cells: perVolume },
    {
      label: words.per10k,
      cells: [plain(ratios.costPer10k === undefined ? dash : `${money(ratios.costPer10k)} ${quote}`)],
    },
    { label: words.wear, cells: [plain(ratios.wear === undefined ? dash : `${ratios.wear.toFixed(4)} %`)] },
  ];
}

function exitRows({ orders, instruments, externalFills, unconverted }: Figures, words: Words): readonly Row[] {
  const { placing, open, cancelling, unknown } = orders.live;
  const warn = (count: number) => (count > 0 ? { tone: "warn" as const } : {});
  const resting = placing + open + cancelling;
  const rows: Row[] = [
    {
      label: words.atExit,
      cells: [
        { key: words.resting, text: String(resting), ...warn(resting) },
        { key: words.inDoubt, text: String(unknown), ...warn(unknown) },
      ],
    },
    ...instruments.map((each) => positionRow(each, words)),
  ];
  if (externalFills > 0) rows.push({ label: words.external, cells: [plain(String(externalFills))] });
  if (unconverted.length > 0) rows.push({ label: words.unconverted, note: unconverted.join(" "), tone: "warn" });
  return rows;
}

function positionRow({ instrument, held, entry }: InstrumentFigures, words: Words): Row {
  if (held.eq(0)) return { label: words.position, cells: [plain(words.flat)] };
  const average = entry === undefined ? undefined : entry.div(instrument.tickSize).toNumber();
  const amount = bigToDecimal(held.abs().round(8, Big.roundDown)); // fees in coins leave more digits than a lot has
  return {
    label: words.stays,
    cells: [
      { key: held.gt(0) ? words.long : words.short, text: `${amount} ${instrument.base}` },
      { key: words.entry, text: price(instrument, average === undefined ? undefined : Math.round(average)) },
    ],
  };
}

const plain = (text: string): Cell => ({ key: "", text });
