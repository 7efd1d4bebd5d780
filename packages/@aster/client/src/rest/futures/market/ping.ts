// GET /fapi/v3/ping: whether the venue answers.
import * as z from "zod";
import type { AsterEndpoint } from "../../endpoint.ts";

/** `GET /fapi/v3/ping`, public. */
export const ping: AsterEndpoint<undefined, unknown> = {
  service: "futures",
  security: "none",
  method: "GET",
  path: "/fapi/v3/ping",
  v1: "/fapi/v1/ping",
  v3: "/fapi/v3/ping",
  answer: z.object({}),
  lane: "read",
  weight: 1,
};
