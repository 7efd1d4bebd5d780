// What a sweep comes to, for a person, a program and a spreadsheet.
import type { Outcome, Space } from "@bp/backtest";
import { displayWidth, isShortRun, pad, shortRun } from "@bp/report";
import { forwardText } from "./forward.ts";
import { type FoldResult, foldLine } from "./whole.ts";
import { moneyText, numberText, valueNames } from "./words.ts";

const shownFigures = ["net", "maxDrawdown", "sharpe", "fees", "volume", "fills"] as const;

/** Lists of all parts, each with how many were tried and what of it may be luck. */
export function sweepText(results: readonly FoldResult[], space: Space, lines: readonly string[]): string {
  const some = (isSo: (outcome: Outcome) => boolean) =>
    results.some(({ ranking }) => ranking.rows.some(({ outcome }) => isSo(outcome)));
  const isShort = some(isShortTrial);
  const headOf = (column: string) => (isShort && /\b(sharpe|sortino)\b/.test(column) ? `${column} †` : column);
  const blocks = results.map((result) => {
    const { ranking, tested, fold } = result;
    const head = [
      "#",
      ...valueNames(space),
      ...columnsOf(space).map(headOf),
      ...(fold.test === undefined ? [] : testColumns(space, fold.test.name)),
    ];
    const rows = ranking.rows.map(({ values, outcome, value }, at) => [
      `${at + 1}${isHalted(outcome) ? " ‡" : ""}`,
      ...space.dimensions.map(({ path }) => String(values[path] ?? "")),
      ...cells(space, outcome, value),
      ...(fold.test === undefined ? [] : testCells(space, tested[at])),
    ]);
    return [foldLine(result), ...(rows.length === 0 ? [] : table([head, ...rows])), ...failures(result)].join("\n");
  });
  const sum = forwardText(results, space);
  const doubt = [
    ...(isShort ? [`† ${shortRun.en}`] : []),
    ...(some(isHalted)
      ? ["‡ halted by a rule, or liquidated: what it earned, it earned before the end of the data"]
      : []),
  ];
  return [...blocks, ...(sum === undefined ? [] : [sum]), ...doubt, ...lines].join("\n\n");
}

/** Its ratios are a year's, and it is too short for that. */
function isShortTrial({ figures, returns }: Outcome): boolean {
  return isShortRun((figures["seconds"] ?? Number.NaN) * 1_000, returns);
}

/** It did not run to the end, so that its money is of another length of time. */
const isHalted = ({ figures }: Outcome): boolean => (figures["halted"] ?? 0) > 0;

const testColumns = ({ objective }: Space, name: string) =>
  objective.text === "net" ? [`net on ${name}`] : [`${objective.text} on ${name}`, "net there"];

function testCells({ objective }: Space, tested: FoldResult["tested"][number] | undefined): readonly string[] {
  const net = tested === undefined ? "" : tested.outcome === undefined ? "failed" : moneyText(tested.outcome.net);
  return objective.text === "net" ? [net] : [tested === undefined ? "" : numberText(tested.value), net];
}

function failures({ ranking }: FoldResult): readonly string[] {
  return ranking.failed === 0 ? [] : [`${ranking.failed} failed: why stands in --json and --csv`];
}

const isShown = (text: string) => (shownFigures as readonly string[]).includes(text);
const columnsOf = ({ objective }: Space) => [...(isShown(objective.text) ? [] : [objective.text]), ...shownFigures];

function cells(space: Space, { net, figures }: Outcome, value: number | undefined): readonly string[] {
  const figure = (name: string) => (name === "net" ? moneyText(net) : numberText(figures[name] ?? undefined));
  return [...(isShown(space.objective.text) ? [] : [numberText(value)]), ...shownFigures.map(figure)];
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => displayWidth(row[at] ?? ""))));
  return rows.map((row) => row.map((each, at) => pad(each, widths[at] ?? 0, "left")).join("  "));
}

/** Figures by name: one that was made now and one that the journal had kept are the same text. */
function inOrder({ figures }: Outcome): Outcome["figures"] {
  return Object.fromEntries(Object.entries(figures).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same for a program, to the byte the same whenever and wherever it was made; trials that failed with their reasons are in the store and in `--csv`. */
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
        figures: inOrder(outcome),
      })),
      tested: result.tested.map(({ outcome, ...each }) => ({
        ...each,
        value: each.value ?? null,
        failed: each.failed ?? null,
        net: outcome?.net ?? null,
        figures: outcome === undefined ? null : inOrder(outcome),
      })),
    })),
  };
}
