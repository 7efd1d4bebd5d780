// What happens to a spot account.
import type { Stream } from "@bp/adapter";
import type * as z from "zod";
import { announcementUpdate } from "../announcement.ts";
import { type EventOf, eventOf } from "./events.ts";
import { executionReport } from "./executionReport.ts";
import { outboundAccountPosition } from "./outboundAccountPosition.ts";
import { listenKeyExpired, userStreamName } from "./shared.ts";

const schemas = {
  executionReport,
  outboundAccountPosition,
  listenKeyExpired,
  announcement: announcementUpdate,
};

/** Any event of a spot account, told apart by `e`. */
export type SpotUserEvent = EventOf<typeof schemas>;

/** Reads any event of a spot account. */
export const spotUserEvent: z.ZodType<SpotUserEvent> = eventOf(schemas);

/**
 * The account's stream.
 *
 * @see https://docs.asterdex.com (user data streams, spot)
 */
export function spotUser(): Stream<SpotUserEvent> {
  return { name: userStreamName, private: true, data: spotUserEvent };
}
