// GET /api/v1/ping: is anybody there.
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

/**
 * `GET /api/v1/ping`, public: the text `pong`.
 *
 * @see https://docs.backpack.exchange/#tag/System/operation/ping
 */
export const ping: Endpoint<undefined, string> = {
  method: "GET",
  path: "/api/v1/ping",
  answer: z.string(),
  form: "text",
  lane: "read",
};
