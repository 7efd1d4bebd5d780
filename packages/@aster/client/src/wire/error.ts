// What the venue says when something went wrong.
import { wholeNumber } from "@bp/adapter";
import * as z from "zod";

/** Body of a refused call, and an element of a batch. A negative code is a failure at any HTTP status. */
export const errorBody = z.object({ code: wholeNumber, msg: z.string().nullish() });
/** A code such as -2011, and words for people that may change. */
export type ErrorBody = z.infer<typeof errorBody>;

/** The failure in a body, or `undefined`: success envelopes have a `code` too, 200. */
export function errorIn(value: unknown): ErrorBody | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const found = errorBody.safeParse(value);
  return found.success && found.data.code < 0 ? found.data : undefined;
}
