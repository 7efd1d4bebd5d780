// Passes changes on less often, and all that do so at the same moments: one drawing for many parts costs less than one for each.

/** Tells of changes until it is ended. */
export type Subscribe = (changed: () => void) => () => void;

/**
 * The first change of each span is passed on; of those that follow in it, the last is told when no other span has begun meanwhile.
 *
 * @param ms - length of a span, above 0 @param now - ms
 */
export function calmly(subscribe: Subscribe, ms: number, now: () => number = () => performance.now()): Subscribe {
  return (changed) => {
    let span = Number.NaN;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const pass = () => {
      clearTimeout(timer);
      timer = undefined;
      span = Math.floor(now() / ms);
      changed();
    };
    const end = subscribe(() => {
      if (Math.floor(now() / ms) === span) timer ??= setTimeout(pass, ms * 1.5);
      else pass();
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  };
}
