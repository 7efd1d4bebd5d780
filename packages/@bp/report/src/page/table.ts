// Tables of the page.
import { type Html, html, nothing, type Part } from "./html.ts";

/** A cell; `tone` says whether it is good or bad, beside the sign that the text has. */
export type Cell = Part | { readonly cell: Part; readonly tone?: "gain" | "loss" | undefined; readonly wide?: boolean };

/** The tone of a number. */
export function toneOf(value: number | null | undefined): "gain" | "loss" | undefined {
  return value === null || value === undefined || value === 0 || Number.isNaN(value)
    ? undefined
    : value > 0
      ? "gain"
      : "loss";
}

/**
 * A table that scrolls by itself where a screen is narrow. The first column names its row.
 *
 * @param caption - what it is, for those who cannot see where it stands
 */
export function table(
  caption: Html,
  head: readonly Part[],
  rows: readonly (readonly Cell[])[],
  foot?: readonly Cell[],
): Html {
  const line = (cells: readonly Cell[]) =>
    html`<tr>${cells.map((each, at) => (at === 0 ? first(each) : other(each)))}</tr>`;
  return html`<div class="scroll" tabindex="0" role="region"><table><caption>${caption}</caption><thead><tr>${head.map((each) => html`<th scope="col">${each}</th>`)}</tr></thead><tbody>${rows.map(line)}</tbody>${foot === undefined ? nothing : html`<tfoot>${line(foot)}</tfoot>`}</table></div>`;
}

/** Something long that is there, but closed at first. */
export function folded(title: Part, content: Html): Html {
  return html`<details><summary>${title}</summary>${content}</details>`;
}

function first(cell: Cell): Html {
  return html`<th scope="row">${contentOf(cell)}</th>`;
}

function other(cell: Cell): Html {
  if (!isToned(cell)) return html`<td>${cell}</td>`;
  const names = [cell.tone, cell.wide === true ? "wide" : undefined].filter((each) => each !== undefined).join(" ");
  return names === "" ? html`<td>${cell.cell}</td>` : html`<td class="${names}">${cell.cell}</td>`;
}

type Toned = Exclude<Cell, Part>;
const isToned = (cell: Cell): cell is Toned => typeof cell === "object" && "cell" in cell;
const contentOf = (cell: Cell): Part => (isToned(cell) ? cell.cell : cell);
