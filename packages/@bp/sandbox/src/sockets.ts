// The WebSocket side that all venues share: upgrades, pings, slow readers, goodbyes. What is said is the venue's own.
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import type { FaultDesk } from "./faults.ts";

export interface SocketOptions {
  /** Between pings. */
  readonly pingMs: number;
  /** A socket that has not answered for so long is closed; default: twice the time between pings. */
  readonly patienceMs?: number;
  /** Bytes that may wait for a slow reader before it is cut off. */
  readonly mostBuffered: number;
  /** A connection lives so long at most; default: for ever. */
  readonly lifeMs?: number;
}

/** One connection, as a venue sees it. */
export interface Connection {
  /** Path and query of the upgrade. */
  readonly url: URL;
  push(frame: Buffer): void;
  say(text: string): void;
  /** @param code - a close code; the other side is not waited for long */
  close(code: number, reason?: string): void;
}

/** What a venue does with a connection. */
export interface Talk {
  hear(text: string): void;
  /** A ping or a pong came. */
  control?(): void;
  /** It is closed. */
  end(): void;
}

export interface Sockets {
  /** Cuts all without a goodbye; returns how many. */
  cut(): number;
  close(): void;
}

const going = 1001;
const mostFrame = 1 << 18;

/** Answers upgrades on any path of `server`. */
export function openSockets(
  server: Server,
  faults: Pick<FaultDesk, "forSocket">,
  talk: (connection: Connection) => Talk,
  { pingMs, patienceMs = 2 * pingMs, mostBuffered, lifeMs }: SocketOptions,
): Sockets {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: mostFrame });
  const heard = new WeakMap<WebSocket, number>();

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (faults.forSocket()) {
      socket.on("error", () => undefined); // who is refused may be gone already
      socket.end("HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    const url = URL.parse(request.url ?? "/", "ws://sandbox") ?? new URL("ws://sandbox/");
    sockets.handleUpgrade(request, socket, head, (opened) => accept(opened, url));
  });

  function accept(socket: WebSocket, url: URL): void {
    const goodbye = (code: number, reason?: string) => {
      socket.close(code, reason);
      setTimeout(() => socket.terminate(), 200).unref();
    };
    const partner = talk({
      url,
      push: (frame) => {
        if (socket.readyState !== WebSocket.OPEN) return;
        if (socket.bufferedAmount > mostBuffered) socket.terminate();
        else socket.send(frame, { binary: false });
      },
      say: (text) => socket.send(text),
      close: goodbye,
    });
    heard.set(socket, performance.now());
    socket.on("pong", () => {
      heard.set(socket, performance.now());
      partner.control?.();
    });
    socket.on("ping", () => partner.control?.());
    socket.on("message", (data: Buffer) => partner.hear(data.toString()));
    const end = lifeMs === undefined ? undefined : setTimeout(() => goodbye(going), lifeMs).unref();
    socket.on("close", () => {
      clearTimeout(end);
      partner.end();
    });
    socket.on("error", () => socket.terminate()); // a malformed frame; `close` follows
  }

  const beat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (performance.now() - (heard.get(socket) ?? 0) > patienceMs) socket.terminate();
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
  };
}
