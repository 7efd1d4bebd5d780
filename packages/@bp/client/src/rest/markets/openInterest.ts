// GET /api/v1/openInterest: how much is open in each market.
import { decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import { milliseconds } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";

/** Open interest of one market. */
export const openInterestAnswer = z.object({
  symbol: z.string(),
  openInterest: decimalOrNull, // base
  timestamp: milliseconds, // ms; one note says µs: `fromMillisOrMicros` reads both
});
/** Open interest of one market, base units. */
export type OpenInterest = z.infer<typeof openInterestAnswer>;
const openInterestsAnswer = z.array(openInterestAnswer);

/** Which markets: one or all. */
export const openInterestParams = z.strictObject({
  symbol: z.string().min(1).optional(),
});
/** Parameters of `rest.markets.openInterest`. */
export type OpenInterestParams = z.infer<typeof openInterestParams>;

/**
 * `GET /api/v1/openInterest`, public. Without a symbol it lists prediction markets too.
 *
 * @see https://docs.backpack.exchange/#tag/Markets/operation/get_open_interest
 */
export const openInterest: Endpoint<OpenInterestParams, OpenInterest[]> = {
  method: "GET",
  path: "/api/v1/openInterest",
  params: openInterestParams,
  answer: openInterestsAnswer,
  lane: "read",
};
