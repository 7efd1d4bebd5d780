// An element of a batch answer: an order, or why there is none.
import type { Retry } from "@bp/core";
import * as z from "zod";
import { failureOf, hidden } from "../failure.ts";
import { errorIn } from "./error.ts";
import { type FuturesOrder, futuresOrder } from "./order.ts";

/**
 * The fate of one element of a batch, in the order of the request. `retry` of one that failed: with `unknown` it may have been done all the
 * same (-1000, -1001, -1006, -1007, a nonce); ask before it is sent again.
 */
export type BatchResult =
  | { readonly ok: true; readonly order: FuturesOrder }
  | { readonly ok: false; readonly code: number; readonly message: string; readonly retry: Retry };

/** An order, or `{ "code": -2022, "msg": … }`. */
export const batchResult: z.ZodType<BatchResult> = z.unknown().transform((value, context): BatchResult => {
  const error = errorIn(value);
  if (error !== undefined) {
    const { code, msg } = error;
    return {
      ok: false,
      code,
      message: hidden(msg ?? ""),
      retry: failureOf({ status: 400, code, message: msg ?? "" }, "orders", "aster-futures").retry,
    };
  }
  const found = futuresOrder.safeParse(value);
  if (found.success) return { ok: true, order: found.data };
  for (const issue of found.error.issues)
    context.issues.push({ code: "custom", message: issue.message, path: [...issue.path], input: value });
  return z.NEVER;
});
