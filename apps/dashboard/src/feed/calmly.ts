// Passes changes on less often: the first at once, then one in each span, and always the last.

/** Tells of changes until it is ended. */
export type Subscribe = (changed: () => void) => () => void;

/** @param ms - length of a span, above 0 */
export function calmly(subscribe: Subscribe, ms: number): Subscribe {
  return (changed) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waits = false;
    const rest = () => {
      timer = undefined;
      if (!waits) return;
      waits = false;
      timer = setTimeout(rest, ms);
      changed();
    };
    const end = subscribe(() => {
      if (timer !== undefined) {
        waits = true;
        return;
      }
      timer = setTimeout(rest, ms);
      changed();
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  };
}
