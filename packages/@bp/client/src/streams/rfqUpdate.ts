// Stream `account.rfqUpdate`: requests for quotes, and the quotes for them.

import { decimalOrNull, id, idOrNull, type Stream } from "@bp/adapter";
import * as z from "zod";
import { clientIdOrNull } from "../wire/clientId.ts";
import * as words from "../wire/enums.ts";
import { microseconds, milliseconds } from "../wire/time.ts";

/**
 * What happened. `rfqActive` goes to everybody who listens; `rfqAccepted`, `rfqRefreshed`, `rfqCancelled` and `rfqCandidate` to who
 * asked; `rfqFilled` to both; `quoteAccepted` and `quoteCancelled` to who quoted, and `rfqAcceptedBinding` too, where the settlement
 * is deferred.
 */
export type RfqUpdateEvent =
  | "rfqActive"
  | "rfqAccepted"
  | "rfqAcceptedBinding"
  | "rfqRefreshed"
  | "rfqCancelled"
  | "rfqCandidate"
  | "rfqFilled"
  | "quoteAccepted"
  | "quoteCancelled";

/** Something happened to a request for quotes. Its ids are numbers above 2^53 on the wire, and text with the same digits here. */
export const rfqUpdate = z.object({
  e: words.open<RfqUpdateEvent>(),
  E: microseconds.nullish(), // µs
  T: microseconds, // engine time, µs
  s: z.string(),
  R: id, // request
  u: idOrNull, // quote
  C: clientIdOrNull, // our own number
  S: words.side.nullish(), // of the request
  q: decimalOrNull, // size, base; this or the next
  Q: decimalOrNull, // size, quote
  p: decimalOrNull, // price; to who asked: with the fee in it
  w: milliseconds.nullish(), // end of the time for quotes, ms
  W: milliseconds.nullish(), // end of the request, ms
  X: words.orderStatus,
  o: z.string().nullish(), // set: the venue's own doing
});
/** What happened to a request for quotes or to a quote. */
export type RfqUpdate = z.infer<typeof rfqUpdate>;

/**
 * Requests for quotes, of all markets or of one. Private.
 *
 * @see https://docs.backpack.exchange/#tag/Streams/Private/RFQ-update
 */
export function rfqUpdates(symbol?: string): Stream<RfqUpdate> {
  const name = symbol === undefined ? "account.rfqUpdate" : `account.rfqUpdate.${symbol}`;
  return { name, private: true, data: rfqUpdate };
}
