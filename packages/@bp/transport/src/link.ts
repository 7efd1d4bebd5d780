// A connection whose class is read when the first one is wanted: who only asks by REST does not wait for it at the start.

import type WebSocket from "isomorphic-ws";
import { connectTo } from "#ways";
import type { Connect, ConnectOptions, Link, LinkEvents } from "./connection.ts";
import { whyOf } from "./why.ts";

/** What makes connections to `url`, one per call. */
export function openLink(url: string, options: ConnectOptions): (events: LinkEvents) => Link {
  const connect = connectTo(url, options);
  return (events) => (loaded === undefined ? linkAfter(load(), connect, events) : connect(loaded, events));
}

let loaded: typeof WebSocket | undefined;

async function load(): Promise<typeof WebSocket> {
  loaded ??= (await import("isomorphic-ws")).default;
  return loaded;
}

/** A link that begins as soon as there is something to make it with. */
function linkAfter(loading: Promise<typeof WebSocket>, connect: Connect, events: LinkEvents): Link {
  let link: Link | undefined;
  let dropped = false;
  const begin = async () => {
    try {
      const Socket = await loading;
      if (!dropped) link = connect(Socket, events);
    } catch (error) {
      if (!dropped) events.end(whyOf(error)); // it cannot be loaded, or refuses what it is given
    }
  };
  begin().catch(crash);
  return {
    send: (text) => link?.send(text),
    ping: () => link?.ping(),
    drop: () => {
      dropped = true;
      link?.drop();
    },
  };
}

/** What a callback throws belongs to the program, as if it had been thrown in a frame of the socket. */
export function crash(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
