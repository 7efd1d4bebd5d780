// When what can be pressed follows what is drawn: at once where somebody points at it, never while it is pressed, else now and then.
import { createPace } from "../common/calmly.ts";

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

/** @param everyMs - where nobody is at it, once in each span of so long: when other parts of the page are drawn too @param now - ms */
export function createHandles<T>(show: (value: T) => void, everyMs: number, now?: () => number): Handles<T> {
  let newest: { readonly value: T } | undefined;
  let isPressed = false;
  const pace = createPace(
    everyMs,
    () => {
      if (isPressed || newest === undefined) return;
      const { value } = newest;
      newest = undefined;
      show(value);
    },
    now,
  );
  return {
    put: (value, atOnce) => {
      newest = { value };
      if (atOnce) pace.changeNow();
      else pace.change();
    },
    press: () => {
      isPressed = true;
    },
    release: () => {
      isPressed = false;
      pace.changeNow();
    },
    end: () => {
      pace.end();
      newest = undefined;
    },
  };
}
