// A line that says how far a long work is, on a terminal alone.

/** It. */
export interface ProgressLine {
  /** Draws it where enough time has passed since the last time. */
  show(now: number): void;
  /** Whether `show` has drawn, or would have: a moment to let others in. */
  readonly due: boolean;
  clear(): void;
}

const everyMs = 200;

/**
 * A progress line from one moment to another.
 *
 * @param stream - drawn on where it is a terminal, else left alone
 */
export function progressLine(stream: NodeJS.WriteStream, from: number, to: number): ProgressLine {
  const started = performance.now();
  let last = started;
  let due = false;
  let drawn = false;
  return {
    get due() {
      return due;
    },
    show: (now) => {
      const elapsed = performance.now();
      due = elapsed - last >= everyMs;
      if (!due) return;
      last = elapsed;
      if (!stream.isTTY) return;
      const share = to > from ? Math.min(1, (now - from) / (to - from)) : 1;
      const left = share > 0.01 ? ((elapsed - started) * (1 - share)) / share / 1_000 : undefined;
      const words = [`${(share * 100).toFixed(0)} %`, new Date(now).toISOString().slice(0, 19)];
      if (left !== undefined) words.push(`${left < 10 ? left.toFixed(1) : left.toFixed(0)} s left`);
      stream.write(`\r\u001b[K${words.join("  ")}`);
      drawn = true;
    },
    clear: () => {
      if (drawn) stream.write("\r\u001b[K");
      drawn = false;
    },
  };
}
