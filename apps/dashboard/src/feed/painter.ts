// When the page draws what has come: with the browser's own drawing, and never so often that it takes more than its share of a core.
// A fast machine sees thirty frames a second; a slow or busy one sees fewer, and stays free for what else it does.

/** Calls back before a drawing of the browser. */
export interface Painter {
  next(draw: () => void): void;
  now(): number;
}

/** What it needs of a browser. */
export interface Pacing {
  /** Before the next drawing. */
  readonly frame: (then: () => void) => void;
  /** After it: what was changed has been laid out and painted. */
  readonly after: (then: () => void) => void;
  readonly wait: (ms: number, then: () => void) => void;
  readonly now: () => number;
}

/** Of all time, at most one part in so many is spent on drawing what has come. */
const parts = 4;
/** What a page that has drawn little may spend at once, ms: now and then all panes are drawn in one moment. */
const savedMs = 60;
/** However long a drawing takes, the next one is not further away than so, ms. */
const mostMs = 500;

/** One drawing at a time; who asks again before it has begun is asked for nothing more. */
export function createPainter({ frame, after, wait, now }: Pacing): Painter {
  /** What may be spent; below 0 it is waited for. */
  let leftMs = savedMs;
  let countedAt = now();
  const earn = () => {
    const at = now();
    leftMs = Math.min(savedMs, leftMs + (at - countedAt) / parts);
    countedAt = at;
  };
  return {
    now,
    next: (draw) => {
      const paint = () =>
        frame(() => {
          const from = now();
          draw();
          after(() => {
            earn();
            leftMs = Math.max(-mostMs / parts, leftMs - (now() - from));
          });
        });
      earn();
      if (leftMs < 0) wait(-leftMs * parts, paint);
      else paint();
    },
  };
}

/** The browser's. */
export function browserPacing(): Pacing {
  const { port1, port2 } = new MessageChannel();
  return {
    frame: (then) => requestAnimationFrame(then),
    after: (then) => {
      port1.onmessage = then;
      port2.postMessage(undefined);
    },
    wait: (ms, then) => void setTimeout(then, ms),
    now: () => performance.now(),
  };
}
