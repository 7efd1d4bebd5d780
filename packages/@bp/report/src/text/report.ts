// The whole end report: as text for a person, as JSON for a program.
import { Big } from "@bp/core";
import type { Causes } from "../causes.ts";
import type { Figures } from "../figures.ts";
import { drawTable, titleLine } from "./block.ts";
import { finalText } from "./final.ts";
import type { Look } from "./look.ts";
import { gain, money } from "./numbers.ts";
import { type Words, wordsOf } from "./words.ts";

/** The final summary, where the profit came from, and the days. */
export function reportText(figures: Figures, look: Look, run?: string): string {
  const words = wordsOf(look);
  const parts = [
    finalText(figures, look, run),
    `${titleLine(words.causes, undefined, look)}\n${causesTable(figures.causes, figures.quote, words, look)}`,
  ];
  if (figures.days.length > 0)
    parts.push(`${titleLine(words.days, undefined, look)}\n${daysTable(figures, words, look)}`);
  return parts.join("\n\n");
}

/** The figures as JSON: money as decimal text, unknown as null, two spaces of indent. */
export function reportJson(figures: Figures, run?: string): string {
  return JSON.stringify(plainOf(run === undefined ? figures : { run, ...figures }), undefined, 2);
}

function causesTable(causes: Causes, quote: string, words: Words, look: Look): string {
  const { selection } = causes;
  const same = (label: string, value: Big) => ({ label, cells: selection.map(() => gain(value)) });
  const optional = (label: string, value: Big) => (value.eq(0) ? [] : [same(label, value)]);
  return drawTable(
    [quote, ...selection.map(({ horizonMs }) => `${words.after} ${horizonMs / 1_000} s`)],
    [
      same(words.spreadEarned, causes.spread),
      { label: words.adverse, cells: selection.map(({ adverse }) => gain(adverse.neg())) },
      { label: words.inventory, cells: selection.map(({ inventory }) => gain(inventory)) },
      ...optional(words.carried, causes.carried),
      same(words.fee, causes.fees.neg()),
      ...optional(words.feeDrift, causes.feeDrift),
      same(words.funding, causes.funding),
      same(words.equityChange, causes.equityChange),
    ],
    look,
  );
}

function daysTable({ days, quote }: Figures, words: Words, look: Look): string {
  return drawTable(
    [words.day, words.trades, `${words.volume} ${quote}`, words.realized, words.fee],
    days.map(({ day, fills, volume, realized, fees }) => ({
      label: day,
      cells: [String(fills), volume.toFixed(2), gain(realized), money(fees)],
    })),
    look,
  );
}

function plainOf(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Big) return value.toFixed();
  if (value instanceof Map) return plainOf(Object.fromEntries(value));
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plainOf(each)]));
}
