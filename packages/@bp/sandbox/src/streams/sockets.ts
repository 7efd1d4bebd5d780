// The WebSocket side: who connects, what they subscribe to, who is too slow.
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { authenticateFrame } from "../auth.ts";
import type { FaultDesk } from "../faults.ts";
import type { House } from "../house.ts";
import type { Hub, Listener } from "./hub.ts";
import { readStream } from "./names.ts";
import { tellPositions } from "./private.ts";

export interface SocketOptions {
  /** Between pings; a socket without a pong for twice as long is closed. The venue: 60000. */
  readonly pingMs: number;
  /** Bytes that may wait for a slow reader before it is cut off. */
  readonly mostBuffered: number;
}

export interface Sockets {
  /** Cuts all without a goodbye; returns how many. */
  cut(): number;
  close(): void;
  readonly count: number;
}

const going = 1001;
const mostFrame = 1 << 18;

/** Answers upgrades on any path of `server`. */
export function openSockets(
  server: Server,
  house: House,
  hub: Hub,
  faults: Pick<FaultDesk, "forSocket">,
  { pingMs, mostBuffered }: SocketOptions,
): Sockets {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: mostFrame });
  const heard = new WeakMap<WebSocket, number>();

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (faults.forSocket()) {
      socket.on("error", () => undefined); // who is refused may be gone already
      socket.end("HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => accept(opened));
  });

  function accept(socket: WebSocket): void {
    const listener: Listener = {
      push: (frame) => {
        if (socket.readyState !== WebSocket.OPEN) return;
        if (socket.bufferedAmount > mostBuffered) socket.terminate();
        else socket.send(frame, { binary: false });
      },
    };
    heard.set(socket, performance.now());
    socket.on("pong", () => heard.set(socket, performance.now()));
    socket.on("message", (data: Buffer) => {
      for (const answer of understand(house, hub, listener, data.toString())) socket.send(answer);
    });
    socket.on("close", () => hub.leaveAll(listener));
    socket.on("error", () => socket.terminate()); // a malformed frame; `close` follows
  }

  const beat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (performance.now() - (heard.get(socket) ?? 0) > 2 * pingMs) socket.terminate();
      else socket.ping();
    }
  }, pingMs);

  return {
    cut: () => {
      const { size } = sockets.clients;
      for (const socket of sockets.clients) socket.terminate();
      return size;
    },
    close: () => {
      clearInterval(beat);
      for (const socket of sockets.clients) {
        socket.close(going);
        setTimeout(() => socket.terminate(), 200).unref();
      }
      sockets.close();
    },
    get count() {
      return sockets.clients.size;
    },
  };
}

/** Does what a frame asks for and gives the error frames it earns. A subscription that works is not acknowledged. */
function understand(house: House, hub: Hub, listener: Listener, text: string): readonly string[] {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return [errorFrame(null, 4000, "Invalid request")];
  }
  if (typeof frame !== "object" || frame === null) return [errorFrame(null, 4000, "Invalid request")];
  const { method, params, signature, id = null } = frame as Record<string, unknown>; // an object, by the line above
  if ((method !== "SUBSCRIBE" && method !== "UNSUBSCRIBE") || !Array.isArray(params))
    return [errorFrame(id, 4000, "Invalid request")];
  const names = params.map(String);
  if (method === "UNSUBSCRIBE") {
    for (const name of names) hub.leave(listener, name);
    return [];
  }
  const member = signature === undefined ? undefined : authenticateFrame(house, signature);
  const errors: string[] = [];
  let refused = false;
  for (const name of names) {
    const ask = readStream(house, name);
    if (ask === undefined) errors.push(errorFrame(id, 4006, "Invalid stream"));
    else if (ask.kind !== "account") hub.join(listener, name);
    else if (member === undefined) refused = true;
    else {
      hub.join(listener, name, member.name);
      if (ask.what === "positionUpdate") tellPositions(house, hub, listener, name, member.name, ask.market?.id);
    }
  }
  if (refused || (signature !== undefined && member === undefined))
    errors.push(errorFrame(id, 4003, "Invalid signature"));
  return errors;
}

const errorFrame = (id: unknown, code: number, message: string) => JSON.stringify({ id, error: { code, message } });
