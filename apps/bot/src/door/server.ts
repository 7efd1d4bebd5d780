// The HTTP server of a door: limits against clients that are many, slow or silent, and the port that is free.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { deadlines } from "dashboard/contract";
import { systemCodeOf } from "../failures.ts";
import { safeHeaders } from "./headers.ts";
import type { DoorData } from "./words.ts";

/** So many connections are served; more are told so and closed. */
const connectionsMost = 256;
/** Those that come beyond this number are closed unheard. */
const connectionsHeard = 2_048;
/** How long one may ask nothing without having to make room for another, ms. */
const idleMs = 2_000;
/** How long one that is too many may take to ask, ms: it hears why it is not served. */
const refusedMs = 1_000;

/** Answers a request. */
export type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Requests that were turned away because there were too many connections. */
  readonly refused: number;
  /** Ends all connections. */
  close(): void;
}

/** Slow senders of headers and bodies are cut off; all in ms. */
const limits = {
  headersTimeout: 5_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
} as const;

/** What those hear that are too many. */
const tooMany = {
  headers: { ...safeHeaders, "Content-Type": "application/json", "Retry-After": "5", Connection: "close" },
  body: JSON.stringify({ error: `more than ${connectionsMost} connections: close some and try again` }),
};
/** The same, to those who have not asked anything in time. */
const tooManyText = `HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: ${tooMany.body.length}\r\n\r\n${tooMany.body}`;

/**
 * Listens on the first port that is free.
 *
 * @throws what the system says of the last one
 */
export async function listen(
  { host, ports, tls }: Pick<DoorData, "host" | "ports" | "tls">,
  listener: Listener,
): Promise<Listening> {
  const open = new Set<Socket>();
  /** Those that ask nothing now, and since when. */
  const idle = new Map<Socket, number>();
  const many = new WeakSet<Socket>();
  let refused = 0;
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (!many.has(incoming.socket)) {
      idle.delete(incoming.socket);
      outgoing.once("close", () => {
        if (open.has(incoming.socket)) idle.set(incoming.socket, performance.now());
      });
      listener(incoming, outgoing).catch(() => outgoing.destroy());
      return;
    }
    refused += 1;
    outgoing.writeHead(503, tooMany.headers);
    outgoing.end(tooMany.body);
  };
  const leave = (socket: Socket) => {
    open.delete(socket);
    idle.delete(socket);
  };
  /** Who asks nothing goes for who may ask something: silence alone shuts nobody out. */
  const makeRoom = () => {
    for (const [socket, since] of idle) {
      if (performance.now() - since < idleMs) return; // the others are younger
      leave(socket);
      socket.destroy();
      return;
    }
  };
  const server = tls === undefined ? createServer(limits, answer) : createTlsServer({ ...limits, ...tls }, answer);
  server.maxConnections = connectionsHeard;
  server.timeout = deadlines.silence;
  server.on(tls === undefined ? "connection" : "secureConnection", (socket: Socket) => {
    if (open.size >= connectionsMost) makeRoom();
    if (open.size >= connectionsMost) {
      many.add(socket);
      const timer = setTimeout(() => socket.end(tooManyText, () => socket.destroy()), refusedMs).unref();
      socket.once("close", () => clearTimeout(timer));
      return;
    }
    open.add(socket);
    idle.set(socket, performance.now());
    socket.once("close", () => leave(socket));
  });
  server.on("clientError", (error, socket) => {
    const late = systemCodeOf(error) === "ERR_HTTP_REQUEST_TIMEOUT";
    // A browser opens connections ahead, and would read this as the answer to what it asks on one later.
    const isUnused = late && (socket as Socket).bytesRead === 0;
    const line = late ? "408 Request Timeout" : "400 Bad Request";
    // Whoever does not read it is not waited for.
    if (socket.writable && !isUnused)
      socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\n\r\n`, () => socket.destroy());
    else socket.destroy();
  });
  for (const [at, port] of ports.entries())
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
          server.off("error", reject);
          resolve();
        });
      });
      break;
    } catch (error) {
      const next = systemCodeOf(error) === "EADDRINUSE" || systemCodeOf(error) === "EACCES";
      if (!next || at === ports.length - 1) throw error;
    }
  return {
    port: (server.address() as AddressInfo).port, // it listens on a port
    get refused() {
      return refused;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
