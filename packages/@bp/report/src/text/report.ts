// The whole end report: as text for a person, as JSON for a program.
import { Big } from "@bp/core";
import type { Causes } from "../causes.ts";
import type { Figures } from "../figures.ts";
import { drawBlocks, drawTable } from "./block.ts";
import { finalBlock } from "./final.ts";
import { type Look, painted } from "./look.ts";
import { gain, money } from "./numbers.ts";
import { displayWidth } from "./width.ts";
import { type Words, wordsOf } from "./words.ts";

/** The final summary, where the profit came from, and the days. */
export function reportText(figures: Figures, look: Look, run?: string): string {
  const words = wordsOf(look);
  const parts = [
    drawBlocks([finalBlock(figures, words, run)], look),
    section(words.causes, causesTable(figures.causes, figures.quote, words), look),
  ];
  if (figures.days.length > 0) parts.push(section(words.days, daysTable(figures, words), look));
  return parts.join("\n\n");
}

/** The figures as JSON: money as decimal text, unknown as null, two spaces of indent. */
export function reportJson(figures: Figures, run?: string): string {
  return JSON.stringify({ ...(run === undefined ? {} : { run }), ...(plainOf(figures) as object) }, undefined, 2);
}

function causesTable(causes: Causes, quote: string, words: Words): string {
  const horizons = causes.selection;
  const same = (label: string, value: Big) => [label, ...horizons.map(() => gain(value).text)];
  const rows = [
    [quote, ...horizons.map(({ horizonMs }) => `${words.after} ${horizonMs / 1_000} s`)],
    same(words.spreadEarned, causes.spread),
    [words.adverse, ...horizons.map(({ adverse }) => gain(adverse.neg()).text)],
    [words.inventory, ...horizons.map(({ inventory }) => gain(inventory).text)],
    ...(causes.carried.eq(0) ? [] : [same(words.carried, causes.carried)]),
    same(words.fee, causes.fees.neg()),
    ...(causes.feeDrift.eq(0) ? [] : [same(words.feeDrift, causes.feeDrift)]),
    same(words.funding, causes.funding),
    same(words.equityChange, causes.equityChange),
  ];
  return drawTable(rows, "  ");
}

function daysTable({ days, quote }: Figures, words: Words): string {
  return drawTable(
    [
      [quote, words.trades, words.volume, words.realized, words.fee],
      ...days.map((each) => [
        each.day,
        String(each.fills),
        each.volume.toFixed(2),
        gain(each.realized).text,
        money(each.fees),
      ]),
    ],
    "  ",
  );
}

function section(title: string, body: string, look: Look): string {
  const rule = "─".repeat(Math.max(2, 72 - displayWidth(title) - 4));
  return `${painted("──", "quiet", look)} ${painted(title, "title", look)} ${painted(rule, "quiet", look)}\n${body}`;
}

function plainOf(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Big) return value.toFixed();
  if (value instanceof Map) return plainOf(Object.fromEntries(value));
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plainOf(each)]));
}
