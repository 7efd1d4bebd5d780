// The three blocks that a running perpetual shows: the market, how prices came about, the run so far.
import { Big, type Instrument, type InstrumentId, type Lots, type Millis, sizeToBig, symbolOf } from "@bp/core";
import { type Figures, figuresOf, ratiosOf } from "../figures.ts";
import type { Touch } from "../quoting.ts";
import { volumeSums } from "../sums.ts";
import { type Block, type Cell, drawBlocks, type Row } from "./block.ts";
import type { Look } from "./look.ts";
import { gain, moment, money, percent, price, size } from "./numbers.ts";
import { type Words, wordsOf } from "./words.ts";

/** Two prices in ticks; `undefined` = none on that side. */
export interface Pair {
  /** May have a fraction. */
  readonly buy: number | undefined;
  /** May have a fraction. */
  readonly sell: number | undefined;
}

/** What the first block shows; all of one moment. */
export interface MarketLines {
  /** Best prices in ticks. */
  readonly bid: number | undefined;
  readonly ask: number | undefined;
  /** Signed, in lots; `undefined` = unknown. */
  readonly position: Lots | undefined;
  /** In lots. */
  readonly target: Lots | undefined;
  /** In lots, above 0: |position| beyond it is shown as over cap. */
  readonly cap: Lots | undefined;
}

/** What the second block shows. */
export interface PriceLines {
  readonly raw: Pair;
  /** `offset` in ticks, may have a fraction; it is subtracted from both prices. */
  readonly skew: { readonly position: Lots | undefined; readonly factor: number; readonly offset: number };
  readonly adjusted: Pair;
}

/** What the third block shows. Sizes in base, money in quote. */
export interface SessionLines {
  readonly bought: Big;
  readonly sold: Big;
  /** Of closed trades, after fees and funding. */
  readonly profit: Big;
  readonly fees: Big;
  /** The same with all runs before. */
  readonly cumulative: Big;
  readonly unrealized: Big;
  readonly volume?: Big;
  /** In percent. */
  readonly wear?: Big | undefined;
  /** Our best prices that rest, in ticks. */
  readonly quotes: Pair;
}

/** Everything that the panel shows. Plain data. */
export interface Panel {
  readonly instrument: Instrument;
  readonly at: Millis;
  readonly market: MarketLines;
  readonly prices: PriceLines;
  readonly session: SessionLines;
}

/** Writes the three blocks 市場狀態, 價格計算 and 本次執行總結. Assets are named as the instrument names them. */
export function panelText(panel: Panel, look: Look): string {
  const words = wordsOf(look);
  return drawBlocks([marketBlock(panel, words), pricesBlock(panel, words), sessionBlock(panel, words)], look);
}

/** The lines of the third block, from the figures of a tally. */
export function sessionLines(figures: Figures, id: InstrumentId): SessionLines | undefined {
  const found = figuresOf(figures, id);
  if (found === undefined) return undefined;
  const { session, cumulative, causes, touch } = found;
  const { bought, sold, all } = volumeSums(session.sums.volumes);
  return {
    bought: bought.base,
    sold: sold.base,
    profit: session.profit.net.minus(session.profit.unrealized),
    fees: session.profit.fees,
    cumulative: cumulative.profit.net.minus(cumulative.profit.unrealized),
    unrealized: session.profit.unrealized,
    volume: all.quote,
    wear: ratiosOf(session.sums, causes.equityChange).wear,
    quotes: pairOf(touch),
  };
}

function pairOf({ bid, ask }: Touch): Pair {
  return { buy: bid, sell: ask };
}

