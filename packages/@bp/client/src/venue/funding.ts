// Funding payments: no stream tells them, so they are read from the history.
import type { FundingRow } from "@bp/adapter";
import type { Instrument } from "@bp/core";
import type { Backpack } from "../client.ts";
import { fromUtcText } from "../wire/time.ts";

/** The latest payments, oldest first. */
export async function fundingRows(
  client: Backpack,
  instrumentOf: (symbol: string) => Instrument | undefined,
  signal: AbortSignal,
): Promise<FundingRow[]> {
  const rows = await client.rest.history.funding({ limit: 100 }, { signal });
  return rows.toReversed().flatMap((row) => {
    const instrument = instrumentOf(row.symbol);
    if (instrument === undefined) return [];
    const paidAt = fromUtcText(row.intervalEndTimestamp);
    const { quantity: amount } = row;
    return [{ key: `${row.symbol} ${paidAt}`, instrument: instrument.id, amount, asset: instrument.quote, paidAt }];
  });
}
