// Who listens to what; each frame is written once in each form, whatever the number of listeners.
import type { FrameFault } from "./faults.ts";

/** How a venue may wrap what it tells: with the name of the stream, or bare. */
export type FrameForm = "wrapped" | "bare";

/** Somebody connected. */
export interface Listener {
  /** Default `wrapped`. */
  readonly form?: FrameForm;
  push(frame: Buffer): void;
}

export interface Hub {
  /** @param account - for private streams */
  join(listener: Listener, stream: string, account?: string): void;
  leave(listener: Listener, stream: string): void;
  leaveAll(listener: Listener): void;
  /** Whether anybody would hear it, so that nothing is made for nobody. */
  wanted(stream: string, account?: string): boolean;
  /** Streams somebody listens to. */
  streams(): Iterable<string>;
  /** @param data - a value to be written as JSON */
  publish(stream: string, data: unknown, account?: string): void;
  /** To one alone. */
  tell(listener: Listener, stream: string, data: unknown): void;
}

interface Topic {
  readonly stream: string;
  readonly listeners: Set<Listener>;
  /** A frame that comes after the next one, by a fault. */
  held: (() => void) | undefined;
}

/**
 * @param faultOf - what shall happen to the next frame of a stream
 * @param frameOf - the frame around the JSON text of what is told
 */
export function createHub(
  faultOf: (stream: string) => FrameFault | undefined,
  frameOf: (stream: string, json: string, form: FrameForm) => string,
): Hub {
  const topics = new Map<string, Topic>();
  const topicOf = (stream: string, account: string | undefined) =>
    account === undefined ? stream : `${stream} ${account}`;
  const drop = (listener: Listener, fits: (stream: string) => boolean) => {
    for (const [topic, { stream, listeners }] of topics)
      if (fits(stream) && listeners.delete(listener) && listeners.size === 0) topics.delete(topic);
  };
  /** Hands the frame to each, in its form. */
  const spread = (listeners: Iterable<Listener>, stream: string, data: unknown, times: number) => {
    const json = JSON.stringify(data);
    const frames = new Map<FrameForm, Buffer>();
    for (const listener of listeners) {
      const form = listener.form ?? "wrapped";
      let frame = frames.get(form);
      if (frame === undefined) {
        frame = Buffer.from(frameOf(stream, json, form));
        frames.set(form, frame);
      }
      for (let time = 0; time < times; time++) listener.push(frame);
    }
  };
  return {
    join: (listener, stream, account) => {
      const topic = topicOf(stream, account);
      const found = topics.get(topic);
      if (found === undefined) topics.set(topic, { stream, listeners: new Set([listener]), held: undefined });
      else found.listeners.add(listener);
    },
    leave: (listener, stream) => drop(listener, (each) => each === stream),
    leaveAll: (listener) => drop(listener, () => true),
    wanted: (stream, account) => topics.has(topicOf(stream, account)),
    streams: () => [...topics.values()].map((topic) => topic.stream),
    publish: (stream, data, account) => {
      const topic = topics.get(topicOf(stream, account));
      if (topic === undefined) return;
      const fault = faultOf(stream);
      const held = topic.held;
      topic.held = undefined;
      const send = () => spread(topic.listeners, stream, data, fault === "twice" ? 2 : 1);
      if (fault === "swap") topic.held = send;
      else if (typeof fault === "object") setTimeout(send, fault.lateMs).unref();
      else if (fault !== "drop") send();
      held?.();
    },
    tell: (listener, stream, data) => {
      const fault = faultOf(stream);
      if (fault !== "drop") spread([listener], stream, data, fault === "twice" ? 2 : 1);
    },
  };
}
