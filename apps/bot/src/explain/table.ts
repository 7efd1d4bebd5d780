// Rows of text in columns.
import { displayWidth } from "@bp/report";

/** Lines with aligned columns, two spaces apart; columns that are empty in all rows are left out, no line ends in spaces. */
export function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const count = Math.max(0, ...rows.map(({ length }) => length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(0, ...rows.map((row) => displayWidth(row[at] ?? ""))),
  );
  return rows.map((row) =>
    row
      .flatMap((cell, at) => {
        const width = widths[at] ?? 0;
        return width === 0 ? [] : [`${cell}${" ".repeat(width - displayWidth(cell))}`];
      })
      .join("  ")
      .trimEnd(),
  );
}
