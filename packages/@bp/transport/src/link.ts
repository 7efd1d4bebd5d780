// A single WebSocket connection, the same face for Node's `ws` and a browser's socket.
import type WebSocket from "isomorphic-ws";
import { tunnelTo } from "./proxy.ts";
import { whyOf } from "./why.ts";

/** What happens to a connection. After `end` nothing comes any more. */
export interface LinkEvents {
  readonly open: () => void;
  readonly data: (data: Uint8Array | string) => void;
  /** A sign of life that is no data: a ping or a pong. */
  readonly sign: () => void;
  readonly end: (why: string) => void;
}

export interface Link {
  send(text: string): void;
  /** Asks for a sign of life; does nothing where that cannot be asked. */
  ping(): void;
  /** Ends it without a word; no event comes any more. */
  drop(): void;
}

const handshakeMs = 10_000;
const farewellMs = 250; // after a close frame the server may keep the connection for long

/** What makes connections to `url`, one per call. */
export function openLink(
  url: string,
  {
    proxy,
    userAgent = "bp-transport",
  }: { readonly proxy?: string | undefined; readonly userAgent?: string | undefined },
): (events: LinkEvents) => Link {
  const tunnel = proxy === undefined ? undefined : tunnelTo(proxy, url);
  const options = {
    perMessageDeflate: false, // a compressed frame costs 88 µs, a plain one 0.3
    skipUTF8Validation: true, // the decoder looks at every byte anyway
    handshakeTimeout: handshakeMs,
    closeTimeout: farewellMs,
    headers: { "user-agent": userAgent },
    ...(tunnel === undefined ? {} : { createConnection: tunnel }),
  };
  const connect = (Socket: typeof WebSocket, events: LinkEvents) => {
    // A browser's constructor takes no options; `on` is what only `ws` has.
    const node = options as ConstructorParameters<typeof WebSocket>[2]; // its types do not know `closeTimeout` yet
    const inNode = typeof (Socket.prototype as { on?: unknown }).on === "function"; // a browser's has none, whatever the types say
    return inNode ? nodeLink(new Socket(url, node), events) : browserLink(new Socket(url), events);
  };
  return (events) => (loaded === undefined ? linkAfter(load(), connect, events) : connect(loaded, events));
}

// Read with the first connection: who only asks by REST does not wait for it at the start.
let loaded: typeof WebSocket | undefined;

async function load(): Promise<typeof WebSocket> {
  loaded ??= (await import("isomorphic-ws")).default;
  return loaded;
}

/** A link that begins as soon as there is something to make it with. */
function linkAfter(
  loading: Promise<typeof WebSocket>,
  connect: (Socket: typeof WebSocket, events: LinkEvents) => Link,
  events: LinkEvents,
): Link {
  let link: Link | undefined;
  let dropped = false;
  loading.then(
    (Socket) => {
      if (!dropped) link = connect(Socket, events);
    },
    (error: unknown) => {
      if (!dropped) events.end(`isomorphic-ws cannot be loaded: ${whyOf(error)}`);
    },
  );
  return {
    send: (text) => link?.send(text),
    ping: () => link?.ping(),
    drop: () => {
      dropped = true;
      link?.drop();
    },
  };
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

/** The link over a socket of the standard, as browsers have it. */
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

function closing(code: number, reason: string): string {
  if (code === 1006) return "cut without a close frame (1006)";
  return `closed by the server: ${code}${reason === "" ? "" : ` ${reason}`}`;
}
