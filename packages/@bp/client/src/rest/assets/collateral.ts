// GET /api/v1/collateral: what each asset counts as collateral.
import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import { open } from "../../wire/enums.ts";
import { marginFunction } from "../../wire/margin.ts";
import type { Endpoint } from "../endpoint.ts";

/** Margin functions and haircut of one asset. All figures are fractions or factors. */
export const collateralParametersAnswer = z.object({
  symbol: z.string(), // an asset
  imfFunction: marginFunction, // initial margin
  mmfFunction: marginFunction, // maintenance margin
  haircutFunction: z
    .object({
      weight: decimal, // fraction of the value that counts
      kind: z.object({
        type: open<"identity" | "inverseSqrt">(),
        base: decimalOrNull, // inverseSqrt
        positiveCurvePenalty: decimalOrNull, // inverseSqrt
      }),
    })
    .nullish(),
});
/** What one asset counts as collateral. */
export type CollateralParameters = z.infer<typeof collateralParametersAnswer>;
const collateralListAnswer = z.array(collateralParametersAnswer);

/**
 * `GET /api/v1/collateral`, public.
 *
 * @see https://docs.backpack.exchange/#tag/Assets/operation/get_collateral_parameters
 */
export const collateral: Endpoint<undefined, CollateralParameters[]> = {
  method: "GET",
  path: "/api/v1/collateral",
  answer: collateralListAnswer,
  lane: "read",
};
