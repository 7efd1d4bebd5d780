// GET /fapi/v3/time: the venue's clock.
import { type Time, timeAnswer } from "../../../wire/clock.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** `GET /fapi/v3/time`, public. For signing use `skew`, which takes the way into account. */
export const time: AsterEndpoint<undefined, Time> = {
  service: "futures",
  security: "none",
  method: "GET",
  path: "/fapi/v3/time",
  v1: "/fapi/v1/time",
  v3: "/fapi/v3/time",
  answer: timeAnswer,
  lane: "read",
  weight: 1,
};
