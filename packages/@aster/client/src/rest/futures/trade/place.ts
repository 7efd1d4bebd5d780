// POST /fapi/v3/order: an order.
import * as z from "zod";
import { type FuturesOrder, futuresOrder } from "../../../wire/order.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { checkOrder, commonOrderFields, singleOrderFields } from "./orderParams.ts";

/** An order to be placed. Decimals are text and are signed as they stand here. */
export const placeParams = z.strictObject({ ...commonOrderFields, ...singleOrderFields }).superRefine(checkOrder);
/** Parameters of `rest.trade.place`: decimals are text, sizes base, prices quote per base. */
export type PlaceParams = z.infer<typeof placeParams>;

/**
 * `POST /fapi/v3/order`. Sent once: no answer, a 5xx, -1001, -1006, -1007 and an unreadable answer are `venue/unknown-outcome` or
 * `transport/*` with `retry: "unknown"`, and the order may stand: ask for it by its `newClientOrderId`. So is an answer to an order with
 * a `builder` that names no quantities (one page of the venue shows such a one).
 *
 * A post-only order (GTX) that would take is first NEW and at once EXPIRED; -5022 is told by others (doubtful). Never take NEW for resting.
 */
export const place: AsterEndpoint<PlaceParams, FuturesOrder> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/order",
  v1: "/fapi/v1/order",
  v3: "/fapi/v3/order",
  params: placeParams,
  answer: futuresOrder,
  lane: "trade",
  weight: 1,
  orders: 1,
};
