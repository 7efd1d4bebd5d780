// Event `ACCOUNT_CONFIG_UPDATE` of a futures account: somebody has changed the leverage or a mode.
import { wholeNumber } from "@bp/adapter";
import * as z from "zod";
import { flagOrNull } from "../../wire/flag.ts";
import { symbol, time, timeOrNull } from "../fields.ts";

/** Either `ac` or `ai`. A bot must stop and look again when `ai.d` changes under it. */
export const accountConfigUpdate = z.object({
  e: z.literal("ACCOUNT_CONFIG_UPDATE"),
  E: time, // ms
  T: timeOrNull, // ms
  ac: z.object({ s: symbol, l: wholeNumber }).nullish(), // leverage of a market
  ai: z
    .object({
      j: flagOrNull, // several assets count as collateral
      f: flagOrNull, // fees are paid in the venue's token
      d: flagOrNull, // hedge mode: positions long and short side by side
    })
    .nullish(),
});
/** The leverage of a market (`ac`) or a mode of the account (`ai`) has changed. */
export type AccountConfigUpdate = z.infer<typeof accountConfigUpdate>;
