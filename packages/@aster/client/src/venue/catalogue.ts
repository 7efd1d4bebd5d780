// The venue's list of markets, which comes whole or not at all: read once for all who ask at the same time.
import type { Clock } from "@bp/core";

/** An answer younger than this is good enough, ms. */
const freshMs = 30_000;

/** Makes a reader that asks again only when the last answer is too old; a failure is not kept. */
export function createCatalogue<T>(clock: Clock, ask: (signal?: AbortSignal) => Promise<T>) {
  let last: { readonly at: number; readonly answer: Promise<T> } | undefined;
  const read = (signal?: AbortSignal): Promise<T> => {
    const answer = ask(signal);
    const mine = { at: clock.now(), answer };
    last = mine;
    answer.catch(() => {
      if (last === mine) last = undefined;
    });
    return answer;
  };
  return {
    /** Asks the venue now. */
    read,
    recent: (signal?: AbortSignal): Promise<T> =>
      last !== undefined && clock.now() - last.at < freshMs ? last.answer : read(signal),
  };
}
