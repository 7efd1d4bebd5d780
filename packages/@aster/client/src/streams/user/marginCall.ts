// Event `MARGIN_CALL` of a futures account. For information only: the position may be gone already.
import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import { marginType, positionSide } from "../../wire/enums.ts";
import { symbol, time } from "../fields.ts";

/** Positions whose margin is short. */
export const marginCall = z.object({
  e: z.literal("MARGIN_CALL"),
  E: time, // ms
  cw: decimalOrNull, // wallet that cross positions share; only where one of them is meant
  p: z.array(
    z.object({
      s: symbol,
      ps: positionSide.nullish(),
      pa: decimal, // size, base
      mt: marginType.nullish(),
      iw: decimalOrNull, // wallet of an isolated position
      mp: decimalOrNull, // mark price, quote per base
      up: decimalOrNull, // unrealised, quote
      mm: decimalOrNull, // maintenance margin needed, quote
    }),
  ),
});
/** Positions of a futures account whose margin is short. */
export type MarginCall = z.infer<typeof marginCall>;
