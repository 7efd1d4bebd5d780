// A table whose rows stand at prices, highest first, with the prices that mean something between them.
import type { SystemView, Text, ViewCell, ViewTable } from "../../contract/index.ts";
import { compare, signOf } from "../decimal.ts";

/** A row of the table, or a price between its rows. `now`: where the market is. */
export type LatticeRow =
  | { readonly kind: "row"; readonly key: string; readonly cells: readonly ViewCell[] }
  | {
      readonly kind: "level";
      readonly key: string;
      readonly role: string;
      readonly label: string;
      readonly price: Text;
    };

const telling = new Set(["cost", "break-even", "take-profit", "stop-loss", "floor"]);

/** @returns `undefined` for a table without a column of prices: it is shown as it comes */
export function latticeOf(
  { columns, rows }: ViewTable,
  { levels, facts }: Pick<SystemView, "levels" | "facts">,
): readonly LatticeRow[] | undefined {
  const at = columns.indexOf("column.price");
  if (at < 0) return undefined;
  const priced: { readonly price: Text; readonly row: LatticeRow }[] = rows.map((cells, index) => {
    const cell = cells[at];
    return { price: typeof cell === "string" ? cell : "", row: { kind: "row", key: `row ${index}`, cells } };
  });
  if (priced.some(({ price }) => signOf(price) === undefined)) return undefined;
  const seen = new Set<string>();
  const put = (role: string, label: string, price: Text) => {
    const key = `${role} ${price}`;
    if (!seen.has(key)) priced.push({ price, row: { kind: "level", key, role, label, price } });
    seen.add(key);
  };
  for (const { role, label, price } of levels) if (telling.has(role)) put(role, label, price);
  const now = facts.find(({ label }) => label === "fact.price")?.value;
  if (signOf(now) === 1 && now !== undefined) put("now", "system.now", now);
  return priced.toSorted((a, b) => compare(b.price, a.price)).map(({ row }) => row);
}

/** What a maker holds between its limits, each as a share of the hard limit. */
export interface Gauge {
  /** -1 to 1; beyond the limit it stands at the end. */
  readonly held: number;
  /** Where reducing begins, 0 to 1. */
  readonly line: number;
}

/** @returns `undefined` where the view tells no limit */
export function gaugeOf(facts: SystemView["facts"]): Gauge | undefined {
  const of = (label: string) => Number(facts.find((fact) => fact.label === label)?.value); // for drawing
  const [held, line, cap] = [of("fact.inventory"), of("fact.line"), of("fact.cap")];
  if (!(cap > 0) || !Number.isFinite(held)) return undefined;
  return { held: Math.max(-1, Math.min(1, held / cap)), line: Number.isFinite(line) ? Math.min(1, line / cap) : 1 };
}
