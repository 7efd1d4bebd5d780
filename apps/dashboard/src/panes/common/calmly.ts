// Passes changes on less often, and all that do so at the same moments: one drawing for many parts costs less than one for each.

/** Tells of changes until it is ended. */
export type Subscribe = (changed: () => void) => () => void;

/** Passes on the first change of each span; of those that follow in it, the last is told when no other span has begun meanwhile. */
export interface Pace {
  /** Something has changed. */
  readonly change: () => void;
  /** Something has changed that waits for no span. */
  readonly changeNow: () => void;
  readonly end: () => void;
}

/** @param ms - length of a span, above 0 @param now - ms */
export function createPace(ms: number, pass: () => void, now: () => number = () => performance.now()): Pace {
  let span = Number.NaN;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changeNow = () => {
    clearTimeout(timer);
    timer = undefined;
    span = Math.floor(now() / ms);
    pass();
  };
  const change = () => {
    if (Math.floor(now() / ms) === span) timer ??= setTimeout(changeNow, ms * 1.5);
    else changeNow();
  };
  return { change, changeNow, end: () => clearTimeout(timer) };
}

/** What comes from `subscribe`, at such a pace. @param ms - length of a span, above 0 @param now - ms */
export function calmly(subscribe: Subscribe, ms: number, now?: () => number): Subscribe {
  return (changed) => {
    const pace = createPace(ms, changed, now);
    const end = subscribe(pace.change);
    return () => {
      pace.end();
      end();
    };
  };
}
