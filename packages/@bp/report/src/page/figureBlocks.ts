// Of the full text: where the profit came from, what the mid did after fills, and every figure with what it is made of.
import { plain } from "@bp/core";
import type { Analysis } from "../analysis/analysis.ts";
import { chineseOf } from "../chinese/chinese.ts";
import type { Look } from "../text/look.ts";
import { createBlocks, type Rows } from "./blocks.ts";
import { caution, figureText, fixed, lengthText, moneyText, signed } from "./numbers.ts";
import { groupNames, namesOf } from "./parts/figures.ts";
import { splitSum } from "./parts/split.ts";
import { words } from "./words.ts";

/** The parts of the profit at every horizon, and whether they are the whole. */
export function splitBlock({ profit, meta }: Analysis, look: Look): readonly string[] {
  const word = (key: keyof typeof words) => words[key][look.language];
  const sums = profit.selection.map((each) => splitSum(profit, each));
  const [first] = sums;
  if (first === undefined) return [];
  const adds = sums.every(({ difference }) => difference?.eq(0) === true);
  const rows: Rows = [
    ...first.pieces.map((piece, nth) => ({
      label: word(piece.word),
      cells: sums.map(({ pieces }) => moneyText(pieces[nth]?.amount?.toFixed() ?? "")),
    })),
    { label: word("sum"), cells: sums.map(({ sum }) => moneyText(sum?.toFixed() ?? "")) },
    { label: word("equityChange"), cells: sums.map(() => moneyText(profit.equityChange)) },
  ];
  const head = [meta.quote, ...sums.map(({ horizonMs }) => `${word("after")} ${lengthText(horizonMs)}`)];
  return [
    ...createBlocks(look).block(word("split"), head, rows),
    `  ${adds ? `✓ ${word("adds")}` : `✗ ${word("addsNot")} ${first.difference?.toFixed() ?? "–"}`}`,
  ];
}

/** By horizon. */
export function markoutBlock({ markouts }: Analysis, look: Look): readonly string[] {
  const word = (key: keyof typeof words) => words[key][look.language];
  const horizons = [...new Set(markouts.map(({ horizonMs }) => horizonMs))];
  const of = (side: "both" | "buy" | "sell", horizon: number) =>
    markouts.find((each) => each.side === side && each.horizonMs === horizon);
  return createBlocks(look).block(
    word("markouts"),
    [word("horizon"), word("all"), "±", word("buy"), word("sell"), word("fills")],
    horizons.map((each) => ({
      label: lengthText(each),
      cells: [
        signed(of("both", each)?.bps, 3),
        fixed(of("both", each)?.standardError, 3),
        signed(of("buy", each)?.bps, 3),
        signed(of("sell", each)?.bps, 3),
        fixed(of("both", each)?.fills, 0),
      ],
    })),
    "bps",
  );
}

/** Group by group; below each what its figures are made of, by number. */
export function figureBlocks({ metrics, meta }: Analysis, look: Look): readonly string[] {
  const word = (key: keyof typeof words) => words[key][look.language];
  return Object.entries(groupNames).flatMap(([group, name]) => {
    const own = metrics.filter((each) => each.group === group);
    const hows = [...new Set(own.map(({ how }) => how))];
    const rows = own.map((each) => ({
      label: namesOf(each)[look.language],
      cells: [figureText(each, meta.quote), `[${hows.indexOf(each.how) + 1}]`],
    }));
    const notes = [
      ...(own.some((each) => each.caution !== undefined) ? [`  ${caution} ${word("tooShort")}`] : []),
      ...hows.map((how, nth) => `  [${nth + 1}] ${plain(look.language === "zh" ? chineseOf(how) : how)}`),
    ].join("\n");
    return createBlocks(look)
      .block(name[look.language], [word("figure"), word("value"), word("madeOf")], rows)
      .map((text) => `${text}\n${notes}`);
  });
}
