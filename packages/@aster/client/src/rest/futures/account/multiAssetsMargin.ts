// GET /fapi/v3/multiAssetsMargin: whether several assets count as margin.
import * as z from "zod";
import { flag } from "../../../wire/flag.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** `true`: several assets count, with haircuts; cross margin only. */
export const multiAssetsMarginAnswer = z.object({ multiAssetsMargin: flag });
/** `multiAssetsMargin` is true where several assets count as margin. */
export type MultiAssetsMargin = z.infer<typeof multiAssetsMarginAnswer>;

/** `GET /fapi/v3/multiAssetsMargin`. */
export const multiAssetsMargin: AsterEndpoint<undefined, MultiAssetsMargin> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/multiAssetsMargin",
  v1: "/fapi/v1/multiAssetsMargin",
  v3: "/fapi/v3/multiAssetsMargin",
  answer: multiAssetsMarginAnswer,
  lane: "read",
  weight: 30,
};
