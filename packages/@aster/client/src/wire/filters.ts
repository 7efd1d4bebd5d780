// Rules of a market as they stand on the wire; `filtersOf` makes sense of them.
import * as z from "zod";

/** One rule: a name and the fields of it, which differ between the services. */
export const filters = z.array(z.looseObject({ filterType: z.string() }));
/** A rule of a market, unread but for its name. */
export type Filter = z.infer<typeof filters>[number];

/** The order types of a market, under the key of the live servers or under the one of the documents. */
export const orderTypesOf = (row: {
  readonly orderTypes?: string[] | null | undefined;
  readonly OrderType?: string[] | null | undefined;
}): string[] => row.orderTypes ?? row.OrderType ?? [];
