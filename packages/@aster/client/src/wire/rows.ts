// Long lists whose rows stand by themselves: a row that cannot be read is left out and told, the others are used.
import * as z from "zod";

/** A row that was left out, and why. */
export interface Skipped {
  /** Its `symbol`, where it has one. */
  readonly symbol: string | null;
  /** Where in the row the trouble is. */
  readonly path: string;
  readonly expected: string;
}

/** Reads each row by itself. A list of which no row can be read is an error. */
export const readableRows = <S extends z.ZodType>(row: S) =>
  z.array(z.unknown()).transform((list, context): { rows: z.output<S>[]; skipped: Skipped[] } => {
    const rows: z.output<S>[] = [];
    const skipped: Skipped[] = [];
    for (const value of list) {
      const found = row.safeParse(value);
      if (found.success) rows.push(found.data);
      else skipped.push(whyNot(value, found.error));
    }
    const first = skipped[0];
    if (rows.length > 0 || first === undefined) return { rows, skipped };
    context.issues.push({ code: "custom", message: first.expected, path: [0, first.path], input: list[0] });
    return z.NEVER;
  });

function whyNot(value: unknown, error: z.ZodError): Skipped {
  const { symbol } = (value ?? {}) as { readonly symbol?: unknown }; // any value but null can be asked for a key
  const issue = error.issues[0];
  return {
    symbol: typeof symbol === "string" ? symbol : null,
    path: issue?.path.map(String).join(".") ?? "",
    expected: issue?.message ?? "something else",
  };
}
