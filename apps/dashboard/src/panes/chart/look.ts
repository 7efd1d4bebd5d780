// How the chart looks and writes: the page's colours, numbers as everywhere, local time on the axis and UTC beside it.
import type { ChartOptions, DeepPartial, PriceFormatCustom, Time } from "lightweight-charts";
import { colourIn } from "../common/colour.ts";
import { clock, digitsOf, number, utc } from "../format.ts";

/** Which colour a line has, by its role. */
export function roleColour(role: string): string {
  return colours[role] ?? "--p-quiet";
}

const colours: Readonly<Record<string, string>> = {
  buy: "--p-buy",
  sell: "--p-sell",
  cost: "--p-ink",
  fair: "--p-accent",
  reservation: "--p-accent",
  "take-profit": "--p-good",
  target: "--p-good",
  "break-even": "--p-ink",
  "stop-loss": "--p-bad",
  floor: "--p-warn",
  liquidation: "--p-bad",
};

/** Everything that does not belong to a series. */
export function chartOptions(element: HTMLElement): DeepPartial<ChartOptions> {
  const [ink, line] = [colourIn(element, "--p-quiet"), colourIn(element, "--p-line")];
  return {
    autoSize: true,
    layout: {
      background: { color: "transparent" },
      textColor: ink,
      fontFamily: getComputedStyle(element).fontFamily,
      fontSize: 11,
      panes: { separatorColor: line, enableResize: true },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: line } },
    // A scale that grows and shrinks with its numbers has all canvases made anew each time.
    rightPriceScale: { borderVisible: false, minimumWidth: 72 },
    timeScale: {
      borderColor: line,
      timeVisible: true,
      secondsVisible: true,
      rightOffsetPixels: 72,
      tickMarkFormatter: axisTime,
    },
    // Named outright: the library throws on what some browsers have for a locale.
    localization: { locale: "en-US", timeFormatter: bothTimes },
  };
}

const millis = (time: Time): number => (typeof time === "number" ? time * 1_000 : Number.NaN);

function axisTime(time: Time): string {
  const at = millis(time);
  const text = clock(at);
  if (text === "00:00:00") return `${new Date(at).getMonth() + 1}-${new Date(at).getDate()}`;
  return text.endsWith(":00") ? text.slice(0, 5) : text;
}

const bothTimes = (time: Time): string => `${clock(millis(time), Date.now())} (${utc(millis(time)).slice(0, 19)} UTC)`;

/** Numbers with as many digits as `step` has. */
export function priceFormat(step: string): PriceFormatCustom {
  const places = digitsOf(step);
  return {
    type: "custom",
    minMove: Number(step) > 0 ? Number(step) : 0.01, // for the scale's own steps
    formatter: (value: number) => number(value.toFixed(places), { places }),
  };
}