function marketBlock({ instrument, at, market }: Panel, words: Words): Block {
  const { bid, ask, position, target, cap } = market;
  const mid = bid === undefined || ask === undefined ? undefined : (bid + ask) / 2;
  const limits: Cell[] = [];
  if (target !== undefined) limits.push({ key: words.target, text: size(instrument, sizeToBig(instrument, target)) });
  if (cap !== undefined) limits.push({ key: words.cap, text: size(instrument, sizeToBig(instrument, cap)) });
  const rows: Row[] = [
    {
      label: words.book,
      cells: [
        { key: words.bid, text: price(instrument, bid) },
        { key: words.ask, text: price(instrument, ask) },
        { key: words.spread, text: width(instrument, bid, ask, 3) },
      ],
    },
    { label: words.mid, cells: [{ key: "", text: midText(instrument, mid) }] },
    { label: words.position, cells: [positionCell(instrument, position, words), ...limits] },
  ];
  const over = position === undefined || cap === undefined ? 0 : Math.abs(position) - cap;
  if (over > 0)
    rows.push({
      label: "",
      note: `!! ${words.overCap}: ${size(instrument, new Big(over).times(instrument.lotSize))} ${instrument.base}`,
      tone: "warn",
    });
  return { title: words.market, aside: `${symbolOf(instrument.id)}  ${moment(at)} UTC`, rows };
}

function pricesBlock({ instrument, prices }: Panel, words: Words): Block {
  const { raw, skew, adjusted } = prices;
  const net = skew.position === undefined ? undefined : sizeToBig(instrument, skew.position);
  return {
    title: words.prices,
    rows: [
      { label: words.raw, cells: pairCells(instrument, raw, words) },
      {
        label: words.skew,
        cells: [
          { key: words.net, text: net === undefined ? words.unknown : `${size(instrument, net)} ${instrument.base}` },
          { key: words.factor, text: skew.factor.toFixed(2) },
          { key: words.offset, text: price(instrument, skew.offset) },
        ],
      },
      { label: words.adjusted, cells: pairCells(instrument, adjusted, words) },
    ],
  };
}

function sessionBlock({ instrument, session }: Panel, words: Words): Block {
  const { base, quote } = instrument;
  const profit = gain(session.profit);
  const cumulative = gain(session.cumulative);
  const unrealized = gain(session.unrealized);
  const { buy, sell } = session.quotes;
  const rows: Row[] = [
    {
      label: words.fills,
      cells: [
        { key: words.bought, text: `${size(instrument, session.bought)} ${base}` },
        { key: words.sold, text: `${size(instrument, session.sold)} ${base}` },
      ],
    },
    {
      label: words.profit,
      cells: [
        { key: words.thisRun, text: `${profit.text} ${quote}`, tone: profit.tone },
        { key: words.fee, text: `${money(session.fees)} ${quote}` },
      ],
    },
    {
      label: words.cumulative,
      cells: [
        { key: "", text: `${cumulative.text} ${quote}`, tone: cumulative.tone },
        { key: words.unrealized, text: `${unrealized.text} ${quote}`, tone: unrealized.tone },
      ],
    },
  ];
  if (session.volume !== undefined)
    rows.push({
      label: words.volume,
      cells: [
        { key: "", text: `${session.volume.toFixed(2)} ${quote}` },
        { key: words.wear, text: session.wear === undefined ? "-" : `${session.wear.toFixed(4)} %` },
      ],
    });
  rows.push({
    label: words.active,
    cells: [
      ...pairCells(instrument, session.quotes, words),
      { key: words.spread, text: width(instrument, buy, sell, 2) },
    ],
  });
  return { title: words.session, rows };
}

function pairCells(instrument: Instrument, { buy, sell }: Pair, words: Words): readonly Cell[] {
  return [
    { key: words.buy, text: price(instrument, buy) },
    { key: words.sell, text: price(instrument, sell) },
  ];
}

/** `0.068 (0.028 %)`: the distance of two prices, and as a share of their mid. */
function width(instrument: Instrument, low: number | undefined, high: number | undefined, digits: number): string {
  if (low === undefined || high === undefined) return price(instrument, undefined);
  return `${price(instrument, high - low)} (${percent((2 * (high - low)) / (high + low), digits)})`;
}

function midText(instrument: Instrument, mid: number | undefined): string {
  return mid === undefined || Number.isInteger(mid)
    ? price(instrument, mid)
    : new Big(mid).times(instrument.tickSize).toFixed(); // half a tick
}

function positionCell(instrument: Instrument, position: Lots | undefined, words: Words): Cell {
  if (position === undefined) return { key: "", text: words.unknown, tone: "warn" };
  const held = `${size(instrument, sizeToBig(instrument, position).abs())} ${instrument.base}`;
  return { key: position === 0 ? words.flat : position > 0 ? words.long : words.short, text: held };
}
