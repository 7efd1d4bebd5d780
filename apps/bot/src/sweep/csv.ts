// Every trial of a sweep as a table for a spreadsheet.
import type { Space } from "@bp/backtest";
import type { KeptTrial } from "@bp/journal";
import { oneLine } from "../queue/said.ts";
import { figureNames } from "./outcome.ts";

/** A header, then a line for each trial, the failed ones with their reason. */
export function* csvLines(space: Space, trials: Iterable<KeptTrial>): Generator<string, void> {
  const paths = space.dimensions.map(({ path }) => path);
  yield ["key", "part", ...paths, "net", ...figureNames, "failed", "ms", "worker"].map(csvCell).join(",");
  for (const { key, part, values, outcome, failed, ms, worker } of trials) {
    const said = fieldsOf(values);
    const cells = [
      key,
      fieldsOf(part)["name"],
      ...paths.map((path) => said[path]),
      outcome?.net,
      ...figureNames.map((name) => outcome?.figures[name]),
      failed,
      Math.round(ms),
      worker,
    ];
    yield cells.map(csvCell).join(",");
  }
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A cell; text that a spreadsheet would take for a formula gets a mark before it, a number none. */
function csvCell(value: unknown): string {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return "";
  const text = typeof value === "string" ? oneLine(value) : String(value);
  const safe = typeof value === "string" && /^\s*[=@+-]/.test(text) && !decimal.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
