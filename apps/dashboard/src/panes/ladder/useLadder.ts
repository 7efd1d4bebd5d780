// The rows of a ladder, each the same object for as long as it says the same, however the prices move.
import type { MarketNow } from "../../contract/index.ts";
import { useSlice } from "../common/useSlice.ts";
import { type LadderRow, type LadderRows, ladderRows } from "./rows.ts";

type Side = Readonly<Record<string, LadderRow>>;

const keyed = (rows: readonly LadderRow[]): Side => Object.fromEntries(rows.map((row) => [row.key, row]));

/** @param market - its slice of a frame */
export function useLadder(market: MarketNow): LadderRows {
  const { bids, asks, ...beyond } = ladderRows(market);
  const kept = useSlice({ bids: keyed(bids), asks: keyed(asks), beyond });
  const of = (rows: readonly LadderRow[], side: Side) => rows.map((row) => side[row.key] ?? row);
  return { bids: of(bids, kept.bids), asks: of(asks, kept.asks), ...kept.beyond };
}
