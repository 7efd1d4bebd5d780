// Who listens to what; each frame is written once, whatever the number of listeners.
import type { FrameFault } from "../faults.ts";

/** Somebody connected. */
export interface Listener {
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
  /** @param data - JSON text or a value to be written as JSON */
  publish(stream: string, data: unknown, account?: string): void;
  /** To one alone. */
  tell(listener: Listener, stream: string, data: unknown): void;
}

/** @param faultOf - what shall happen to the next frame of a stream */
export function createHub(faultOf: (stream: string) => FrameFault | undefined): Hub {
  const topics = new Map<string, { readonly stream: string; readonly listeners: Set<Listener> }>();
  const topicOf = (stream: string, account: string | undefined) =>
    account === undefined ? stream : `${stream} ${account}`;
  const drop = (listener: Listener, fits: (stream: string) => boolean) => {
    for (const [topic, { stream, listeners }] of topics)
      if (fits(stream) && listeners.delete(listener) && listeners.size === 0) topics.delete(topic);
  };
  const send = (listener: Listener, frame: Buffer, fault: FrameFault | undefined) => {
    if (fault === "drop") return;
    listener.push(frame);
    if (fault === "twice") listener.push(frame);
  };
  return {
    join: (listener, stream, account) => {
      const topic = topicOf(stream, account);
      const found = topics.get(topic);
      if (found === undefined) topics.set(topic, { stream, listeners: new Set([listener]) });
      else found.listeners.add(listener);
    },
    leave: (listener, stream) => drop(listener, (each) => each === stream),
    leaveAll: (listener) => drop(listener, () => true),
    wanted: (stream, account) => topics.has(topicOf(stream, account)),
    streams: () => [...topics.values()].map((topic) => topic.stream),
    publish: (stream, data, account) => {
      const found = topics.get(topicOf(stream, account));
      if (found === undefined) return;
      const frame = frameOf(stream, data);
      const fault = faultOf(stream);
      for (const listener of found.listeners) send(listener, frame, fault);
    },
    tell: (listener, stream, data) => send(listener, frameOf(stream, data), faultOf(stream)),
  };
}

function frameOf(stream: string, data: unknown): Buffer {
  return Buffer.from(`{"data":${JSON.stringify(data)},"stream":"${stream}"}`);
}
