// Whose trades are these? The venue's trades do not carry our numbers, its orders do.
import type { Owners, PastFill } from "@bp/adapter";
import { type ClientId, symbolOf } from "@bp/core";
import { clientIdOf } from "./clientIds.ts";
import { page } from "./pages.ts";

interface Row {
  readonly orderId: string;
  readonly clientOrderId: string;
}

type List = (symbol: string, orderId: string) => Promise<readonly Row[]>;

/** Calls for the orders of a market, each time that somebody asks. */
const mostCalls = 5;
/** So many of the newest are to be on the first page. */
const firstReach = 64;
/** How full a page is to be: what does not fit into it is asked for once more. */
const filled = 0.9;

/**
 * Looks the orders of trades up, those of a market together. The newest come first: there may be more than a few pages hold.
 *
 * @param list - orders of a market from a venue's name on, oldest first, a page at most
 */
export async function ownersOf(trades: readonly PastFill[], list: List): Promise<Owners> {
  const wanted = new Map<string, Set<string>>();
  for (const { instrument, venueOrderId } of trades) {
    const symbol = symbolOf(instrument);
    wanted.set(symbol, (wanted.get(symbol) ?? new Set()).add(venueOrderId));
  }
  const found = new Map<string, ClientId | undefined>();
  const missing = new Set<string>();
  await Promise.all([...wanted].map(([symbol, ids]) => lookUp(symbol, ids, list, { found, missing })));
  return { found, missing };
}

async function lookUp(
  symbol: string,
  ids: ReadonlySet<string>,
  list: List,
  { found, missing }: { readonly found: Map<string, ClientId | undefined>; readonly missing: Set<string> },
): Promise<void> {
  let rest = [...ids]
    .map(BigInt)
    .toSorted((one, other) => (one < other ? 1 : -1))
    .slice(0, mostCalls * page); // newest first
  let reach = firstReach;
  let known: bigint | undefined; // all from here on
  for (let calls = 0; calls < mostCalls; calls++) {
    const from = rest[Math.min(reach, rest.length) - 1];
    if (from === undefined) return;
    const rows = await list(symbol, String(from));
    for (const { orderId, clientOrderId } of rows) if (ids.has(orderId)) found.set(orderId, clientIdOf(clientOrderId));
    const last = rows.length < page ? undefined : rows.at(-1);
    const until = last === undefined ? undefined : BigInt(last.orderId);
    const isSeen = (id: bigint) => id >= from && (until === undefined || id <= until);
    const seen = rest.filter(isSeen);
    for (const id of seen) if (!found.has(String(id))) missing.add(String(id));
    rest = rest.filter((id) => !isSeen(id));
    // As many as a page should hold, from the newest of the rest on: where the page ended before those, they are asked for next.
    const fresh = rows.filter(({ orderId }) => known === undefined || BigInt(orderId) < known).length;
    reach = Math.max(1, Math.floor((seen.length * page * filled) / Math.max(1, fresh)));
    if (rest[0] === undefined || rest[0] < from) known = from;
  }
}
