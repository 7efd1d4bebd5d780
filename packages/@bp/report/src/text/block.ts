// Titled blocks of aligned rows.
import { type Look, painted, type Tone } from "./look.ts";
import { displayWidth, pad } from "./width.ts";

/** A value with the word before it: `bid 239.379`. */
export interface Cell {
  readonly key: string;
  readonly text: string;
  readonly tone?: Tone | undefined;
}

/** A line: what it is about, then its cells. A note stands alone, behind the label. */
export type Row =
  | { readonly label: string; readonly cells: readonly Cell[] }
  | { readonly label: string; readonly note: string; readonly tone: Tone };

/** Rows under a title. `aside` stands at the right end of the title's line. */
export interface Block {
  readonly title: string;
  readonly aside?: string;
  readonly rows: readonly Row[];
}

const gap = "   ";
const narrowest = 72;

/** Writes blocks below one another, with the same columns in all of them. No line ends in spaces. */
export function drawBlocks(blocks: readonly Block[], look: Look): string {
  const rows = blocks.flatMap((each) => each.rows);
  const label = Math.max(0, ...rows.map((each) => displayWidth(each.label)));
  const columns = columnsOf(rows);
  const wide = columns.reduce((sum, { key, text }) => sum + key + 1 + text + gap.length, 2 + label);
  const width = Math.max(narrowest, wide);
  return blocks
    .map((block) =>
      [ruler(block, width, look), ...block.rows.map((row) => drawRow(row, label, columns, look))].join("\n"),
    )
    .join("\n\n");
}

interface Column {
  readonly key: number;
  readonly text: number;
}

function columnsOf(rows: readonly Row[]): readonly Column[] {
  const columns: { key: number; text: number }[] = [];
  for (const row of rows) {
    if ("note" in row) continue;
    for (const [at, { key, text }] of row.cells.entries()) {
      const column = columns[at] ?? { key: 0, text: 0 };
      columns[at] = {
        key: Math.max(column.key, displayWidth(key)),
        text: Math.max(column.text, displayWidth(text)),
      };
    }
  }
  return columns;
}

function ruler({ title, aside }: Block, width: number, look: Look): string {
  const end = aside === undefined ? "" : ` ${aside} ──`;
  const rest = Math.max(2, width - displayWidth(title) - displayWidth(end) - 4);
  return `${painted("──", "quiet", look)} ${painted(title, "title", look)} ${painted("─".repeat(rest) + end, "quiet", look)}`;
}

function drawRow(row: Row, label: number, columns: readonly Column[], look: Look): string {
  const head = `  ${painted(pad(row.label, label, "right"), "key", look)}`;
  if ("note" in row) return `${head}${gap}${painted(row.note, row.tone, look)}`;
  const last = row.cells.length - 1;
  const cells = row.cells.map(({ key, text, tone }, at) => {
    const column = columns[at] ?? { key: 0, text: 0 };
    const before = column.key === 0 ? "" : `${painted(pad(key, column.key, "right"), "key", look)} `;
    const after = at === last ? "" : " ".repeat(Math.max(0, column.text - displayWidth(text)));
    return `${before}${painted(text, tone, look)}${after}`;
  });
  return [head, ...cells].join(gap).trimEnd();
}

/** Writes rows of cells as a table: the first column to the left, the others to the right. */
export function drawTable(rows: readonly (readonly string[])[], indent: string): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, displayWidth(cell));
  return rows
    .map((row) => indent + row.map((cell, at) => pad(cell, widths[at] ?? 0, at === 0 ? "right" : "left")).join(gap))
    .join("\n");
}
