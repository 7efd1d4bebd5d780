// Ways to take frames off a socket, each with the same wish: bytes, in the turn in which they arrive.
import { createBackpack } from "@bp/client";
import { symbolOf } from "@bp/core";
import { createSocket } from "@bp/transport";
import WebSocket from "ws";
import type { Recording } from "../book/recording.ts";

/** Connects, asks for the frames and hands them on. Gives the way to stop. */
export type Receive = (url: string, take: (bytes: Uint8Array) => void) => () => unknown;

/** @bp/transport alone. */
export const bySocket: Receive = (url, take) => {
  const socket = createSocket({
    url,
    onOpen: (send) => send("go"),
    onMessage: (data) => take(data as Uint8Array), // on Node always bytes
    onState: () => undefined,
  });
  return () => socket.close();
};

/** @bp/client: the same with subscriptions, routes by stream, and listeners. */
export const byClient =
  ({ instrument }: Recording): Receive =>
  (url, take) => {
    const client = createBackpack({ wsUrl: url });
    client.streams.depth(symbolOf(instrument.id)).onBytes(take);
    return () => client.close();
  };

/** `ws` with the options that cost nothing. */
export const byWs: Receive = (url, take) =>
  open(new WebSocket(url, { perMessageDeflate: false, skipUTF8Validation: true }), take);

/** `ws` as it comes. */
export const byWsAsItComes: Receive = (url, take) => open(new WebSocket(url), take);

function open(socket: WebSocket, take: (bytes: Uint8Array) => void): () => unknown {
  socket.on("open", () => socket.send("go"));
  socket.on("message", (data: Buffer) => take(data));
  return () => socket.terminate();
}
