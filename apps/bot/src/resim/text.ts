// What a study found, as a person reads it.
import type { FillComparison, LatencyCurve, LatencyFit, QueueFit } from "@bp/backtest";
import { type Instrument, type Lots, plain, sizeText } from "@bp/core";
import { aligned } from "../explain/table.ts";
import type { Study } from "./study.ts";
import { type ResimWords, resimWords } from "./words.ts";

/** Most differences that are shown; all of them are in `--json`. */
const shownPairs = 10;

/** Lines. @param instruments - those of the run */
export function studyText(found: Study, instruments: readonly Instrument[], lang: "en" | "zh"): readonly string[] {
  const say = resimWords[lang];
  const { fills, byPrints, models, notSent, queue, latency } = found;
  const usual = Object.entries(models.upMs)
    .map(([venue, ms]) => `${venue} ${ms} ms`)
    .join(", ");
  const ways = models.ownTimes ? `${say.ownTimes} (${usual})` : usual;
  const columns = byPrints === undefined ? [fills] : [fills, byPrints];
  return [
    "",
    say.fills,
    ...aligned([
      ["", models.queue, byPrints === undefined ? "" : "prints"],
      ...rowsOf(say).map(([word, value]) => [word, ...columns.map(value)]),
    ]).map((line) => `  ${line}`),
    `  ${say.ways} ${ways}`,
    ...Object.entries(notSent).map(([why, count]) => `  ${say.notSent} ${count}: ${plain(why)}`),
    ...differences(fills, instruments, say),
    "",
    say.queue,
    ...queueLines(queue, found.leftOut, say).map((line) => `  ${line}`),
    "",
    say.latency,
    ...Object.entries(latency)
      .flatMap(([venue, fit]) => latencyLines(venue, fit, say))
      .map((line) => `  ${line}`),
    "",
    say.models,
    `  ${flagsOf(found).join(" ")}`,
  ];
}

/** Flags of `bot backtest` that say what was fitted. */
export function flagsOf({ queue, latency }: Pick<Study, "queue" | "latency">): readonly string[] {
  const [fit] = Object.values(latency);
  return [
    ...(queue.fitted ? ["--queue-model", queue.rival?.model ?? queue.model] : []),
    ...(fit?.flag === undefined ? [] : ["--latency", fit.flag]),
  ];
}

type Row = readonly [word: string, value: (fills: FillComparison) => string];

const rowsOf = (say: ResimWords): readonly Row[] => [
  [say.orders, ({ orders }) => String(orders)],
  [say.both, ({ both }) => String(both)],
  [say.onlyReal, ({ onlyReal }) => String(onlyReal)],
  [say.onlySimulated, ({ onlySimulated }) => String(onlySimulated)],
  [say.neither, ({ neither }) => String(neither)],
  [say.agreement, ({ agreement }) => percent(agreement)],
  [say.found, ({ found }) => percent(found)],
  [say.right, ({ right }) => percent(right)],
  [say.size, ({ realSize, simulatedSize }) => (realSize === 0 ? "-" : percent(simulatedSize / realSize))],
  [say.later, ({ laterMs }) => (laterMs === undefined ? "-" : `${laterMs.median} ms`)],
  [say.apart, ({ laterMs }) => (laterMs === undefined ? "-" : `${laterMs.medianAbsolute} ms`)],
  [say.otherPrice, ({ otherPrice }) => String(otherPrice)],
];

function differences(
  { pairs }: FillComparison,
  instruments: readonly Instrument[],
  say: ResimWords,
): readonly string[] {
  const apart = pairs.filter(({ outcome }) => outcome === "only-real" || outcome === "only-simulated");
  if (apart.length === 0) return [];
  const byId = new Map<string, Instrument>(instruments.map((each) => [each.id, each]));
  const lots = (id: string, size: number) => {
    const market = byId.get(id);
    return market === undefined ? String(size) : sizeText(market, size as Lots); // whole lots
  };
  return [
    `  ${say.first}`,
    ...aligned(
      apart
        .slice(0, shownPairs)
        .map(({ clientId, slot, side, instrument, real, simulated, refusal = "" }) => [
          String(clientId),
          slot,
          side,
          `${say.real} ${lots(instrument, real)}`,
          `${say.simulated} ${lots(instrument, simulated)}`,
          refusal,
        ]),
    ).map((line) => `    ${line}`),
    ...(apart.length > shownPairs ? [`    … ${apart.length - shownPairs}`] : []),
  ];
}

function queueLines(queue: QueueFit, leftOut: Study["leftOut"], say: ResimWords): readonly string[] {
  const { shared, gap, unseen } = leftOut;
  const left = [
    ...(shared === 0 ? [] : [`${shared} ${say.shared}`]),
    ...(gap === 0 ? [] : [`${gap} ${say.gap}`]),
    ...(unseen === 0 ? [] : [`${unseen} ${say.unseen}`]),
  ];
  const beside = left.length === 0 ? [] : [`${say.leftOut} ${left.join(", ")}`];
  if (!queue.fitted) return [`${say.notFitted} ${queue.why}`, ...beside];
  const { exponent, error, low, high, orders, filled, spread, rival } = queue;
  return [
    `n = ${exponent.toFixed(3)} ± ${error.toFixed(3)} (95 %: ${low.toFixed(2)} … ${high.toFixed(2)})`,
    `${say.from} ${orders}, ${say.filledOf} ${filled}; ${say.spread} ${spread}`,
    ...(rival === undefined ? [] : [`${say.rival} ${rival.model} (${rival.by.toFixed(1)})`]),
    ...beside,
  ];
}

function latencyLines(venue: string, fit: LatencyFit, say: ResimWords): readonly string[] {
  const row = (word: string, curve: LatencyCurve | undefined) => {
    if (curve === undefined) return [word, say.few];
    const { count, mean, error, quantiles } = curve;
    const at = (["p5", "p50", "p95", "p99"] as const).map((name) => `${name} ${ms(quantiles[name])}`);
    return [word, `${say.mean} ${ms(mean)} ± ${ms(error)}`, ...at, String(count)];
  };
  return [
    venue,
    ...aligned([
      row(say.place, fit.place),
      row(say.cancel, fit.cancel),
      row(say.round, fit.placeRound),
      row(say.account, fit.account),
      row(say.market, fit.market),
    ]).map((line) => `  ${line}`),
    ...(fit.clockMs === 0 ? [] : [`  ${say.clock} ${ms(fit.clockMs)} ms`]),
    ...(fit.drawnFlag === undefined ? [] : [`  ${say.drawn} --latency ${fit.drawnFlag}`]),
  ];
}

const ms = (value: number) => String(Number(value.toFixed(1)));
const percent = (share: number) => (Number.isFinite(share) ? `${(share * 100).toFixed(1)} %` : "-");
