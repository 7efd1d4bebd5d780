// Whether an answer is about the order that was asked for: names of another one must never be taken for ours.
import { BpError, type ClientId, symbolOf } from "@bp/core";
import type { WhichOrder } from "./orderApi.ts";

/** The names of an order in an answer. */
export interface Named {
  readonly venueOrderId: string;
  /** `undefined`: the venue left it out. `another`: one that is no number of ours. */
  readonly clientId: ClientId | "another" | undefined;
  readonly symbol: string;
}

/**
 * Holds the names in an answer against those that were asked for. Where it throws, nothing was learned: an order that was sent is in
 * doubt, and is looked for. The venue's own name decides where it was known; answers to cancels may carry another client id than the order.
 *
 * @param asked - without `venueOrderId` where the venue has not told one yet
 * @throws BpError `wire/schema`
 */
export function mustBeOurs(
  asked: Pick<WhichOrder, "clientId" | "instrument" | "venueOrderId">,
  { venueOrderId, clientId, symbol }: Named,
): void {
  const check = (path: string, found: string | number, expected: string | number) => {
    if (found === expected) return;
    const what = `answer about order ${asked.clientId}`;
    throw new BpError("wire/schema", { what, path, expected: String(expected), raw: String(found) });
  };
  check("symbol", symbol, symbolOf(asked.instrument.id));
  if (asked.venueOrderId !== undefined) check("id", venueOrderId, asked.venueOrderId);
  else if (clientId !== undefined) check("clientId", clientId, asked.clientId);
}
