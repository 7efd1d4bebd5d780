// Titled tables and lists of the full text, of which long ones are cut.
import { plain } from "@bp/core";
import { drawTable, titleLine } from "../text/block.ts";
import type { Look } from "../text/look.ts";
import { words } from "./words.ts";

/** Rows of a table on a console. */
const mostRows = 40;

/** Rows of a table: what each is about, then its cells. */
export type Rows = readonly { readonly label: string; readonly cells: readonly string[] }[];

/** Makes blocks; what is empty is no block. Texts of others are cleaned of what would steer a terminal. */
export interface Blocks {
  readonly block: (title: string, head: readonly string[], rows: Rows, aside?: string) => readonly string[];
  /** A list, a line each. @param said - what stands for a text */
  readonly lines: (title: string, texts: readonly string[], said?: (text: string) => string) => readonly string[];
}

/** Blocks of one look. */
export function createBlocks(look: Look): Blocks {
  const cut = (all: number) => (all > mostRows ? [`  + ${all - mostRows} ${words.cut[look.language]}`] : []);
  return {
    block: (title, head, rows, aside) => {
      if (rows.length === 0) return [];
      const shown = rows
        .slice(0, mostRows)
        .map(({ label, cells }) => ({ label: plain(label), cells: cells.map(plain) }));
      return [[titleLine(title, aside, look), drawTable(head, shown, look), ...cut(rows.length)].join("\n")];
    },
    lines: (title, texts, said = (text) => text) => {
      if (texts.length === 0) return [];
      const shown = texts.slice(0, mostRows).map((each) => `  - ${plain(said(each))}`);
      return [[titleLine(title, undefined, look), ...shown, ...cut(texts.length)].join("\n")];
    },
  };
}
