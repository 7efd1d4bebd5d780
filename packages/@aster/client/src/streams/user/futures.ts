// What happens to a futures account.
import type { Stream } from "@bp/adapter";
import type * as z from "zod";
import { announcementUpdate } from "../announcement.ts";
import { accountConfigUpdate } from "./accountConfigUpdate.ts";
import { accountUpdate } from "./accountUpdate.ts";
import { type EventOf, eventOf } from "./events.ts";
import { marginCall } from "./marginCall.ts";
import { orderTradeUpdate } from "./orderTradeUpdate.ts";
import { listenKeyExpired, userStreamName } from "./shared.ts";

const schemas = {
  ORDER_TRADE_UPDATE: orderTradeUpdate,
  ACCOUNT_UPDATE: accountUpdate,
  MARGIN_CALL: marginCall,
  ACCOUNT_CONFIG_UPDATE: accountConfigUpdate,
  listenKeyExpired,
  announcement: announcementUpdate,
};

/** Any event of a futures account, told apart by `e`. */
export type FuturesUserEvent = EventOf<typeof schemas>;

/** Reads any event of a futures account. */
export const futuresUserEvent: z.ZodType<FuturesUserEvent> = eventOf(schemas);

/**
 * The account's stream.
 *
 * @see https://docs.asterdex.com (user data streams, futures)
 */
export function futuresUser(): Stream<FuturesUserEvent> {
  return { name: userStreamName, private: true, data: futuresUserEvent };
}
