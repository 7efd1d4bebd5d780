// The whole report for a console: what the page shows, as tables of text.
import { plain } from "@bp/core";
import type { Analysis } from "../analysis/analysis.ts";
import { drawTable, titleLine } from "../text/block.ts";
import type { Look } from "../text/look.ts";
import { fixed, lengthText, metricText, momentText, moneyText, percentText, signed } from "./numbers.ts";
import { groupNames, namesOf } from "./parts/figures.ts";
import { splitSum } from "./parts/split.ts";
import { words } from "./words.ts";

/** Rows of a table on a console. */
const mostRows = 40;

type Rows = readonly { readonly label: string; readonly cells: readonly string[] }[];

/** Everything that an analysis knows, in one text; long tables end after 40 rows and say so. */
export function fullText(analysis: Analysis, look: Look): string {
  const { meta, metrics, profit, markouts, tables, months, drawdowns, funding, confidence } = analysis;
  const word = (key: keyof typeof words) => words[key][look.language];
  const block = (title: string, head: readonly string[], rows: Rows, aside?: string) =>
    rows.length === 0
      ? []
      : [
          [
            titleLine(title, aside, look),
            drawTable(
              head,
              rows.slice(0, mostRows).map(({ label, cells }) => ({ label: plain(label), cells: cells.map(plain) })),
              look,
            ),
            ...(rows.length > mostRows ? [`  + ${rows.length - mostRows} ${word("cut")}`] : []),
          ].join("\n"),
        ];
  const lines = (title: string, texts: readonly string[]) =>
    texts.length === 0
      ? []
      : [
          [titleLine(title, undefined, look), ...texts.slice(0, mostRows).map((each) => `  - ${plain(each)}`)].join(
            "\n",
          ),
        ];
  const sums = profit.selection.map((each) => splitSum(profit, each));
  const [first] = sums;
  const adds = sums.every(({ difference }) => difference?.eq(0) === true);
  const split: Rows = [
    ...(first?.pieces ?? []).map((piece, nth) => ({
      label: word(piece.word),
      cells: sums.map(({ pieces }) => moneyText(pieces[nth]?.amount?.toFixed() ?? "")),
    })),
    { label: word("sum"), cells: sums.map(({ sum }) => moneyText(sum?.toFixed() ?? "")) },
    { label: word("equityChange"), cells: sums.map(() => moneyText(profit.equityChange)) },
  ];
  const horizons = [...new Set(markouts.map(({ horizonMs }) => horizonMs))];
  const markoutOf = (side: "both" | "buy" | "sell", horizon: number) =>
    markouts.find((each) => each.side === side && each.horizonMs === horizon);
  return [
    `${titleLine(plain(meta.run), meta.mode, look)}\n  ${plain(meta.strategy ?? "")}  ${meta.markets.slice(0, 20).map(plain).join(" ")}\n  ${momentText(meta.from)} – ${momentText(meta.to)} UTC`,
    ...lines(word("lacks"), meta.lacks),
    ...lines(word("models"), [
      ...meta.models,
      `${word("seed")}: ${meta.seed ?? "–"}`,
      `${word("digest")}: ${meta.dataDigest ?? "–"}`,
      `${word("trials")}: ${fixed(confidence.trials, 0)}`,
      `${word("capital")}: ${meta.capital.amount} ${meta.quote} (${meta.capital.from})`,
    ]),
    ...block(
      word("split"),
      [meta.quote, ...sums.map(({ horizonMs }) => `${word("after")} ${lengthText(horizonMs)}`)],
      split,
    ),
    ...(sums.length === 0
      ? []
      : [`  ${adds ? `✓ ${word("adds")}` : `✗ ${word("addsNot")} ${first?.difference?.toFixed() ?? "–"}`}`]),
    ...block(
      word("markouts"),
      [word("horizon"), word("all"), "±", word("buy"), word("sell"), word("fills")],
      horizons.map((each) => ({
        label: lengthText(each),
        cells: [
          signed(markoutOf("both", each)?.bps, 3),
          fixed(markoutOf("both", each)?.standardError, 3),
          signed(markoutOf("buy", each)?.bps, 3),
          signed(markoutOf("sell", each)?.bps, 3),
          fixed(markoutOf("both", each)?.fills, 0),
        ],
      })),
      "bps",
    ),
    ...Object.entries(groupNames).flatMap(([group, name]) => {
      const own = metrics.filter((each) => each.group === group);
      const hows = [...new Set(own.map(({ how }) => how))];
      const rows = own.map((each) => ({
        label: namesOf(each)[look.language],
        cells: [metricText(each, meta.quote), `[${hows.indexOf(each.how) + 1}]`],
      }));
      return block(name[look.language], [word("figure"), word("value"), ""], rows).map(
        (text) => `${text}\n${hows.map((how, nth) => `  [${nth + 1}] ${plain(how)}`).join("\n")}`,
      );
    }),
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
          percentText(each.depth),
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
          label: each.key,
          cells: [`${fixed(each.low, 4)} … ${fixed(each.high, 4)} (${percentText(each.level, 0)})`],
        })),
      ],
    ),
  ].join("\n\n");
}
