// One exchange on one port: REST and WebSocket, faults, and the way to close it.
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { BpError } from "@bp/core";
import { createFaults, type FaultDesk } from "./faults.ts";
import { type Answered, createHttpServer, type Respond } from "./http.ts";
import { createHub, type FrameForm, type Hub } from "./hub.ts";
import type { Running } from "./run.ts";
import { type Connection, openSockets, type SocketOptions, type Talk } from "./sockets.ts";

/** What makes an exchange the venue that it pretends to be. */
export interface Face {
  readonly respond: Respond;
  readonly talk: (connection: Connection) => Talk;
  /** Streams, timers: everything that must end with it. */
  readonly stop: () => void;
}

export interface Site {
  /** `http://127.0.0.1:PORT` */
  readonly rest: string;
  /** `ws://127.0.0.1:PORT` */
  readonly ws: string;
  readonly faults: FaultDesk;
  /** Hears what the venue says to each request; the answer takes the listener away. */
  readonly onAnswer: (listener: (answered: Answered) => void) => () => void;
  /** Says goodbye to the sockets and frees the port. */
  close(): Promise<void>;
}

/** Where it listens and how its sockets live. */
export interface SiteOptions extends SocketOptions {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
}

/**
 * @param frameOf - the frame around the JSON text of what a stream tells
 * @throws BpError `config/conflict` when the port is taken, `config/invalid` for a host that is no address
 */
export async function openSite(
  { house, pace }: Running,
  options: SiteOptions,
  frameOf: (stream: string, json: string, form: FrameForm) => string,
  face: (hub: Hub, faults: FaultDesk) => Face,
): Promise<Site> {
  const faults = createFaults({
    cut: () => sockets.cut(),
    setOffset: (ms) => {
      house.times.offsetMs = ms;
    },
  });
  const hub = createHub((stream) => faults.forFrame(isKey(stream) ? "user" : stream), frameOf);
  const { respond, talk, stop } = face(hub, faults);
  const listeners = new Set<(answered: Answered) => void>();
  const server = createHttpServer(respond, faults, (answered) => {
    for (const each of listeners) each(answered);
  });
  const sockets = openSockets(server, faults, talk, options);
  const end = () => {
    pace.stop();
    stop();
    sockets.close();
  };
  let port: number;
  try {
    port = await listen(server, options.host, options.port);
  } catch (error) {
    end();
    throw error;
  }
  pace.start();
  const name = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    rest: `http://${name}:${port}`,
    ws: `ws://${name}:${port}`,
    faults,
    onAnswer: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      end();
      return closed(server);
    },
  };
}

/** Streams of an account whose name is a key are `user` to the faults. */
const isKey = (stream: string) => /^[0-9a-f]{64}$/.test(stream);

/** @throws BpError `config/conflict`, `config/invalid` */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(
        taken
          ? new BpError(
              "config/conflict",
              {
                what: `port ${port} on ${host} is in use`,
                hint: "choose another `port`, or leave it out for a free one",
              },
              { cause: error },
            )
          : new BpError(
              "config/invalid",
              {
                path: "host",
                found: `${host}:${port}`,
                expected: `an address to listen on (${error.code ?? error.message})`,
              },
              { cause: error },
            ),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port)); // a TCP server has such an address
  });
}

/** Stops a server; connections that linger are cut. */
export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 250).unref();
  });
}
