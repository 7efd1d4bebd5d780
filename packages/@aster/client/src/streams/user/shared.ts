// What the account's streams of both services have.
import * as z from "zod";
import { timeOrNull } from "../fields.ts";

/** The key has expired: the connection stays open and says nothing any more. A new one is made without being asked. */
export const listenKeyExpired = z.object({
  e: z.literal("listenKeyExpired"),
  E: timeOrNull, // ms
});

/** Name of the account's stream here; at the venue it is the key. */
export const userStreamName = "user";
