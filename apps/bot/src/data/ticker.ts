// A line that is told again and again while something long goes on: in place on a terminal, else now and then.

/** It. */
export interface Ticker {
  /** Tells the line if it is time; it is made only then. */
  tell(line: () => string): void;
  /** Leaves the terminal's line empty. */
  clear(): void;
}

/**
 * @param stream - a terminal's line is written anew twice a second, anything else gets a line every `everyMs`
 */
export function createTicker(stream: NodeJS.WriteStream, everyMs = 5_000): Ticker {
  const isTerminal = stream.isTTY;
  let last = isTerminal ? Number.NEGATIVE_INFINITY : performance.now();
  let drawn = false;
  return {
    tell: (line) => {
      const now = performance.now();
      if (now - last < (isTerminal ? 500 : everyMs)) return;
      last = now;
      stream.write(isTerminal ? `\r\u001b[K${line()}` : `${line()}\n`);
      drawn = isTerminal;
    },
    clear: () => {
      if (drawn) stream.write("\r\u001b[K");
      drawn = false;
    },
  };
}

/** `3.4 MB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** `1,234`. */
export const wholeText = (count: number): string => count.toLocaleString("en-US");
