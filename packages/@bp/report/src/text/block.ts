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
/** Columns of a block, if its rows need no more. */
const narrowest = 72;

/** A title line of its own, for parts that draw their rows themselves. */
export function titleLine(title: string, aside: string | undefined, look: Look): string {
  return ruler(aside === undefined ? { title } : { title, aside }, narrowest, look);
}

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

function ruler({ title, aside }: Omit<Block, "rows">, width: number, look: Look): string {
  const end = aside === undefined ? "" : ` ${aside} ──`;
  const rest = Math.max(2, width - displayWidth(title) - displayWidth(end) - 4);
  return `${painted("──", "quiet", look)} ${painted(title, "title", look)} ${painted("─".repeat(rest) + end, "quiet", look)}`;
}

function drawRow(row: Row, label: number, columns: readonly Column[], look: Look): string {
  const head = `  ${painted(pad(capital(row.label), label, "right"), "key", look)}`;
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

/** Writes rows whose cells follow one another without columns: `  Orders   placed 4   cancelled 1`. */
export function drawLines(rows: readonly Row[], look: Look): string {
  const label = Math.max(0, ...rows.map((each) => displayWidth(each.label)));
  return rows
    .map((row) => {
      const head = `  ${painted(pad(capital(row.label), label, "right"), "key", look)}`;
      if ("note" in row) return `${head}${gap}${painted(row.note, row.tone, look)}`;
      const cells = row.cells.map(({ key, text, tone }) =>
        key === "" ? painted(text, tone, look) : `${painted(key, "key", look)} ${painted(text, tone, look)}`,
      );
      return [head, ...cells].join(gap);
    })
    .join("\n");
}

/** Writes a table under a row of headings: the first column to the left, the others to the right. */
export function drawTable(
  head: readonly string[],
  rows: readonly { readonly label: string; readonly cells: readonly (string | Omit<Cell, "key">)[] }[],
  look: Look,
): string {
  const texts = rows.map(({ label, cells }) => [
    capital(label),
    ...cells.map((each) => (typeof each === "string" ? each : each.text)),
  ]);
  const widths = head.map((cell, at) =>
    Math.max(displayWidth(cell), ...texts.map((row) => displayWidth(row[at] ?? ""))),
  );
  const placed = (text: string, at: number) => pad(text, widths[at] ?? 0, at === 0 ? "right" : "left");
  const first = `  ${[capital(head[0] ?? ""), ...head.slice(1)].map((cell, at) => painted(placed(cell, at), "key", look)).join(gap)}`;
  const others = rows.map(({ label, cells }) => {
    const line = cells.map((each, at) => {
      const { text, tone } = typeof each === "string" ? { text: each, tone: undefined } : each;
      return painted(placed(text, at + 1), tone, look);
    });
    return `  ${[painted(placed(capital(label), 0), "key", look), ...line].join(gap)}`;
  });
  return [first, ...others].join("\n");
}

/** Words are kept small and begin a line with a capital. */
function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
