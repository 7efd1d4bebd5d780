// Event `ACCOUNT_UPDATE` of a futures account: balances and positions that have changed.
import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import { marginType, positionSide, wordOrNull } from "../../wire/enums.ts";
import { symbol, time, timeOrNull } from "../fields.ts";

/** Balances and positions that have changed. It does not come for orders that were placed or cancelled. */
export const accountUpdate = z.object({
  e: z.literal("ACCOUNT_UPDATE"),
  E: time, // ms
  T: timeOrNull, // ms
  a: z.object({
    m: wordOrNull, // reason: ORDER, FUNDING_FEE, DEPOSIT, ...; an open list
    B: z
      .array(
        z.object({
          a: z.string(), // asset
          wb: decimal, // wallet balance
          cw: decimalOrNull, // the part of it that cross positions share
          bc: decimalOrNull, // change other than by profit and commission; not the available balance
        }),
      )
      .nullish()
      .transform((value) => value ?? []),
    P: z
      .array(
        z.object({
          s: symbol,
          pa: decimal, // size, base; below 0: short; 0: closed
          ep: decimalOrNull, // entry price, quote per base
          cr: decimalOrNull, // realised so far, quote, before commissions
          up: decimalOrNull, // unrealised, quote
          mt: marginType.nullish(),
          iw: decimalOrNull, // wallet of an isolated position
          ps: positionSide.nullish(),
          ma: wordOrNull, // margin asset; seen live
        }),
      )
      .nullish()
      .transform((value) => value ?? []),
  }),
});
/** Balances and positions of a futures account that have changed, and why (`a.m`). */
export type AccountUpdate = z.infer<typeof accountUpdate>;
