// How long withdrawals are held back: what is asked for, and what is so.
import * as z from "zod";
import { utcText } from "./time.ts";

/** Now, and what it is going to be. */
export const withdrawalDelayAnswer = z.object({
  currentWithdrawalDelayHours: z.number().nullish(), // hours
  pendingWithdrawalDelayHours: z.number().nullish(), // hours
  pendingWithdrawalDelayHoursEnabledAt: utcText.nullish(), // from when on; UTC, no zone
});
/** How long withdrawals are held back, hours. */
export type WithdrawalDelay = z.infer<typeof withdrawalDelayAnswer>;

/** The delay that is wished for. */
export const withdrawalDelayParams = z.strictObject({
  /** Hours. */
  withdrawalDelayHours: z.int().min(0).max(0xffff_ffff),
  twoFactorToken: z.string().min(1),
});
/** Parameters of `rest.capital.createWithdrawalDelay` and `rest.capital.updateWithdrawalDelay`. */
export type WithdrawalDelayParams = z.infer<typeof withdrawalDelayParams>;
