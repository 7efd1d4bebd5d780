// A table of a system: cells and rungs as a lattice, cycles and legs as they come.
import { memo } from "react";
import type { SystemView, ViewCell, ViewTable } from "../../contract/index.ts";
import { Scroll } from "../common/Scroll.tsx";
import { usePaneWords } from "../common/setting.tsx";
import { number } from "../format.ts";
import { latticeOf } from "./lattice.ts";
import { cellOf, isFigure, wordFor } from "./words.ts";

interface SystemTableProps {
  readonly table: ViewTable;
  readonly view: Pick<SystemView, "levels" | "facts">;
}

/** Rows with tones; a row that begins with ▶ is where the price is. */
export const SystemTable = memo(function SystemTable({ table, view }: SystemTableProps) {
  const words = usePaneWords();
  const { title, columns, rows } = table;
  if (rows.length === 0) return null;
  const lattice =
    latticeOf(table, view) ?? rows.map((cells, index) => ({ kind: "row" as const, key: `row ${index}`, cells }));
  const figures = columns.map((_, index) => rows.every((row) => isFigureOrNothing(row[index])));
  return (
    <Scroll label={wordFor(title, words)}>
      <table className="pane-table pane-lattice">
        <caption>{wordFor(title, words)}</caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={column} scope="col" className={figures[index] ? "figure" : ""}>
                {wordFor(column, words)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lattice.map((row) =>
            row.kind === "level" ? (
              <tr key={row.key} className={`level ${row.role}`}>
                <th scope="row" colSpan={columns.length}>
                  <span>{wordFor(row.label, words)}</span> {number(row.price)}
                </th>
              </tr>
            ) : (
              <Row key={row.key} cells={row.cells} columns={columns} figures={figures} />
            ),
          )}
        </tbody>
      </table>
    </Scroll>
  );
});

interface RowProps {
  readonly cells: readonly ViewCell[];
  readonly columns: readonly string[];
  readonly figures: readonly boolean[];
}

const Row = memo(function Row({ cells, columns, figures }: RowProps) {
  const words = usePaneWords();
  const isNow = typeof cells[0] === "string" && cells[0].startsWith("▶");
  return (
    <tr className={isNow ? "now" : ""} aria-current={isNow ? "true" : undefined}>
      {columns.map((column, index) => {
        const { say, tone } = cellOf(cells[index] ?? "", words);
        const style = `${figures[index] ? "figure" : ""} ${tone}`;
        return index === 0 ? (
          <th key={column} scope="row" className={style}>
            {say}
          </th>
        ) : (
          <td key={column} className={style}>
            {say}
          </td>
        );
      })}
    </tr>
  );
});

const isFigureOrNothing = (cell: ViewCell | undefined): boolean =>
  cell === undefined || (typeof cell === "string" && (cell === "" || isFigure(cell)));
