// Aster's sockets on 127.0.0.1 for tests: requests are counted and acknowledged, frames are what the test says.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

/** One connection. */
export interface Client {
  readonly path: string;
  readonly streams: ReadonlySet<string>;
  /** Every request that came, in order. */
  readonly requests: readonly Request[];
  readonly open: boolean;
  send(text: string): void;
  sendBytes(bytes: Uint8Array): void;
  cut(): void;
}

/** `{"method":"SUBSCRIBE","params":[...],"id":1}`. */
export interface Request {
  readonly method: string;
  readonly params: readonly string[];
  readonly id: number;
}

export interface Sockets {
  readonly url: string;
  /** All connections that ever came, in order. */
  readonly clients: readonly Client[];
  /** Streams wanted on open connections. */
  wanted(): string[];
  /** Sends data to all who asked for the stream, in an envelope. */
  push(stream: string, data: unknown): void;
  /** What a request is answered with; `undefined` for no answer. Default: the acknowledgement. */
  answer: (request: Request) => unknown;
  close(): Promise<void>;
}

export async function startSockets(): Promise<Sockets> {
  const clients: (Client & { readonly streams: Set<string>; readonly requests: Request[]; open: boolean })[] = [];
  const http = createServer();
  http.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    const accept = createHash("sha1")
      .update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const client = {
      path: request.url ?? "",
      streams: new Set<string>(),
      requests: [] as Request[],
      open: true,
      send: (text: string) => write(socket, Buffer.from(text), 1),
      sendBytes: (bytes: Uint8Array) => write(socket, Buffer.from(bytes), 2),
      cut: () => socket.destroy(),
    };
    clients.push(client);
    const gone = () => {
      client.open = false;
    };
    socket.on("close", gone);
    socket.on("error", gone);
    let rest: Buffer = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      for (;;) {
        const found = frameOf(rest);
        if (found === undefined) return;
        rest = rest.subarray(found.length);
        if (found.opcode === 8) socket.end();
        if (found.opcode === 9) socket.write(Buffer.from([0x8a, 0]));
        if (found.opcode !== 1) continue;
        const asked = JSON.parse(found.text) as Request;
        client.requests.push(asked);
        for (const name of asked.params)
          if (asked.method === "SUBSCRIBE") client.streams.add(name);
          else client.streams.delete(name);
        const answer = sockets.answer(asked);
        if (answer !== undefined) client.send(JSON.stringify(answer));
      }
    });
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  const standing = () => clients.filter(({ open }) => open);
  const sockets: Sockets = {
    url: `ws://127.0.0.1:${port}`,
    clients,
    wanted: () => standing().flatMap(({ streams }) => [...streams]),
    push: (stream, data) => {
      for (const client of standing()) if (client.streams.has(stream)) client.send(JSON.stringify({ stream, data }));
    },
    answer: ({ id }) => ({ result: null, id }),
    close: async () => {
      for (const client of clients) client.cut();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return sockets;
}

function write(socket: Duplex, body: Buffer, opcode: 1 | 2): void {
  const first = 0x80 | opcode;
  const head =
    body.length < 126
      ? Buffer.from([first, body.length])
      : body.length < 65_536
        ? Buffer.from([first, 126, body.length >> 8, body.length & 255])
        : Buffer.from([first, 127, 0, 0, 0, 0, 0, body.length >> 16, (body.length >> 8) & 255, body.length & 255]);
  socket.write(Buffer.concat([head, body]));
}

function frameOf(
  bytes: Buffer,
): { readonly opcode: number; readonly text: string; readonly length: number } | undefined {
  if (bytes.length < 6) return undefined;
  const short = (bytes[1] ?? 0) & 127;
  const head = short < 126 ? 2 : 4;
  if (bytes.length < head + 4) return undefined;
  const size = short < 126 ? short : bytes.readUInt16BE(2);
  const length = head + 4 + size;
  if (bytes.length < length) return undefined;
  const mask = bytes.subarray(head, head + 4);
  const body = Buffer.from(bytes.subarray(head + 4, length)).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return { opcode: (bytes[0] ?? 0) & 15, text: Buffer.from(body).toString(), length };
}

/** Waits until something is so, at most a minute. */
export async function until<T>(find: () => T | undefined | false, what = "it"): Promise<T> {
  const startedAt = Date.now();
  for (;;) {
    const found = find();
    if (found !== undefined && found !== false) return found;
    if (Date.now() - startedAt > 60_000) throw new Error(`${what} did not happen`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
