// Takes own orders back until the venue's own list shows none: through refusals, silence and limits, and past what may still arrive.
import { type Clock, isBpError, type Millis } from "@bp/core";
import type { CancelDoor } from "./cancelDoor.ts";
import { isNumbered, isOwn, type KnownRuns } from "./own.ts";

/** What is cleared. */
export interface ClearOptions {
  readonly door: CancelDoor;
  /** Asked after each list, and before anything of it is cancelled. */
  readonly known: () => KnownRuns | Promise<KnownRuns>;
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
  /** Two lists in a row had none of ours, nor any that may be. */
  readonly clean: boolean;
  /** From the beginning to the first of two clean lists, ms. */
  readonly ms: number | undefined;
  /** The newest trouble, in words. */
  readonly trouble: string | undefined;
}

/** For an answer, ms: less than a bot waits at first, since list and cancel may be asked for again without harm. */
const firstWaitMs = 800;
/** A venue that is slow is given more time, up to this, ms. */
const longestWaitMs = 12_000;
const firstPauseMs = 100;
const longestPauseMs = 5_000;
/** Between the first clean list and the second, ms: a list may lag behind the books. Then twice as long each time … */
const secondLookMs = 200;
/** … up to this, ms. */
const longestLookMs = 2_000;

/**
 * Clears one account, each of its lists by itself: a market that does not answer holds up no other. Never throws what the venue does: it
 * is tried again, and told in the answer.
 */
export async function clear(options: ClearOptions): Promise<Cleared> {
  const { door, symbols, told } = options;
  const lists = door.lists(symbols?.[door.venue]);
  const newest = lists.map((): Cleared => ({ ...nothing, venue: door.venue }));
  await Promise.all(
    lists.map(async (symbol, at) => {
      const heard = (cleared: Cleared) => {
        newest[at] = cleared;
      };
      const tell = (cleared: Cleared) => {
        heard(cleared);
        told?.(joined(door.venue, newest));
      };
      heard(await clearList({ ...options, symbol, told: tell }));
    }),
  );
  return joined(door.venue, newest);
}

const nothing = { cancelled: 0, clean: false, ms: undefined, trouble: undefined };

/** What came of all the lists of an account. */
function joined(venue: string, lists: readonly Cleared[]): Cleared {
  const clean = lists.every((each) => each.clean);
  return {
    venue,
    cancelled: lists.reduce((sum, each) => sum + each.cancelled, 0),
    clean,
    ms: clean ? Math.max(0, ...lists.map(({ ms }) => ms ?? 0)) : undefined,
    trouble: (lists.find((each) => !each.clean && each.trouble !== undefined) ?? lists[0])?.trouble,
  };
}

type ListOptions = Omit<ClearOptions, "symbols"> & { readonly symbol: string | undefined };

async function clearList({ door, known, symbol, clock, since, until, signal, told }: ListOptions): Promise<Cleared> {
  const begun = clock.now();
  const settledAt = since === undefined ? begun : since + door.lateMs;
  let looks = 0; // clean ones in a row
  let pause = firstPauseMs;
  let waitMs = firstWaitMs;
  let cleanAt: Millis | undefined;
  const taken = new Set<string>();
  let trouble: string | undefined;
  let doubtful = 0; // orders of the last list that may be ours
  const now = (): Cleared => ({
    venue: door.venue,
    cancelled: taken.size,
    clean: looks >= 2 && doubtful === 0,
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
      const resting = await door.openOrders(waitMs, symbol);
      const { runs, doubt } = await known();
      ours = resting.filter(({ clientId }) => isOwn(runs, clientId));
      const why = doubt ?? (runs.length === 0 ? "no run of ours is known" : undefined);
      doubtful = why === undefined ? 0 : resting.filter(({ clientId }) => isNumbered(clientId)).length - ours.length;
      if (doubtful > 0) trouble = `${doubtful} with numbers of no known run rest there and may be ours: ${why ?? ""}`;
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
      await clock.sleep(Math.min(secondLookMs * 2 ** (looks - 1), longestLookMs), signal);
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
