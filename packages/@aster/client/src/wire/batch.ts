// An element of a batch answer: an order, or why there is none.
import * as z from "zod";
import { errorIn } from "./error.ts";
import { type FuturesOrder, futuresOrder } from "./order.ts";

/** The fate of one element of a batch, in the order of the request. */
export type BatchResult =
  | { readonly ok: true; readonly order: FuturesOrder }
  | { readonly ok: false; readonly code: number; readonly message: string };

/** An order, or `{ "code": -2022, "msg": … }`. */
export const batchResult: z.ZodType<BatchResult> = z.unknown().transform((value, context): BatchResult => {
  const error = errorIn(value);
  if (error !== undefined) return { ok: false, code: error.code, message: error.msg ?? "" };
  const found = futuresOrder.safeParse(value);
  if (found.success) return { ok: true, order: found.data };
  for (const issue of found.error.issues)
    context.issues.push({ code: "custom", message: issue.message, path: [...issue.path], input: value });
  return z.NEVER;
});
