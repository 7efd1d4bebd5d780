// When the venues pay funding next, as they say it now, and how far away that is.
import { type InstrumentId, type Millis, millis, type View } from "@bp/core";
import type { HedgeParams } from "./params.ts";

/** How long after a stamp a venue may take to tell the next one, in ms. */
const untoldMs = 60_000;

/** The next settlement of a market. */
export interface Stamp {
  readonly instrument: InstrumentId;
  readonly at: Millis;
}

/**
 * The settlements to come of both markets, nearest first. They are told by the venues with every mark, so a change of the
 * interval is followed at once; a stamp that has just passed is none, and where none follows it is taken to come again an
 * interval later. Spot has none.
 *
 * @returns `undefined` while a perpetual has not told its stamp
 */
export function stampsOf(view: View, { lead, hedge }: HedgeParams): readonly Stamp[] | undefined {
  const stamps: Stamp[] = [];
  for (const instrument of [lead, hedge]) {
    if (view.instrument(instrument).kind === "spot") continue;
    const told = view.mark(instrument)?.fundingAt ?? 0; // a venue that has not told it says 0
    const late = view.now - told;
    const every = view.instrument(instrument).fundingIntervalMs;
    if (told === 0 || (late > untoldMs && every === undefined)) return undefined;
    if (late < 0) stamps.push({ instrument, at: told });
    else if (late > untoldMs)
      stamps.push({ instrument, at: millis(told + Math.ceil(late / (every ?? 1)) * (every ?? 1)) });
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
