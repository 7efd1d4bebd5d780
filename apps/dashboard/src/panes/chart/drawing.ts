// The chart itself: told what to draw, never asked. What it needs of the page are its colours.
import {
  BaselineSeries,
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  type IPriceLine,
  type ISeriesApi,
  LineSeries,
  LineType,
  type Time,
} from "lightweight-charts";
import { colourIn } from "../common/colour.ts";
import type { Bucket } from "./buckets.ts";
import type { PriceLine } from "./lines.ts";
import { chartOptions, priceFormat } from "./look.ts";
import type { Mark } from "./marks.ts";
import { candleAt, candleLook, lineLook, markShape, netLook, valueAt } from "./shapes.ts";

/** What is drawn below and about the price. */
export interface DrawingOptions {
  readonly kind: "line" | "candles";
  readonly net: boolean;
  readonly position: boolean;
  readonly tickSize: string;
  readonly lotSize: string;
}

/** A chart on the page. */
export interface Drawing {
  /** All spans anew, fitted into the width. */
  show(buckets: readonly Bucket[]): void;
  /** The newest span, changed or new. */
  grow(bucket: Bucket): void;
  /** @param text - what is written beside a line */
  lines(lines: readonly PriceLine[], text: (line: PriceLine) => string): void;
  marks(marks: readonly Mark[]): void;
  /** The page has other colours now. */
  paint(): void;
  remove(): void;
}

/** Draws into `element`, which has a height of its own. */
export function createDrawing(element: HTMLElement, options: DrawingOptions): Drawing {
  const { kind, tickSize, lotSize } = options;
  const chart = createChart(element, chartOptions(element));
  // Asking the browser for a colour makes it lay out the page: once for each, until the page has others.
  const colours = new Map<string, string>();
  const colour = (name: string): string => {
    const known = colours.get(name) ?? colourIn(element, name);
    colours.set(name, known);
    return known;
  };
  const thin = {
    lineWidth: 1,
    priceLineVisible: false,
    lastValueVisible: false,
    crosshairMarkerVisible: false,
  } as const;
  const format = { priceFormat: priceFormat(tickSize) };
  const price: ISeriesApi<"Line"> | ISeriesApi<"Candlestick"> =
    kind === "line"
      ? chart.addSeries(LineSeries, { ...format, lineWidth: 2, priceLineVisible: false })
      : chart.addSeries(CandlestickSeries, { ...format, priceLineVisible: false });
  const sides =
    kind === "line"
      ? {
          bid: chart.addSeries(LineSeries, { ...format, ...thin }),
          ask: chart.addSeries(LineSeries, { ...format, ...thin }),
        }
      : undefined;
  const net = options.net
    ? chart.addSeries(
        BaselineSeries,
        {
          priceFormat: priceFormat("0.01"),
          baseValue: { type: "price", price: 0 },
          lineWidth: 1,
          priceLineVisible: false,
        },
        1,
      )
    : undefined;
  const position = options.position
    ? chart.addSeries(
        LineSeries,
        { priceFormat: priceFormat(lotSize), lineType: LineType.WithSteps, lineWidth: 1, priceLineVisible: false },
        options.net ? 2 : 1,
      )
    : undefined;
  const markers = createSeriesMarkers<Time>(price, []);
  const drawn = new Map<string, { readonly line: PriceLine; readonly text: string; readonly api: IPriceLine }>();
  let marked: readonly Mark[] = [];
  chart.panes()[0]?.setStretchFactor(4);

  const mid = (bucket: Bucket) => (kind === "line" ? valueAt(bucket.time, bucket.close) : candleAt(bucket));
  const lookOf = (line: PriceLine, text: string) => lineLook(line, text, colour);
  const mark = (each: Mark) => markShape(each, colour);
  const paint = () => {
    colours.clear();
    chart.applyOptions(chartOptions(element));
    const [buy, sell] = [colour("--p-buy"), colour("--p-sell")];
    price.applyOptions(kind === "line" ? { color: colour("--p-ink") } : candleLook(buy, sell));
    sides?.bid.applyOptions({ color: buy });
    sides?.ask.applyOptions({ color: sell });
    net?.applyOptions(netLook(colour("--p-good"), colour("--p-bad")));
    position?.applyOptions({ color: colour("--p-accent") });
    for (const { line, text, api } of drawn.values()) api.applyOptions(lookOf(line, text));
    markers.setMarkers(marked.map(mark));
  };
  paint();

  return {
    show: (buckets) => {
      price.setData(buckets.map(mid));
      sides?.bid.setData(buckets.map(({ time, bid }) => valueAt(time, bid)));
      sides?.ask.setData(buckets.map(({ time, ask }) => valueAt(time, ask)));
      net?.setData(buckets.map((bucket) => valueAt(bucket.time, bucket.net)));
      position?.setData(buckets.map((bucket) => valueAt(bucket.time, bucket.position)));
      chart.timeScale().fitContent();
    },
    grow: (bucket) => {
      price.update(mid(bucket));
      sides?.bid.update(valueAt(bucket.time, bucket.bid));
      sides?.ask.update(valueAt(bucket.time, bucket.ask));
      net?.update(valueAt(bucket.time, bucket.net));
      position?.update(valueAt(bucket.time, bucket.position));
    },
    lines: (lines, textOf) => {
      const wanted = new Set(lines.map(({ key }) => key));
      for (const [key, { api }] of drawn)
        if (!wanted.has(key)) {
          price.removePriceLine(api);
          drawn.delete(key);
        }
      for (const line of lines) {
        const text = textOf(line);
        const before = drawn.get(line.key);
        if (before?.text === text) continue;
        if (before === undefined) drawn.set(line.key, { line, text, api: price.createPriceLine(lookOf(line, text)) });
        else {
          before.api.applyOptions({ title: text });
          drawn.set(line.key, { ...before, line, text });
        }
      }
    },
    marks: (marks) => {
      marked = marks;
      markers.setMarkers(marks.map(mark));
    },
    paint,
    remove: () => chart.remove(),
  };
}
