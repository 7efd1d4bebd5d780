// Money between the futures and the spot wallet of one account, equal in both services.
import { decimalParam, id } from "@bp/adapter";
import * as z from "zod";

/** How much of what, and in which direction. */
export const transferParams = z.strictObject({
  amount: decimalParam,
  asset: z.string().min(1),
  /** Ours, below 64 characters, unique for 7 days: a repeat with the same one cannot move money twice. */
  clientTranId: z.string().regex(/^[A-Za-z0-9_-]{1,63}$/, "expected 1 to 63 of A-Z a-z 0-9 _ -"),
  kindType: z.enum(["FUTURE_SPOT", "SPOT_FUTURE"]),
});
/** Parameters of `rest.account.transfer`. */
export type TransferParams = z.infer<typeof transferParams>;

/** `duplicate`: this `clientTranId` was used in the last 7 days (-4115), so the transfer may have been made before: look. */
export type Transferred =
  | { readonly outcome: "done"; readonly tranId: string; readonly status: string }
  | { readonly outcome: "duplicate" };

/** `{ tranId, status: "SUCCESS" }`. */
export const transferAnswer = z
  .object({ tranId: id, status: z.string() })
  .transform(({ tranId, status }): Transferred => ({ outcome: "done", tranId, status }));

/** -4115 says that this id was used before. */
export const duplicateTransfer = ({
  code,
}: {
  readonly code: string | undefined;
}): { readonly answer: Transferred } | undefined =>
  code === "-4115" ? { answer: { outcome: "duplicate" } } : undefined;
