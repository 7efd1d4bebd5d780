// What may be sent, as exchangeInfo tells it.
import { wholeNumber } from "@bp/adapter";
import * as z from "zod";

const rateLimit = z.object({
  rateLimitType: z.string(), // REQUEST_WEIGHT by address, ORDERS by account
  interval: z.string(), // MINUTE, SECOND
  intervalNum: wholeNumber,
  limit: wholeNumber,
});

/** Limits; none where the venue tells none. */
export const rateLimits = z
  .array(rateLimit)
  .nullish()
  .transform((list) => list ?? []);
