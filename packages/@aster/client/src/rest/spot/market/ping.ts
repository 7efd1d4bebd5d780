// GET /api/v3/ping: whether the venue answers.
import * as z from "zod";
import type { AsterEndpoint } from "../../endpoint.ts";

/** `GET /api/v3/ping`, public. */
export const ping: AsterEndpoint<undefined, unknown> = {
  service: "spot",
  security: "none",
  method: "GET",
  path: "/api/v3/ping",
  v1: "/api/v1/ping",
  v3: "/api/v3/ping",
  answer: z.object({}),
  lane: "read",
  weight: 1,
};
