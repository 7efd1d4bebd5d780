// Price with own orders, trades and levels; below it the net result and the position. Drawn outside of React.
import { memo, useEffect, useRef, useState } from "react";
import type { FillNow, Frame, History, MarketNow } from "../../contract/index.ts";
import { Nothing, PaneBox } from "../common/PaneBox.tsx";
import { fill, usePaneWords } from "../common/setting.tsx";
import { onTheme } from "../common/theme.ts";
import { useSlice } from "../common/useSlice.ts";
import { number } from "../format.ts";
import { wordFor } from "../system/words.ts";
import { bucketsOf, lastBucket, type RangeName, ranges, stepOf } from "./buckets.ts";
import { type ChartChoice, ChartTools } from "./ChartTools.tsx";
import { createDrawing, type Drawing } from "./drawing.ts";
import { LastPoints } from "./LastPoints.tsx";
import { type PriceLine, priceLines } from "./lines.ts";
import { marksOf } from "./marks.ts";
import { createPoints, type Points } from "./points.ts";

/** Which market, and what was before this page: `GET /api/bots/ID/history`, and all trades since. */
export interface ChartProps {
  readonly frame: Frame;
  readonly market: string;
  readonly history?: History | undefined;
  readonly fills: readonly FillNow[];
}

/** Nothing for a market that the frame does not have. */
export function Chart({ frame, market: id, history, fills }: ChartProps) {
  const [points] = useState(createPoints);
  const market = frame.markets.find((market) => market.id === id);
  const { tickSize, lotSize } = market ?? {};
  points.add(frame);
  const lines = useSlice(market === undefined ? [] : priceLines(market, frame.strategies));
  if (tickSize === undefined || lotSize === undefined) return null;
  return <Canvas {...{ id, tickSize, lotSize, lines, points, history, fills, beat: frame.at }} />;
}

interface CanvasProps {
  readonly id: string;
  readonly tickSize: MarketNow["tickSize"];
  readonly lotSize: MarketNow["lotSize"];
  readonly lines: readonly PriceLine[];
  readonly points: Points;
  readonly history: History | undefined;
  readonly fills: readonly FillNow[];
  /** Another one: something may be new. */
  readonly beat: number;
}

const Canvas = memo(function Canvas({ id, tickSize, lotSize, lines, points, history, fills, beat }: CanvasProps) {
  const words = usePaneWords();
  const place = useRef<HTMLElement>(null);
  const drawing = useRef<Drawing>(undefined);
  /** Beginning of the last span that is drawn. */
  const newest = useRef(0);
  const [range, setRange] = useState<RangeName>("15m");
  const [choice, setChoice] = useState<ChartChoice>({ kind: "line", net: true, position: false, levels: true });
  const { kind, net, position, levels } = choice;
  const step = stepOf(range, points.of(id));
  const from = fromOf(range, points, id);

  useEffect(() => {
    if (history !== undefined) points.load(history);
  }, [history, points]);

  useEffect(() => {
    if (place.current === null) return;
    const made = createDrawing(place.current, { kind, net, position, tickSize, lotSize });
    drawing.current = made;
    const unwatch = onTheme(() => made.paint());
    return () => {
      unwatch();
      made.remove();
      drawing.current = undefined;
    };
  }, [kind, net, position, tickSize, lotSize]);

  // another chart, or another past, is drawn from the beginning; `from` alone moves on
  useEffect(() => {
    const buckets = bucketsOf(points.of(id), step, from);
    newest.current = buckets.at(-1)?.time ?? 0;
    drawing.current?.show(buckets);
  }, [kind, net, position, tickSize, lotSize, id, range, step, history, points]);

  // the beat says that there is something new
  useEffect(() => {
    const bucket = lastBucket(points.of(id), step);
    if (bucket === undefined) return;
    // Frames were away for a while: the gap is drawn as one.
    if (bucket.time - newest.current > step) drawing.current?.show(bucketsOf(points.of(id), step, from));
    else drawing.current?.grow(bucket);
    newest.current = bucket.time;
  }, [beat]);

  // a new chart has none of them yet
  useEffect(() => {
    const text = ({ label, size }: PriceLine) =>
      `${wordFor(label, words)}${size === undefined ? "" : ` ${number(size)}`}`;
    drawing.current?.lines(levels ? lines : lines.filter(({ role }) => role === "buy" || role === "sell"), text);
  }, [lines, levels, words, kind, net, position, tickSize, lotSize]);

  // a new chart has none of them yet
  useEffect(() => {
    drawing.current?.marks(marksOf(fills, id, step, from));
  }, [fills, id, step, range, kind, net, position, tickSize, lotSize]);

  const isEmpty = points.of(id).length === 0;
  return (
    <PaneBox
      name="chart"
      title={`${words.chart} ${id}`}
      aside={<ChartTools range={range} choice={choice} onRange={setRange} onChoice={setChoice} />}
    >
      <figure ref={place} className="pane-canvas" aria-label={fill(words["chart.label"], { market: id })} />
      {isEmpty ? <Nothing>{words["chart.empty"]}</Nothing> : null}
      <LastPoints points={points} market={id} step={step} tickSize={tickSize} beat={Math.floor(beat / 2_000)} />
    </PaneBox>
  );
});

function fromOf(range: RangeName, points: Points, id: string): number {
  const newest = points.of(id).at(-1)?.at ?? 0;
  const seconds = ranges.find(({ name }) => name === range)?.seconds ?? Number.POSITIVE_INFINITY;
  return newest - seconds;
}
