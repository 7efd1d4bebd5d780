// POST /fapi/v3/order/test: an order that is checked and not placed.
import * as z from "zod";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type PlaceParams, placeParams } from "./place.ts";

/**
 * `POST /fapi/v3/order/test`. Not in the English documents: a dry run if it answers, nothing to depend on. What the answer says of an order
 * means nothing. Whether it counts as an order is not known: it is counted.
 */
export const test: AsterEndpoint<PlaceParams, Readonly<Record<string, unknown>>> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/order/test",
  v1: "/fapi/v1/order/test",
  v3: "/fapi/v3/order/test",
  params: placeParams,
  answer: z.looseObject({}),
  lane: "trade",
  weight: 1,
  orders: 1,
};
