// What is the same for every wish of a round is worked out once.
import type { InstrumentId, Pass, View } from "@bp/core";

/**
 * Remembers answers for as long as a round lasts, which shows in the array of what has passed: the world stands still
 * while wishes are judged.
 *
 * @param work - by market; of nothing that the round itself changes
 */
export function oncePerRound<T>(
  work: (view: View, id: InstrumentId) => T,
): (view: View, pass: Pass, id: InstrumentId) => T {
  let round: Pass["approved"] | undefined;
  const answers = new Map<InstrumentId, { readonly is: T }>();
  return (view, { approved }, id) => {
    if (round !== approved) {
      round = approved;
      answers.clear();
    }
    const known = answers.get(id);
    if (known !== undefined) return known.is;
    const is = work(view, id);
    answers.set(id, { is });
    return is;
  };
}
