// How far a sweep is: a line on a terminal that is drawn anew, else a line now and then.
import { countText, durationText } from "./plan.ts";

/** It. */
export interface SweepProgress {
  /** The pace is counted from here. */
  begin(): void;
  /** One more is done; what was known before counts, but not for the pace. */
  done(known: boolean, failed: boolean): void;
  /** What else is known: workers that are at it. */
  note(text: string): void;
  clear(): void;
}

/** Where it is drawn: the error output. */
interface Drawn {
  readonly isTTY: boolean;
  write(text: string): unknown;
}

const drawnMs = 200;
const toldMs = 10_000;

/** @param total - of trials, at the most */
export function sweepProgress(stream: Drawn, total: number): SweepProgress {
  let started = performance.now();
  let last = started;
  let [all, made, failed] = [0, 0, 0];
  let drawn = false;
  let noted = "";
  const text = (now: number) => {
    const rate = (made * 1_000) / (now - started);
    const words = [`${countText(all)} of ${countText(total)}`];
    if (failed > 0) words.push(`${countText(failed)} failed`);
    if (made > 1)
      words.push(
        `${rate < 10 ? rate.toFixed(2) : rate.toFixed(0)} trials/s`,
        `${durationText(((total - all) / rate) * 1_000)} left`,
      );
    return [...words, ...(noted === "" ? [] : [noted])].join("  ");
  };
  const show = () => {
    const now = performance.now();
    const isTerminal = stream.isTTY;
    if (now - last < (isTerminal ? drawnMs : toldMs)) return;
    last = now;
    stream.write(isTerminal ? `\r\u001b[K${text(now)}` : `${text(now)}\n`);
    drawn = isTerminal;
  };
  return {
    begin: () => {
      started = performance.now();
    },
    done: (known, isFailed) => {
      all += 1;
      if (!known) made += 1;
      if (isFailed) failed += 1;
      show();
    },
    note: (said) => {
      noted = said;
      show();
    },
    clear: () => {
      if (drawn) stream.write("\r\u001b[K");
      drawn = false;
    },
  };
}
