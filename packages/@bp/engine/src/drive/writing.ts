// Writing what happens, on a disk that may be slow or fail: what that means for what may be sent.
import { type Entry, isBpError, type Journal } from "@bp/core";

/** What is written to, and who is told. */
export interface WritingOptions {
  readonly journal: Journal;
  /** See `RunnerOptions`. */
  readonly onFailure: ((error: unknown) => void) | undefined;
  readonly onSlow: ((why: string) => void) | undefined;
  readonly onQuick: (() => void) | undefined;
  /** A commit that takes longer than this is slow, in ms. */
  readonly slowMs: number;
  /** A clock that only goes forward, in ms. */
  readonly now: () => number;
}

/** Where entries go. */
export interface Writing {
  readonly append: (entry: Entry) => void;
  /** Makes all of it durable. @returns whether what adds risk may be sent now */
  readonly commit: () => boolean;
  /** Time passed: what waits is made durable about once a second, and this finds out whether the journal is slow, and whether it still is. */
  readonly beat: () => void;
}

/** So many commits in a row must be quick before the journal counts as quick again, each four times as quick as slow begins. */
const quickEnough = 3;

/** Without an order, what waits is made durable this often, ms. */
const everyMs = 1_000;

/** Makes it. Once something could not be written, nothing is: the journal ends where it was whole. */
export function createWriting(options: WritingOptions): Writing {
  const { journal, onFailure, onSlow, onQuick, slowMs, now } = options;
  let broken = false;
  /** Quick commits in a row since it was slow; `undefined`: it is not. */
  let quick: number | undefined;
  let committedAt = now();

  const fail = (error: unknown): void => {
    if (onFailure === undefined) throw error;
    broken = true;
    onFailure(error);
  };
  const slow = (why: string): void => {
    const isNews = quick === undefined;
    quick = 0;
    if (isNews) onSlow?.(why);
  };
  const commit = (): boolean => {
    if (broken) return false;
    const began = now();
    try {
      journal.commit();
    } catch (error) {
      if (onSlow === undefined || !isBpError(error, "journal/slow")) fail(error);
      else slow(error.context.why);
      return false;
    }
    committedAt = now();
    const ms = committedAt - began;
    if (ms > slowMs) slow(`writing took ${(ms / 1_000).toFixed(1)} s`);
    else if (quick !== undefined) quick = ms * 4 > slowMs ? 0 : quick + 1;
    return quick === undefined;
  };

  return {
    append: (entry) => {
      if (broken) return;
      try {
        journal.append(entry);
      } catch (error) {
        fail(error);
      }
    },
    commit,
    beat: () => {
      if (quick === undefined && now() - committedAt < everyMs) return;
      commit();
      if (broken || quick === undefined || quick < quickEnough) return;
      quick = undefined;
      onQuick?.();
    },
  };
}
