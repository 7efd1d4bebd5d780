// How far it is: a bar that is drawn over on a terminal, a line now and then elsewhere.

/** Shows progress on stderr. */
export interface Progress {
  show(done: number, broken: number): void;
  /** Takes the bar away. */
  end(): void;
}

const width = 30;
/** How often it is shown, in ms: on a terminal, elsewhere. */
const often = { terminal: 100, elsewhere: 10_000 } as const;

/**
 * @param of - how many there are
 * @param now - the time in ms
 */
export function progressOf(of: number, now: () => number): Progress {
  const isTerminal = process.stderr.isTTY;
  const began = now();
  let shownAt = isTerminal ? Number.NEGATIVE_INFINITY : began;
  return {
    show: (done, broken) => {
      const at = now();
      if (at - shownAt < (isTerminal ? often.terminal : often.elsewhere)) return;
      shownAt = at;
      const filled = Math.round((width * done) / of);
      const left = done === 0 ? undefined : ((at - began) / done) * (of - done);
      const rest = left === undefined ? "" : `, ${clock(left)} left`;
      const text = `${done.toLocaleString("en-US")} of ${of.toLocaleString("en-US")} seeds, ${broken} broken${rest}`;
      if (isTerminal) process.stderr.write(`\r${"█".repeat(filled)}${"░".repeat(width - filled)} ${text}\u001b[K`);
      else process.stderr.write(`${text}\n`);
    },
    end: () => {
      if (isTerminal) process.stderr.write("\r\u001b[K");
    },
  };
}

function clock(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
