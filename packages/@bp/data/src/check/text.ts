// A report on a tape for a person.
import type { MarketReport, Stretch, TapeReport } from "./report.ts";

const shown = 5; // of each list

/**
 * The report as lines; times are UTC. Lines that begin with `!` are what a person should look at.
 *
 * @param warned - whether something was wrong with the files already, in lines of their own; default false
 */
export function checkText(report: TapeReport, warned = false): string {
  const { rows, messages, span, markets, foreign, outOfOrder, lacks, digest, clean } = report;
  const lines = [
    span === undefined ? "nothing" : `${moment(span.from)} .. ${moment(span.to)}, ${duration(span.to - span.from)}`,
    `${whole(rows)} rows in ${whole(messages)} messages, digest ${digest.slice(0, 16)}`,
    ...(foreign > 0 ? [`! ${whole(foreign)} rows are of no market of the tape`] : []),
    ...(outOfOrder > 0 ? [`! ${whole(outOfOrder)} rows were received before the row above them`] : []),
    ...markets.flatMap(marketLines),
    ...lacks.map((each) => `cannot show: ${each}`),
    clean && !warned ? "nothing wrong was found" : "look at the lines that begin with !",
  ];
  return lines.join("\n");
}

function marketLines(each: MarketReport): readonly string[] {
  const { market, rows, candleMs, gaps, lostMs, crossed, missing, silences, repeated, backwards, impossible } = each;
  if (rows === 0) return [`${market}: nothing`];
  const holds = [
    counted(each.levels, "level changes"),
    counted(each.prints, "prints"),
    counted(each.marks, "marks"),
    counted(each.fundings, "funding rates"),
    candlesText(each.candles, candleMs),
  ].filter((text) => text !== "");
  return [
    `${market}: ${holds.join(", ")}; ${moment(each.from)} .. ${moment(each.to)}`,
    ...(gaps > 0 ? [`! ${whole(gaps)} gaps, the book is not known for ${duration(lostMs)}: ${list(each.gapsAt)}`] : []),
    ...(crossed > 0
      ? [`! crossed after ${whole(crossed)} messages: ${each.crossedAt.slice(0, shown).map(moment).join(", ")}`]
      : []),
    ...(missing > 0 ? [`! ${whole(missing)} candles are missing: ${list(each.silencesAt)}`] : []),
    ...(silences > 0 && missing === 0 ? [`! silent ${whole(silences)} times: ${list(each.silencesAt)}`] : []),
    ...(impossible > 0 ? [`! ${whole(impossible)} values that cannot be`] : []),
    ...(repeated > 0
      ? [`${each.candles > 0 ? "! " : ""}${whole(repeated)} messages equal the one before them in every value`]
      : []),
    ...(backwards > 0
      ? [`${whole(backwards)} times the venue's clock went back, by ${duration(each.backwardsMs)} at most`]
      : []),
  ];
}

/** One alone does not say how long it lasts. */
function candlesText(count: number, lengthMs: number): string {
  if (count === 1) return "1 candle";
  return lengthMs > 0 ? `${whole(count)} candles of ${duration(lengthMs)}` : counted(count, "candles");
}

const counted = (count: number, what: string) => (count > 0 ? `${whole(count)} ${what}` : "");
const whole = (count: number) => count.toLocaleString("en-US");
const moment = (ms: number) => new Date(ms).toISOString();

function list(stretches: readonly Stretch[]): string {
  const named = stretches
    .slice(0, shown)
    .map(({ from, to }) => `${moment(from)} ${to === undefined ? "to the end" : `for ${duration(to - from)}`}`);
  return `${named.join(", ")}${stretches.length > shown ? ", …" : ""}`;
}

function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Number((ms / 1_000).toFixed(1))} s`;
  if (ms < 7_200_000) return `${Number((ms / 60_000).toFixed(1))} min`;
  return ms < 172_800_000 ? `${Number((ms / 3_600_000).toFixed(1))} h` : `${Number((ms / 86_400_000).toFixed(1))} days`;
}
