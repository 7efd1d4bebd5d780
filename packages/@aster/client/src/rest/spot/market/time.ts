// GET /api/v3/time: the venue's clock.
import { type Time, timeAnswer } from "../../../wire/clock.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** `GET /api/v3/time`, public. For signing use `skew`, which takes the way into account. */
export const time: AsterEndpoint<undefined, Time> = {
  service: "spot",
  security: "none",
  method: "GET",
  path: "/api/v3/time",
  v1: "/api/v1/time",
  v3: "/api/v3/time",
  answer: timeAnswer,
  lane: "read",
  weight: 1,
};
