// One question asked again and again, and what is known of its answer.
import { type DoorRefusal, refusalOf } from "./api.ts";

/** What was answered so far. */
export interface Told<T> {
  /** The newest that there was; stays beside a refusal, and while it is asked again. */
  readonly value?: T;
  readonly refusal?: DoorRefusal;
}

/** How it is asked. */
export interface Asking<T> {
  readonly ask: (signal: AbortSignal) => Promise<T>;
  readonly tell: (change: (before: Told<T>) => Told<T>) => void;
  /** 0: once. */
  readonly everyMs: number;
  /** Nothing is asked meanwhile. */
  readonly isHidden: () => boolean;
}

/** One at a time, so that no answer is older than what was told before it. @returns ends it */
export function askAgain<T>({ ask, tell, everyMs, isHidden }: Asking<T>): () => void {
  const aborter = new AbortController();
  const { signal } = aborter;
  let isOpen = false;
  const put = (change: (before: Told<T>) => Told<T>) => {
    isOpen = false;
    if (!signal.aborted) tell(change);
  };
  const next = () => {
    if (isOpen) return;
    isOpen = true;
    ask(signal).then(
      (value) => put(() => ({ value })),
      (error: unknown) => put((before) => ({ ...before, refusal: refusalOf(error) })),
    );
  };
  next();
  const timer = everyMs === 0 ? undefined : setInterval(() => isHidden() || next(), everyMs);
  return () => {
    clearInterval(timer);
    aborter.abort();
  };
}
