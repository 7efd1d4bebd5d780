// Takes own orders back until the venue's own list shows none: through refusals, silence and limits, and past what may still arrive.
import { type Clock, isBpError, type Millis } from "@bp/core";
import type { CancelDoor } from "./cancelDoor.ts";
import { isOwn, type OwnRun } from "./own.ts";

/** What is cleared. */
export interface ClearOptions {
  readonly door: CancelDoor;
  readonly runs: () => readonly OwnRun[];
  /** Markets in which such orders may rest, by venue; left out: any. */
  readonly symbols?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly clock: Clock;
  /** From here on a late request of the bot is waited for. Left out: two clean lists are enough. */
  readonly since?: Millis | undefined;
  /** It is given up then. */
  readonly until: Millis;
  /** Ends it after what is on its way. */
  readonly signal?: AbortSignal | undefined;
  /** Hears of the second clean list in a row, and of what went wrong. */
  readonly told?: ((cleared: Cleared) => void) | undefined;
}

/** What came of it. */
export interface Cleared {
  readonly venue: string;
  /** Orders that were taken back. */
  readonly cancelled: number;
  /** Two lists in a row had none of ours. */
  readonly clean: boolean;
  /** From the beginning to the first of two clean lists, ms. */
  readonly ms: number | undefined;
  /** The newest trouble, in words. */
  readonly trouble: string | undefined;
}

/** For an answer, ms: less than a bot waits at first, since a cancel may be asked for again without harm. */
const firstWaitMs = 1_500;
/** A venue that is slow is given more time, up to this, ms. */
const longestWaitMs = 12_000;
const firstPauseMs = 100;
const longestPauseMs = 5_000;
/** Between the first clean list and the second, ms: a list may lag behind the books. */
const secondLookMs = 200;
/** Between lists once two were clean, ms. */
const laterLooksMs = 2_000;

/** Clears one account. Never throws what the venue does: it is tried again, and told in the answer. */
export async function clear({
  door,
  runs,
  symbols,
  clock,
  since,
  until,
  signal,
  told,
}: ClearOptions): Promise<Cleared> {
  const begun = clock.now();
  const settledAt = since === undefined ? begun : since + door.lateMs;
  let looks = 0; // clean ones in a row
  let pause = firstPauseMs;
  let waitMs = firstWaitMs;
  let cleanAt: Millis | undefined;
  const taken = new Set<string>();
  let trouble: string | undefined;
  const now = (): Cleared => ({
    venue: door.venue,
    cancelled: taken.size,
    clean: looks >= 2,
    ms: looks >= 2 && cleanAt !== undefined ? cleanAt - begun : undefined,
    trouble,
  });
  const failed = async (error: unknown) => {
    trouble = isBpError(error) ? `${error.message} [${error.code}]` : String(error);
    told?.(now());
    if (isBpError(error, "transport/timeout")) waitMs = Math.min(waitMs * 2, longestWaitMs);
    const asked =
      isBpError(error, "venue/rate-limited") || isBpError(error, "transport/budget") ? error.context.waitMs : 0;
    await clock.sleep(Math.min(Math.max(pause, asked), longestPauseMs), signal);
    pause = Math.min(pause * 2, longestPauseMs);
  };

  const isEnough = () => signal?.aborted === true; // it may be at any time
  while (!isEnough() && clock.now() < until) {
    let ours: Awaited<ReturnType<CancelDoor["openOrders"]>>;
    try {
      ours = (await door.openOrders(waitMs, symbols?.[door.venue])).filter(({ clientId }) => isOwn(runs(), clientId));
    } catch (error) {
      looks = 0;
      await failed(error);
      continue;
    }
    if (isEnough()) break; // the bot is awake again, and what rests is its own affair
    if (ours.length === 0) {
      if (looks === 0) cleanAt = clock.now();
      looks += 1;
      pause = firstPauseMs;
      if (looks === 2) told?.(now());
      if (looks >= 2 && clock.now() >= settledAt) break;
      await clock.sleep(looks < 2 ? secondLookMs : laterLooksMs, signal);
      continue;
    }
    looks = 0;
    const answers = await Promise.allSettled(ours.map((order) => door.cancel(order, waitMs)));
    const wrong = answers.find((each) => each.status === "rejected");
    answers.forEach((each, at) => {
      const order = ours[at];
      if (each.status === "fulfilled" && order !== undefined) taken.add(order.id);
    });
    if (wrong === undefined)
      await clock.sleep(20, signal); // a cancel that was only taken has a moment to be done
    else await failed(wrong.reason);
  }
  return now();
}

/** Clears several accounts at once. */
export function clearAll(
  doors: readonly CancelDoor[],
  options: Omit<ClearOptions, "door">,
): Promise<readonly Cleared[]> {
  return Promise.all(doors.map((door) => clear({ ...options, door })));
}

/** What came of it, for a person. */
export function saidOf(cleared: readonly Cleared[]): string {
  return cleared
    .map(({ venue, cancelled, clean, ms, trouble }) => {
      const what = `${venue}: ${cancelled} order${cancelled === 1 ? "" : "s"} cancelled`;
      if (clean) return `${what}, none left after ${ms} ms by the venue's own list`;
      return `${what}, not verified${trouble === undefined ? "" : `: ${trouble}`}`;
    })
    .join("; ");
}
