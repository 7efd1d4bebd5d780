// The whole report for a console: what the page shows, as tables of text.
import { plain } from "@bp/core";
import type { Analysis } from "../analysis/analysis.ts";
import { chineseOf } from "../chinese/chinese.ts";
import { titleLine } from "../text/block.ts";
import type { Look } from "../text/look.ts";
import { createBlocks } from "./blocks.ts";
import { factLines } from "./facts.ts";
import { figureBlocks, markoutBlock, splitBlock } from "./figureBlocks.ts";
import { fixed, metricText, momentText, moneyText, percentText, signed } from "./numbers.ts";
import { namesOfKey } from "./parts/figures.ts";
import { words } from "./words.ts";

/** Everything that an analysis knows, in one text; long tables end after 40 rows and say so. */
export function fullText(analysis: Analysis, look: Look): string {
  const { meta, tables, months, drawdowns, funding, confidence } = analysis;
  const word = (key: keyof typeof words) => words[key][look.language];
  const said = (text: string) => (look.language === "zh" ? chineseOf(text) : text);
  const { block, lines } = createBlocks(look);
  return [
    `${titleLine(plain(meta.run), meta.mode, look)}\n  ${plain(meta.strategy ?? "")}  ${meta.markets.slice(0, 20).map(plain).join(" ")}\n  ${momentText(meta.from)} – ${momentText(meta.to)} UTC`,
    ...lines(word("lacks"), meta.lacks, said),
    ...lines(word("models"), meta.models, said),
    ...lines(word("about"), factLines(analysis, look)),
    ...splitBlock(analysis, look),
    ...markoutBlock(analysis, look),
    ...figureBlocks(analysis, look),
    ...tables.flatMap(({ by, rows }) =>
      block(
        word(by),
        [word(by), word("fills"), word("volume"), word("maker"), word("realized"), word("fees"), word("markout30")],
        rows.map((each) => ({
          label: each.key,
          cells: [
            fixed(each.fills, 0),
            fixed(each.volume, 2),
            percentText(each.makerShare, 1),
            signed(each.realized, 2),
            fixed(each.fees, 4),
            signed(each.markout30Bps, 3),
          ],
        })),
      ),
    ),
    ...block(
      word("months"),
      ["", word("profit"), word("return"), word("fills"), word("volume"), word("fees")],
      months.toReversed().map((each) => ({
        label: each.period,
        cells: [
          signed(each.profit, 2),
          percentText(each.return),
          fixed(each.fills, 0),
          fixed(each.volume, 2),
          fixed(each.fees, 4),
        ],
      })),
    ),
    ...block(
      word("drawdowns"),
      [word("from"), word("depth"), meta.quote, word("bottom"), word("to")],
      drawdowns.map((each) => ({
        label: momentText(each.from),
        cells: [
          metricText({ value: each.depth, unit: "fraction" }, meta.quote),
          signed(each.amount, 2),
          momentText(each.lowest),
          each.recovered === null ? word("notYet") : momentText(each.recovered),
        ],
      })),
    ),
    ...block(
      word("fundings"),
      [word("venue"), meta.quote, word("settlements")],
      funding.venues.map((each) => ({
        label: each.venue,
        cells: [moneyText(each.amount), fixed(each.settlements, 0)],
      })),
    ),
    ...block(
      word("confidence"),
      ["", word("value")],
      [
        { label: word("probabilistic"), cells: [percentText(confidence.probabilisticSharpe, 1)] },
        { label: word("deflated"), cells: [percentText(confidence.deflatedSharpe, 1)] },
        { label: word("pbo"), cells: [percentText(confidence.pbo, 1)] },
        ...confidence.intervals.map((each) => ({
          label: namesOfKey(each.key)[look.language],
          cells: [`${fixed(each.low, 4)} … ${fixed(each.high, 4)} (${percentText(each.level, 0)})`],
        })),
      ],
    ),
  ].join("\n\n");
}
