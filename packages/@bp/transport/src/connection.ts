// A single WebSocket connection, the same face for Node's `ws` and a browser's socket.
import type WebSocket from "isomorphic-ws";

/** What happens to a connection. After `end` nothing comes any more. */
export interface LinkEvents {
  readonly open: () => void;
  readonly data: (data: Uint8Array | string) => void;
  /** A sign of life that is no data: a ping or a pong. */
  readonly sign: () => void;
  readonly end: (why: string) => void;
}

/** A connection that was made. */
export interface Link {
  send(text: string): void;
  /** Asks for a sign of life; does nothing where that cannot be asked. */
  ping(): void;
  /** Ends it without a word; no event comes any more. */
  drop(): void;
}

/** Makes a connection, with the class that was loaded for it. */
export type Connect = (Socket: typeof WebSocket, events: LinkEvents) => Link;

/** How a connection is made. */
export interface ConnectOptions {
  readonly proxy?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** Why the other side ended it. */
export function closing(code: number, reason: string): string {
  if (code === 1006) return "cut without a close frame (1006)";
  return `closed by the server: ${code}${reason === "" ? "" : ` ${reason}`}`;
}
