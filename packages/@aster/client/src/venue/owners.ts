// Whose trades are these? The venue's trades do not carry our numbers, its orders do.
import type { PastFill } from "@bp/adapter";
import { type ClientId, symbolOf } from "@bp/core";
import { clientIdOf } from "./clientIds.ts";
import { pagesOf } from "./pages.ts";

interface Row {
  readonly orderId: string;
  readonly clientOrderId: string;
}

/**
 * Looks the orders of trades up, those of a market together.
 *
 * @param list - orders of a market from a venue's name on, oldest first, a page at most
 * @returns by the venue's name; `undefined`: somebody else's. An order that is not listed is left out
 */
export async function ownersOf(
  trades: readonly PastFill[],
  list: (symbol: string, orderId: string) => Promise<readonly Row[]>,
): Promise<ReadonlyMap<string, ClientId | undefined>> {
  const wanted = new Map<string, Set<string>>();
  for (const { instrument, venueOrderId } of trades) {
    const symbol = symbolOf(instrument);
    wanted.set(symbol, (wanted.get(symbol) ?? new Set()).add(venueOrderId));
  }
  const owners = new Map<string, ClientId | undefined>();
  await Promise.all(
    [...wanted].map(async ([symbol, ids]) => {
      const [oldest] = [...ids].toSorted((one, other) => (BigInt(one) < BigInt(other) ? -1 : 1));
      if (oldest === undefined) return;
      const rows = await pagesOf(async (from) =>
        (await list(symbol, from ?? oldest)).map((row) => ({ ...row, id: row.orderId })),
      );
      for (const { orderId, clientOrderId } of rows)
        if (ids.has(orderId)) owners.set(orderId, clientIdOf(clientOrderId));
    }),
  );
  return owners;
}
