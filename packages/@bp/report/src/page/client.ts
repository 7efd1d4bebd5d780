// What runs in the page itself. Written into it as text, so it must need nothing of this file but itself.

import type { Document, Element, Happening, Plot, PlotMaker } from "./browser.ts";

declare const document: Document;
declare const uPlot: PlotMaker;
declare const devicePixelRatio: number;
declare const ResizeObserver: new (seen: () => void) => { observe(element: Element): void };
declare function addEventListener(type: string, listener: (event: Happening) => void, capture?: boolean): void;
declare function matchMedia(query: string): { addEventListener(type: "change", listener: () => void): void };
declare function getComputedStyle(element: Element): { getPropertyValue(name: string): string };

interface Drawn {
  readonly id: string;
  readonly title: { en: string; zh: string };
  readonly unit: string;
  readonly across: "time" | "log";
  readonly at: number[];
  readonly lines: readonly {
    readonly name: { en: string; zh: string };
    readonly value: (number | null)[];
    readonly kind?: string;
    readonly colour: number;
    readonly error?: (number | null)[];
  }[];
  readonly marks?: { at: number[]; value: number[]; side: number[]; maker: number[] };
}

/** Draws the charts, and again when language, colours, width or paper change. */
export function startPage(): void {
  const root = document.documentElement;
  const charts = new Map<string, Drawn>();
  const plots = new Map<Element, Plot>();
  const summed = (steps: number[]) => {
    let sum = 0;
    return steps.map((each) => (sum += each));
  };
  const parsed: Drawn[] = JSON.parse(document.getElementById("data")?.textContent ?? "[]");
  for (const chart of parsed)
    charts.set(chart.id, {
      ...chart,
      at: summed(chart.at),
      ...(chart.marks === undefined ? {} : { marks: { ...chart.marks, at: summed(chart.marks.at) } }),
    });
  const language = () => (document.querySelector("#lang-zh:checked") === null ? "en" : "zh");
  const colourOf = (name: string) => getComputedStyle(root).getPropertyValue(name).trim();
  const digits = (value: number) => String(Number(value.toPrecision(6)));
  const length = (ms: number) =>
    ms >= 60_000 ? `${digits(ms / 60_000)} min` : ms >= 1_000 ? `${digits(ms / 1_000)} s` : `${digits(ms)} ms`;

  /** A sheet of A4 or Letter between its margins: before printing nobody can measure it. */
  const widthOf = (place: Element) => (root.classList.contains("paper") ? 640 : Math.max(240, place.clientWidth));

  const over = (chart: Drawn) => (plot: Plot) => {
    const { ctx, bbox } = plot;
    const scale = devicePixelRatio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.lineWidth = 1.5 * scale;
    const zero = plot.valToPos(0, "y", true);
    if (zero > bbox.top && zero < bbox.top + bbox.height) {
      ctx.strokeStyle = colourOf("--quiet");
      ctx.setLineDash([4 * scale, 4 * scale]);
      ctx.beginPath();
      ctx.moveTo(bbox.left, zero);
      ctx.lineTo(bbox.left + bbox.width, zero);
      ctx.stroke();
      ctx.setLineDash([]);
    }
    for (const line of chart.lines)
      for (const [place, half] of (line.error ?? []).entries()) {
        const value = line.value[place];
        if (half === null || value === null || value === undefined) continue;
        const x = plot.valToPos(chart.at[place] ?? 0, "x", true);
        const [low, high] = [plot.valToPos(value - half, "y", true), plot.valToPos(value + half, "y", true)];
        ctx.strokeStyle = colourOf(`--line-${line.colour}`);
        ctx.beginPath();
        ctx.moveTo(x, low);
        ctx.lineTo(x, high);
        for (const end of [low, high]) {
          ctx.moveTo(x - 5 * scale, end);
          ctx.lineTo(x + 5 * scale, end);
        }
        ctx.stroke();
      }
    const { marks } = chart;
    for (const [nth, at] of (marks?.at ?? []).entries()) {
      const up = marks?.side[nth] === 1;
      const x = plot.valToPos(at / 1_000, "x", true);
      const y = plot.valToPos(marks?.value[nth] ?? 0, "y", true);
      const size = (up ? 5 : -5) * scale;
      ctx.strokeStyle = ctx.fillStyle = colourOf(up ? "--gain" : "--loss");
      ctx.beginPath();
      ctx.moveTo(x, y);
      ctx.lineTo(x - 4 * scale, y + size * 1.6);
      ctx.lineTo(x + 4 * scale, y + size * 1.6);
      ctx.closePath();
      if (marks?.maker[nth] === 1) ctx.fill();
      ctx.stroke();
    }
    ctx.restore();
  };

  /** The labels of an axis of time, UTC: as much of the moment as the distance of the ticks needs, the day where it changes. */
  const moments = (_: Plot, ticks: readonly number[], _axis: number, _space: number, step: number) => {
    let day = "";
    return ticks.map((tick) => {
      const text = new Date(tick * 1_000).toISOString();
      const [today, hour] = [text.slice(0, 10), text.slice(11, step >= 60 ? 16 : 19)];
      const isNew = today !== day;
      day = today;
      if (step >= 86_400) return today.slice(step >= 28 * 86_400 ? 0 : 5, step >= 28 * 86_400 ? 7 : 10);
      return isNew ? `${hour}\n${today}` : hour;
    });
  };

  const draw = (place: Element) => {
    const chart = charts.get(place.dataset["chart"] ?? "");
    if (chart === undefined) return;
    plots.get(place)?.destroy();
    const speak = language();
    const time = chart.across === "time";
    const ink = colourOf("--ink-2");
    const axis = {
      stroke: ink,
      grid: { stroke: colourOf("--grid"), width: 1 },
      ticks: { stroke: colourOf("--grid"), width: 1 },
    };
    const spread = chart.lines.flatMap(({ value, error }) =>
      value.flatMap((each, nth) => (each === null ? [] : [each - (error?.[nth] ?? 0), each + (error?.[nth] ?? 0)])),
    );
    const all = spread.concat(chart.marks?.value ?? []);
    const low = all.reduce((a, b) => Math.min(a, b), Infinity);
    const high = all.reduce((a, b) => Math.max(a, b), -Infinity);
    const whole = chart.marks !== undefined || chart.across === "log"; // what is drawn over the lines must fit too
    const span = (from: number | null, to: number | null): [number, number] => {
      const [bottom, top] = whole || from === null || to === null ? [low, high] : [from, to];
      if (!(bottom <= top)) return [0, 1];
      const room = (top - bottom) * 0.06 || Math.abs(top) * 0.01 || 1;
      return [bottom - room, top + room];
    };
    const options = {
      width: widthOf(place),
      height: chart.marks === undefined ? 240 : 320,
      padding: [null, 32, null, null], // the last moment of an axis stands half beyond it
      tzDate: (ts: number) => uPlot.tzDate(new Date(ts * 1_000), "Etc/UTC"),
      cursor: { sync: time ? { key: "time" } : undefined, drag: { x: time, y: false } },
      scales: {
        x: time ? { time: true } : { time: false, distr: 3, log: 10 },
        y: { range: (_: Plot, from: number | null, to: number | null) => span(from, to) },
      },
      axes: [
        {
          ...axis,
          ...(time
            ? { values: moments, space: 70 } // wider than an hour with its seconds
            : {
                splits: () => chart.at,
                filter: (_: Plot, ticks: number[]) => ticks,
                values: (_: Plot, ticks: number[]) => ticks.map(length),
              }),
        },
        {
          ...axis,
          size: 76,
          values: (_: Plot, ticks: number[]) => ticks.map((each) => `${digits(each)}${chart.unit === "%" ? " %" : ""}`),
        },
      ],
      series: [
        {
          label: speak === "zh" ? (time ? "時間" : "成交後") : time ? "time" : "after",
          value: (_: Plot, at: number | null) =>
            at === null ? "–" : time ? new Date(at * 1_000).toISOString().slice(0, 19).replace("T", " ") : length(at),
        },
        ...chart.lines.map((line) => ({
          label: line.name[speak],
          stroke: colourOf(`--line-${line.colour}`),
          width: line.colour === 4 ? 1 : 1.75,
          dash: chart.lines.length === 1 ? undefined : [undefined, undefined, [8, 4], [2, 3], [6, 3]][line.colour],
          spanGaps: true,
          fill: line.kind === "area" ? colourOf("--fill") : undefined,
          paths: line.kind === "step" ? uPlot.paths.stepped({ align: 1 }) : undefined,
          points: { show: !time, size: 7 },
          value: (_: Plot, value: number | null) =>
            value === null || value === undefined ? "–" : `${digits(value)} ${chart.unit}`,
        })),
      ],
      hooks: { draw: [over(chart)] },
    };
    const data = [time ? chart.at.map((each) => each / 1_000) : chart.at, ...chart.lines.map(({ value }) => value)];
    const plot = new uPlot(options, data, place);
    plots.set(place, plot);
    place.setAttribute("aria-label", (speak === "zh" ? place.dataset["zh"] : place.dataset["en"]) ?? "");
    place.dataset["drawn"] = speak;
  };
  const places = () => [...document.querySelectorAll("[data-chart]")];
  const drawAll = () => {
    root.lang = language() === "zh" ? "zh-Hant" : "en";
    document.title =
      document.querySelector(`[data-title-${language()}]`)?.getAttribute(`data-title-${language()}`) ?? document.title;
    for (const place of places()) if (place.clientWidth > 0) draw(place);
  };

  const onKey = (event: Happening) => {
    const place = (event.target as Element | null)?.closest?.("[data-chart]"); // a key is pressed in an element
    const plot = place === null || place === undefined ? undefined : plots.get(place);
    const xs = plot?.data[0];
    if (plot === undefined || xs === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const [first, last] = [xs[0] ?? 0, xs.at(-1) ?? 0];
    const { min = first, max = last } = plot.scales.x;
    const shown = xs.flatMap((each, nth) => (each !== null && each >= min && each <= max ? [nth] : []));
    const move = (by: number) => {
      const now = plot.cursor.idx ?? (by > 0 ? (shown[0] ?? 0) - 1 : (shown.at(-1) ?? 0) + 1);
      const by100 = Math.max(1, Math.round(shown.length / 100)) * by;
      const to = Math.min(shown.at(-1) ?? 0, Math.max(shown[0] ?? 0, now + by100));
      plot.setCursor({ left: plot.valToPos(xs[to] ?? 0, "x"), top: 20 });
    };
    const zoom = (times: number) => {
      const middle = xs[plot.cursor.idx ?? -1] ?? (min + max) / 2;
      plot.setScale("x", {
        min: Math.max(first, middle - (middle - min) * times),
        max: Math.min(last, middle + (max - middle) * times),
      });
    };
    if (event.key === "ArrowRight") move(1);
    else if (event.key === "ArrowLeft") move(-1);
    else if (event.key === "+" || event.key === "=") zoom(0.5);
    else if (event.key === "-") zoom(2);
    else if (event.key === "Escape") plot.setScale("x", { min: first, max: last });
    else return;
    event.preventDefault();
  };

  drawAll();
  addEventListener("keydown", onKey);
  addEventListener("change", (event) => {
    if ((event.target as Element | null)?.matches?.("[name=lang],[name=theme]") === true) drawAll(); // inputs change
  });
  addEventListener("toggle", drawAll, true);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  const onPaper = (is: boolean) => {
    root.classList.toggle("paper", is);
    drawAll();
  };
  addEventListener("beforeprint", () => onPaper(true));
  addEventListener("afterprint", () => onPaper(false));
  new ResizeObserver(() => {
    for (const place of places()) {
      const width = plots.get(place)?.root.clientWidth ?? 0;
      if (place.clientWidth > 0 && Math.abs(width - widthOf(place)) > 1) draw(place);
    }
  }).observe(document.body);
}
