// A withdrawal, in the list and as the answer to a new one.
import { decimal, decimalOrNull, id, idOrNull } from "@bp/adapter";
import * as z from "zod";
import { open } from "./enums.ts";
import { utcText } from "./time.ts";

/** Amounts are in the asset. */
export const withdrawal = z.object({
  id,
  symbol: z.string(), // asset
  quantity: decimal,
  fee: decimal,
  status: open<
    | "confirmed"
    | "ownershipVerificationRequired"
    | "pending"
    | "recipientInformationProvided"
    | "recipientInformationRequired"
  >(), // `verifying` and `void` are known from the official client
  blockchain: z.string().nullish(), // `Solana`
  toAddress: z.string(),
  clientId: idOrNull, // text of our own, up to 255 characters
  identifier: z.string().nullish(),
  transactionHash: z.string().nullish(),
  createdAt: utcText, // UTC, no zone
  triggerAt: utcText.nullish(), // when the withdrawal delay ends; UTC, no zone
  isInternal: z.boolean().nullish(),
  subaccountId: z.number().nullish(),
  fiatFee: decimalOrNull,
  fiatState: z.string().nullish(),
  fiatSymbol: z.string().nullish(),
  providerId: idOrNull,
  bankName: z.string().nullish(),
  bankIdentifier: z.string().nullish(),
  accountIdentifier: z.string().nullish(),
});
/** A withdrawal: amounts in the asset, `createdAt` in UTC without a zone. */
export type Withdrawal = z.infer<typeof withdrawal>;
