// A connection by `ws`.
import type WebSocket from "isomorphic-ws";
import { type Connect, closing, type Link, type LinkEvents } from "./connection.ts";
import type { Tunnel } from "./proxy.ts";
import { whyOf } from "./why.ts";

const handshakeMs = 10_000;
/** No frame of a venue is longer, in bytes; a longer one ends the connection before it is in memory. */
const longestFrame = 16_777_216;
const farewellMs = 250; // after a close frame the server may keep the connection for long

/** What makes connections to `url`. */
export function nodeConnect(url: string, tunnel: Tunnel | undefined, userAgent = "bp-transport"): Connect {
  const options = {
    perMessageDeflate: false, // a compressed frame costs 88 µs, a plain one 0.3
    skipUTF8Validation: true, // the decoder looks at every byte anyway
    handshakeTimeout: handshakeMs,
    maxPayload: longestFrame,
    closeTimeout: farewellMs,
    headers: { "user-agent": userAgent },
    ...(tunnel === undefined ? {} : { createConnection: tunnel }),
  };
  const node = options as ConstructorParameters<typeof WebSocket>[2]; // its types do not know `closeTimeout` yet
  return (Socket, events) => nodeLink(new Socket(url, node), events);
}

function nodeLink(socket: WebSocket, events: LinkEvents): Link {
  socket.on("open", events.open);
  socket.on("message", (data: Buffer) => events.data(data));
  socket.on("ping", events.sign);
  socket.on("pong", events.sign);
  socket.on("error", (error) => events.end(whyOf(error)));
  socket.on("close", (code, reason) => events.end(closing(code, reason.toString("utf8"))));
  return {
    send: (text) => socket.send(text),
    ping: () => {
      if (socket.readyState === socket.OPEN) socket.ping();
    },
    drop: () => {
      socket.removeAllListeners();
      socket.on("error", () => undefined); // what it says of its own end
      if (socket.readyState === socket.OPEN) socket.close(1000);
      socket.terminate();
    },
  };
}
