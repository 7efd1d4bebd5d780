// What was told lately: a topic is not told again and again, and yet what is true in the end is always told.
import type { Alert } from "./alert.ts";

/** The same topic is told again after this, ms. */
const windowMs = 600_000;
/** Different words on one topic in that time: that it is lost, and that it is back. */
const mostWords = 2;

interface Topic {
  /** When it was told first in this window, ms. */
  from: number;
  words: number;
  last: string;
  more: number;
  /** The newest that was held back. */
  held: Alert | undefined;
}

/** Decides what is told now. */
export interface Told {
  /** Whether it is told at once, and how often it was held back before; `undefined`: it is held until its window is over. */
  now(alert: Alert, at: number): number | undefined;
  /** What was held and is to be told now, with how often. */
  due(at: number): readonly (readonly [alert: Alert, more: number])[];
}

/** Nothing has been told. */
export function createTold(): Told {
  const topics = new Map<string, Topic>();
  const isOver = ({ from }: Topic, at: number) => at - from >= windowMs;
  const fresh = (alert: Alert, at: number): Topic => ({
    from: at,
    words: 1,
    last: alert.text,
    more: 0,
    held: undefined,
  });
  return {
    now: (alert, at) => {
      const key = `${alert.kind} ${alert.topic}`;
      const topic = topics.get(key);
      if (topic === undefined || isOver(topic, at)) {
        topics.set(key, fresh(alert, at));
        return topic?.more ?? 0;
      }
      if (topic.held === undefined && topic.words < mostWords && topic.last !== alert.text) {
        topic.words += 1;
        topic.last = alert.text;
        return 0;
      }
      topic.more += 1;
      topic.held = alert;
      return undefined;
    },
    due: (at) => {
      const due: (readonly [Alert, number])[] = [];
      for (const [key, topic] of topics) {
        if (!isOver(topic, at)) continue;
        topics.delete(key);
        if (topic.held === undefined) continue;
        due.push([topic.held, topic.more]);
        topics.set(key, fresh(topic.held, at));
      }
      return due;
    },
  };
}
