// GET /api/v1/time: the venue's clock.
import { millis } from "@bp/core";
import * as z from "zod";
import type { Endpoint } from "../endpoint.ts";

const timeAnswer = z
  .string()
  .regex(/^\s*\d{13}\s*$/, "expected milliseconds since 1970")
  .transform((text) => millis(Number(text)));

/**
 * `GET /api/v1/time`, public: milliseconds since 1970 as plain text.
 *
 * @see https://docs.backpack.exchange/#tag/System/operation/get_time
 */
export const time: Endpoint<undefined, z.infer<typeof timeAnswer>> = {
  method: "GET",
  path: "/api/v1/time",
  answer: timeAnswer,
  form: "text",
  lane: "read",
};
