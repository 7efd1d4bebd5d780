// What a sweep comes to, for a person, a program and a spreadsheet.
import type { Outcome, Space } from "@bp/backtest";
import { Big } from "@bp/core";
import { displayWidth, isShortRun, pad, shortRun } from "@bp/report";
import { type FoldResult, foldLine } from "./whole.ts";

const shownFigures = ["net", "maxDrawdown", "sharpe", "fees", "volume", "fills"] as const;

/** Lists of all parts, each with how many were tried and what of it may be luck. */
export function sweepText(results: readonly FoldResult[], space: Space, lines: readonly string[]): string {
  const isShort = results.some(({ ranking }) => ranking.rows.some(({ outcome }) => isShortTrial(outcome)));
  const headOf = (column: string) => (isShort && /\b(sharpe|sortino)\b/.test(column) ? `${column} †` : column);
  const blocks = results.map((result) => {
    const { ranking, tested, fold } = result;
    const head = [
      "#",
      ...nameList(space),
      ...columnsOf(space).map(headOf),
      ...(fold.test === undefined ? [] : [`${space.objective.text} on ${fold.test.name}`, "net there"]),
    ];
    const rows = ranking.rows.map(({ values, outcome, value }, at) => [
      String(at + 1),
      ...space.dimensions.map(({ path }) => String(values[path] ?? "")),
      ...cells(space, outcome, value),
      ...(fold.test === undefined ? [] : testCells(tested[at])),
    ]);
    return [foldLine(result), ...(rows.length === 0 ? [] : table([head, ...rows])), ...failures(result)].join("\n");
  });
  const sum = forward(results);
  const doubt = isShort ? [`† ${shortRun.en}`] : [];
  return [...blocks, ...(sum === undefined ? [] : [sum]), ...doubt, ...lines].join("\n\n");
}

/** Its ratios are a year's, and it is too short for that. */
function isShortTrial({ figures, returns }: Outcome): boolean {
  return isShortRun((figures["seconds"] ?? Number.NaN) * 1_000, returns);
}

function testCells(tested: FoldResult["tested"][number] | undefined): readonly string[] {
  if (tested === undefined) return ["", ""];
  return [
    numberText(tested.value),
    tested.outcome === undefined ? `failed: ${tested.failed ?? ""}` : moneyText(tested.outcome.net),
  ];
}

/** What walking forward earned where nothing was chosen. */
function forward(results: readonly FoldResult[]): string | undefined {
  if (results.length < 2) return undefined;
  const nets = results.flatMap(({ tested }) => (tested[0]?.outcome === undefined ? [] : [tested[0].outcome.net]));
  const missing = results.length - nets.length;
  const net = nets.reduce((sum, each) => sum.plus(each), new Big(0));
  const lost = missing === 0 ? "" : `; ${missing} without a result are not in it`;
  return `walked forward: net ${moneyText(net.toFixed())} over ${nets.length} tests of values chosen before each${lost}`;
}

function failures({ ranking }: FoldResult): readonly string[] {
  return ranking.failed === 0 ? [] : [`${ranking.failed} failed: why stands in --json and --csv`];
}

const nameList = ({ dimensions }: Space) =>
  dimensions.map(({ path }) => {
    const end = path.split(".").at(-1) ?? path;
    return dimensions.filter((each) => each.path.endsWith(`.${end}`)).length > 1 ? path : end;
  });

const isShown = (text: string) => (shownFigures as readonly string[]).includes(text);
const columnsOf = ({ objective }: Space) => [...(isShown(objective.text) ? [] : [objective.text]), ...shownFigures];

function cells(space: Space, { net, figures }: Outcome, value: number | undefined): readonly string[] {
  const figure = (name: string) => (name === "net" ? moneyText(net) : numberText(figures[name] ?? undefined));
  return [...(isShown(space.objective.text) ? [] : [numberText(value)]), ...shownFigures.map(figure)];
}

const moneyText = (text: string) => new Big(text).round(4).toFixed();
const numberText = (value: number | undefined) => (value === undefined ? "–" : String(Number(value.toPrecision(6))));

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => displayWidth(row[at] ?? ""))));
  return rows.map((row) => row.map((each, at) => pad(each, widths[at] ?? 0, "left")).join("  "));
}

/** The same for a program; trials that failed with their reasons are in the store and in `--csv`. */
export function sweepJson(
  results: readonly FoldResult[],
  about: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return {
    ...about,
    parts: results.map((result) => ({
      train: result.fold.train,
      test: result.fold.test ?? null,
      headline: foldLine(result),
      ...result.ranking,
      deflatedSharpe: result.ranking.deflatedSharpe ?? null,
      pbo: result.ranking.pbo ?? null,
      rows: result.ranking.rows.map(({ outcome, ...row }) => ({
        ...row,
        value: row.value ?? null,
        net: outcome.net,
        figures: outcome.figures,
      })),
      tested: result.tested.map(({ outcome, ...each }) => ({
        ...each,
        value: each.value ?? null,
        failed: each.failed ?? null,
        net: outcome?.net ?? null,
        figures: outcome?.figures ?? null,
      })),
    })),
  };
}
