// GET /fapi/v3/builder: whom this account has allowed to take an extra fee.

import { decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import { orNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** A builder. */
export const builderAnswer = z.object({
  userAddress: orNull(z.string()),
  builderAddress: z.string(),
  maxFeeRate: decimalOrNull, // a fraction
  builderName: orNull(z.string()),
});
/** Somebody who may take an extra fee of orders that name him. */
export type Builder = z.infer<typeof builderAnswer>;

/** `GET /fapi/v3/builder`, agents (V3) only. */
export const builders: AsterEndpoint<undefined, Builder[]> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/builder",
  v3: "/fapi/v3/builder",
  answer: z.array(builderAnswer),
  lane: "read",
  weight: 1,
};
