// Our own number of an order, a quote or a strategy, as the venue takes and gives it.
import * as z from "zod";

/** A client id: u32, a number on orders and a string on fills; missing and null both mean none. */
export const clientIdOrNull = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    if (value === undefined || value === null || value === "") return null;
    const number = typeof value === "number" || /^\d+$/.test(value) ? Number(value) : Number.NaN;
    return Number.isInteger(number) && number >= 0 && number <= 0xffff_ffff ? number : null;
  });

/** A client id in a request: 1 to 4294967295 (0 is untried at the venue, so it is refused here). */
export const clientIdParam = z.int().min(1).max(0xffff_ffff);
