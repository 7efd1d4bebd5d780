// Reports as a table for people, and as plain data for programs.
import type { Figure, Goal, Report } from "./group.ts";
import { median, pairedRatio } from "./stats.ts";

/** One contender with everything that was worked out of its rounds. */
export interface Row {
  readonly group: string;
  readonly contender: string;
  readonly role: string;
  readonly figure: number;
  readonly unit: string;
  /** Own figure / that of the group's limit. */
  readonly limit: number | undefined;
  /** Own figure / that of the group's first peer. */
  readonly peer: number | undefined;
  readonly goals: readonly { readonly goal: string; readonly found: number; readonly met: boolean }[];
}

/** @throws Error for a goal against nobody: a mistake of the group */
export function rowsOf(group: string, { unit, figures }: Report): Row[] {
  const limit = figures.find((each) => each.role === "limit");
  const peer = figures.find((each) => each.role === "peer");
  const against = (figure: Figure, other: Figure | undefined) =>
    other === undefined || other === figure || figure.unit !== other.unit
      ? undefined
      : pairedRatio(figure.rounds, other.rounds);
  return figures.map((figure) => ({
    group,
    contender: figure.contender,
    role: figure.role,
    figure: median(figure.rounds),
    unit: figure.unit ?? unit,
    limit: against(figure, limit),
    peer: against(figure, peer),
    goals: (figure.goals ?? []).map((goal) => judge(goal, figure, figures)),
  }));
}

function judge(goal: Goal, figure: Figure, figures: readonly Figure[]): Row["goals"][number] {
  const { against, atLeast, atMost } = goal;
  const other = figures.find((each) => each.contender === against);
  if (against !== undefined && other === undefined) throw new Error(`${figure.contender}: no contender ${against}`);
  const found = other === undefined ? median(figure.rounds) : pairedRatio(figure.rounds, other.rounds);
  const met = (atLeast === undefined || found >= atLeast) && (atMost === undefined || found <= atMost);
  const bound = atMost === undefined ? `≥ ${short(atLeast ?? 0)}` : `≤ ${short(atMost)}`;
  return { goal: against === undefined ? bound : `${bound} × ${against}`, found, met };
}

const heads = ["contender", "figure", "× limit", "× peer", "goal", ""] as const;

/** Lines of a Markdown table. */
export function tableOf(rows: readonly Row[]): string[] {
  const cells = rows.map(({ contender, role, figure, unit, limit, peer, goals }) => [
    role === "ours" ? `**${contender}**` : role === "note" ? contender : `${contender} (${role})`,
    `${short(figure)} ${unit}`,
    limit === undefined ? "" : short(limit),
    peer === undefined ? "" : short(peer),
    goals.map(({ goal }) => goal).join(", "),
    goals.map(({ met, found }) => (met ? "met" : `missed (${short(found)})`)).join(", "),
  ]);
  const all = [heads, ...cells];
  const widths = heads.map((_, column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 0 || column > 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(" | ")} |`;
  const rule = `|${widths.map((width, column) => (column === 0 || column > 3 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(heads), rule, ...cells.map(line)];
}

/** Three digits that count: 44.3 k, 0.94, 1.25 M; whole numbers as they are. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return "–";
  if (size >= 1e6) return `${three(value / 1e6)} M`;
  if (size >= 1e4) return `${three(value / 1e3)} k`;
  return size >= 1_000 || Number.isInteger(value) ? value.toFixed(0) : three(value);
}

function three(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}
