// POST /fapi/v3/multiAssetsMargin: whether several assets shall count as margin.
import * as z from "zod";
import { already, type Done, done } from "../../../wire/done.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** `true`: several assets. */
export const setMultiAssetsMarginParams = z.strictObject({ multiAssetsMargin: z.boolean() });
/** Parameters of `rest.account.setMultiAssetsMargin`. */
export type SetMultiAssetsMarginParams = z.infer<typeof setMultiAssetsMarginParams>;

/** `POST /fapi/v3/multiAssetsMargin`. -4171 (it is so already, told by others) is an answer: `changed` is false. */
export const setMultiAssetsMargin: AsterEndpoint<SetMultiAssetsMarginParams, Done> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/multiAssetsMargin",
  v1: "/fapi/v1/multiAssetsMargin",
  v3: "/fapi/v3/multiAssetsMargin",
  params: setMultiAssetsMarginParams,
  answer: done,
  lane: "read",
  weight: 1,
  instead: already("-4171", "No need to change Joint Margin setting."),
};
