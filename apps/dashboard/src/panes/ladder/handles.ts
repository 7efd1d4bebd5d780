// When what can be pressed follows what is drawn: at once where somebody points at it, never while it is pressed, else now and then.

/** Shows the newest of what it is given. */
export interface Handles<T> {
  /** @param atOnce - somebody is at it */
  readonly put: (value: T, atOnce: boolean) => void;
  /** From now on nothing moves. */
  readonly press: () => void;
  /** What came meanwhile is shown. */
  readonly release: () => void;
  readonly end: () => void;
}

/** What it needs of a browser. */
export interface Timing {
  readonly now: () => number;
  /** @returns ends it */
  readonly wait: (ms: number, then: () => void) => () => void;
}

/** @param everyMs - where nobody is at it, once in each span of so long: when other parts of the page are drawn too (`calmly`) */
export function createHandles<T>(
  show: (value: T) => void,
  everyMs: number,
  { now, wait }: Timing = browserTiming,
): Handles<T> {
  let newest: { readonly value: T } | undefined;
  let span = Number.NaN;
  let isPressed = false;
  let stop: (() => void) | undefined;
  const flush = () => {
    stop?.();
    stop = undefined;
    if (isPressed || newest === undefined) return;
    const { value } = newest;
    [newest, span] = [undefined, Math.floor(now() / everyMs)];
    show(value);
  };
  return {
    put: (value, atOnce) => {
      newest = { value };
      if (atOnce || Math.floor(now() / everyMs) !== span) flush();
      else stop ??= wait(everyMs * 1.5, flush); // where nothing more comes
    },
    press: () => {
      isPressed = true;
    },
    release: () => {
      isPressed = false;
      flush();
    },
    end: () => {
      stop?.();
      newest = undefined;
    },
  };
}

const browserTiming: Timing = {
  now: () => performance.now(),
  wait: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};
