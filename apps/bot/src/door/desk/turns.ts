// One at a time of each kind: the next waits for its turn, a few of them at most.
import { refusal } from "../refuse.ts";

/** So many of a kind at once, the one at work included: ten open tabs are not refused. */
const mostAtOnce = 16;

/** Keeps the order of those who wait. */
export interface Turns<Kind> {
  /**
   * Acts when its turn has come.
   *
   * @param over - gives the wait up, with its reason @throws Refusal 503 where too many wait; what `act` throws
   */
  take<T>(kind: Kind, over: AbortSignal, act: () => Promise<T>): Promise<T>;
}

/** Nobody waits. */
export function createTurns<Kind>(): Turns<Kind> {
  const lines = new Map<Kind, { last: Promise<void>; waiting: number }>();
  return {
    take: async (kind, over, act) => {
      const line = lines.get(kind) ?? { last: Promise.resolve(), waiting: 0 };
      if (line.waiting >= mostAtOnce)
        throw refusal(503, "too many such questions wait for their answer", "try again in a moment", 2);
      lines.set(kind, line);
      const before = line.last;
      let leave = (): void => undefined;
      const left = new Promise<void>((resolve) => (leave = resolve));
      line.last = before.then(() => left); // who leaves early lets nobody pass those before him
      line.waiting += 1;
      try {
        await unless(over, before);
        return await act();
      } finally {
        line.waiting -= 1;
        leave();
      }
    },
  };
}

/** Waits. @throws the reason of `over` once it aborts */
async function unless(over: AbortSignal, wait: Promise<void>): Promise<void> {
  let late = (): void => undefined;
  const given = new Promise<void>((resolve) => (late = resolve));
  over.addEventListener("abort", late);
  if (!over.aborted) await Promise.race([wait, given]);
  over.removeEventListener("abort", late);
  over.throwIfAborted();
}
