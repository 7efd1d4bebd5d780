// When the venues pay funding next, as they say it now, and how far away that is.
import type { InstrumentId, Millis, View } from "@bp/core";
import type { HedgeParams } from "./params.ts";

/** The next settlement of a market. */
export interface Stamp {
  readonly instrument: InstrumentId;
  readonly at: Millis;
}

/**
 * The settlements to come of both markets, nearest first. They are told by the venues with every mark, so a change of the
 * interval is followed at once; a stamp that has passed is none. Spot has none.
 *
 * @returns `undefined` while a perpetual has not told its stamp
 */
export function stampsOf(view: View, { lead, hedge }: HedgeParams): readonly Stamp[] | undefined {
  const stamps: Stamp[] = [];
  for (const instrument of [lead, hedge]) {
    if (view.instrument(instrument).kind === "spot") continue;
    const mark = view.mark(instrument);
    if (mark === undefined) return undefined;
    if (mark.fundingAt > view.now) stamps.push({ instrument, at: mark.fundingAt });
  }
  return stamps.toSorted((a, b) => a.at - b.at);
}

/** Whether a stamp of either market is so near that nothing new is begun. Unknown stamps are: nobody knows how near they are. */
export function isInWindow(view: View, params: HedgeParams): boolean {
  if (params.stopBeforeFundingMs === 0) return false;
  const stamps = stampsOf(view, params);
  if (stamps === undefined) return true;
  const [next] = stamps;
  return next !== undefined && next.at - view.now <= params.stopBeforeFundingMs;
}

/**
 * How far away a stamp is, as users of the original read it: in whole minutes, inside the window with seconds.
 *
 * @param stopMs - where the window begins, before the stamp
 * @example
 * fundingText(Date.UTC(2026, 0, 1, 16), Date.UTC(2026, 0, 1, 14), 300_000); // 距离资金费率时间 16:00 UTC 还有 120分钟
 */
export function fundingText(stamp: number, now: number, stopMs: number): string {
  const left = Math.max(0, Math.floor((stamp - now) / 1_000));
  const minutes = Math.floor(left / 60);
  const far = left * 1_000 > stopMs;
  const time = new Date(stamp).toISOString().slice(11, 16);
  return `距离资金费率时间 ${time} UTC 还有 ${far ? `${minutes}分钟` : `${minutes}分${left % 60}秒`}`;
}
