// For the tests of streams: a socket on any path that remembers what comes.
import { WebSocket } from "ws";
import type { Loose } from "./trial.fixture.ts";

/** A socket and what it has heard. */
export interface Ear {
  readonly socket: WebSocket;
  /** Every frame so far, as it was received. */
  readonly texts: readonly string[];
  readonly frames: readonly Loose[];
  /** The first frame, past or to come, that fits. */
  next(fits: (frame: Loose) => boolean): Promise<Loose>;
  /** Text goes out as it is, anything else as JSON. */
  say(message: unknown): void;
  subscribe(...streams: readonly string[]): void;
  /** The answer to a message with this id. */
  ask(message: Loose): Promise<Loose>;
  /** The close code. */
  readonly closed: Promise<number>;
}

/** Opens a socket and remembers what comes. */
export async function listenTo(base: string, path = ""): Promise<Ear> {
  const socket = new WebSocket(base + path, { perMessageDeflate: false });
  const texts: string[] = [];
  const frames: Loose[] = [];
  let waiters: { fits: (frame: Loose) => boolean; resolve: (frame: Loose) => void }[] = [];
  socket.on("message", (data: Buffer, binary) => {
    if (binary) throw new Error("a binary frame");
    const text = data.toString();
    texts.push(text);
    const frame: unknown = JSON.parse(text);
    frames.push(frame);
    waiters = waiters.filter((waiter) => {
      if (!waiter.fits(frame)) return true;
      waiter.resolve(frame);
      return false;
    });
  });
  const closed = new Promise<number>((resolve) => socket.on("close", (code) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    socket.once("open", () => resolve());
    socket.once("error", reject);
  });
  socket.on("error", () => undefined);
  const next: Ear["next"] = (fits) => {
    const found = frames.find(fits);
    return found === undefined ? new Promise((resolve) => waiters.push({ fits, resolve })) : Promise.resolve(found);
  };
  const say: Ear["say"] = (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message));
  return {
    socket,
    texts,
    frames,
    next,
    say,
    subscribe: (...streams) => say({ method: "SUBSCRIBE", params: streams }),
    ask: (message) => {
      say(message);
      return next((frame) => frame.id === message.id && !("e" in frame));
    },
    closed,
  };
}

/** Everything sent before has been understood once the socket has answered a ping. */
export function settled({ socket }: Ear): Promise<void> {
  return new Promise((resolve) => {
    socket.once("pong", () => resolve());
    socket.ping();
  });
}
