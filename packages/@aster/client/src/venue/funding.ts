// Funding payments: the account's stream says that money has moved, the income history says for which market.
import type { FundingRow } from "@bp/adapter";
import { type Instrument, type Millis, millis } from "@bp/core";
import type { Call } from "../rest/endpoint.ts";
import { income } from "../rest/futures/account/income.ts";

/** How far back payments are read, ms: longer than the longest interval. */
const reachMs = 9 * 3_600_000;

/** The latest payments, oldest first. A `tranId` is unique among the rows of one type, and only one type is read. */
export async function fundingRows(
  call: Call,
  instrumentOf: (symbol: string) => Instrument | undefined,
  now: Millis,
  signal: AbortSignal,
): Promise<FundingRow[]> {
  const startTime = Math.max(0, now - reachMs);
  const rows = await call(income, { incomeType: "FUNDING_FEE", startTime, limit: 1_000 }, { signal });
  return rows.flatMap(({ symbol, income: amount, asset, time, tranId }) => {
    const instrument = instrumentOf(symbol);
    return instrument === undefined
      ? []
      : [{ key: `${tranId} ${symbol}`, instrument: instrument.id, amount, asset, paidAt: millis(time) }];
  });
}
