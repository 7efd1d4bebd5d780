// 3: what should be hedged is not apart by more than its bound, nor for longer than its time without a halt.
import type { Invariant } from "../scene.ts";
import type { NakedBound } from "../subject.ts";

/** What noticing and closing may take beyond the promised time, in ms, while everything works. */
const workMs = 10_000;
/** The same beyond the halt, whatever goes wrong: facts may be lost, and must be asked for. */
const noticeMs = 20_000;

export const hedged: Invariant = {
  number: 3,
  says: "naked exposure stays within its bound and its time",
  watch: ({ subject, truth, process, now, calmMs, broken }) => {
    const { naked, askEveryMs } = subject.bounds;
    const since = new Map<NakedBound, number>();
    const priceOf = (base: string) => subject.prices[base] ?? 100;
    const baseOf = (id: string) => subject.instruments.find((each) => each.id === id)?.base ?? "";
    const worth = ({ pair: [one, other] }: NakedBound) => (truth.base(one) + truth.base(other)) * priceOf(baseOf(one));
    truth.listen((change) => {
      if (change.type !== "traded") return;
      for (const bound of naked) if (Math.abs(worth(bound)) <= bound.least) since.delete(bound); // also between two beats
    });
    return {
      died: () => since.clear(), // time in which nobody looked
      beat: () => {
        const { engine } = process;
        for (const bound of naked) {
          const quote = worth(bound);
          const text = `${bound.pair.join(" and ")} are ${quote.toFixed(2)} apart (quote)`;
          if (bound.most !== undefined && Math.abs(quote) > bound.most)
            broken(`${text}, more than ${bound.most.toFixed(2)}`);
          if (
            engine === undefined ||
            process.frozen ||
            Math.abs(quote) <= bound.least ||
            engine.view.halted !== undefined
          ) {
            since.delete(bound);
            continue;
          }
          const first = since.get(bound) ?? now();
          since.set(bound, first);
          const forMs = now() - first;
          if (forMs > bound.haltMs + askEveryMs + noticeMs) broken(`${text} for ${forMs} ms, and nothing has halted`);
          if (forMs > bound.maxMs + workMs + askEveryMs && calmMs() > bound.maxMs + workMs + askEveryMs)
            broken(`${text} for ${forMs} ms although everything works`);
        }
      },
    };
  },
};
