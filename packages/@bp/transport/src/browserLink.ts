// A connection by a socket of the standard, as browsers have it.
import type WebSocket from "isomorphic-ws";
import { type Connect, closing, type Link, type LinkEvents } from "./connection.ts";

/** What makes connections to `url`. The constructor takes no options. */
export function browserConnect(url: string): Connect {
  return (Socket, events) => browserLink(new Socket(url), events);
}

/** The link over such a socket. */
export function browserLink(socket: WebSocket, events: LinkEvents): Link {
  socket.binaryType = "arraybuffer";
  socket.onopen = () => events.open();
  socket.onmessage = ({ data }) => events.data(data instanceof ArrayBuffer ? new Uint8Array(data) : String(data));
  socket.onclose = ({ code, reason }) => events.end(closing(code, reason));
  return {
    send: (text) => socket.send(text),
    ping: () => undefined,
    drop: () => {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    },
  };
}
