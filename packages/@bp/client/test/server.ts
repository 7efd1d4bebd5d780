// A small venue on 127.0.0.1 for tests: HTTP with checked signatures, WebSocket, and answers that a test can change.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { canonical, canonicalBatch, type Params, verifyEd25519 } from "@bp/signing";
import { operations } from "./operations.ts";

export type Reply =
  | {
      readonly status?: number;
      readonly body?: unknown;
      readonly text?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | "hang"
  | "cut";
export type Handler = (params: Readonly<Record<string, string>>, body: unknown) => Reply | Promise<Reply>;

export interface Server {
  readonly restUrl: string;
  readonly wsUrl: string;
  /** `GET /api/v1/order`, with parameters; in order of arrival. */
  readonly requests: {
    readonly route: string;
    readonly params: Readonly<Record<string, string>>;
    readonly headers: IncomingMessage["headers"];
    /** As it stood in the URL, `?` included; "" for none. */
    readonly query: string;
    /** The JSON body; `undefined` for none. */
    readonly body: unknown;
  }[];
  /** What a route answers from now on. */
  on(route: string, handler: Handler): void;
  /** Sends a frame to all who subscribed to the stream. */
  push(stream: string, data: unknown): void;
  /** Sends text to every socket. */
  raw(text: string): void;
  /** Sends bytes to every socket, as a binary frame. */
  rawBytes(bytes: Uint8Array): void;
  /** Streams wanted by somebody now. */
  readonly wanted: ReadonlySet<string>;
  /** Every SUBSCRIBE that came, with its signature. */
  readonly subscriptions: { readonly params: readonly string[]; readonly signature: readonly string[] | undefined }[];
  /** What the venue's clock is ahead of ours, ms. */
  offsetMs: number;
  /** Cuts every socket. */
  cut(): void;
  close(): Promise<void>;
}

const instructions = new Map(operations.map(({ route, instruction }) => [route, instruction]));

/** A recorded payload. */
export function fixture(name: string): unknown {
  return JSON.parse(fixtureText(name));
}

/** The same as text. */
export function fixtureText(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8");
}

export async function startServer(): Promise<Server> {
  const handlers = new Map<string, Handler>();
  const sockets = new Set<{ readonly socket: Duplex; readonly streams: Set<string> }>();
  const requests: Server["requests"] = [];
  const subscriptions: Server["subscriptions"] = [];
  const wanted = new Set<string>();
  const notFound: Handler = () => ({ status: 404, body: fixture("error-order-not-found.json") });
  for (const [route, body] of [
    ["GET /api/v1/markets", () => fixture("rest-markets.json")],
    ["GET /api/v1/account", () => fixture("rest-account.json")],
    ["GET /api/v1/capital", () => fixture("rest-capital.json")],
    ["GET /api/v1/capital/collateral", () => fixture("rest-capital-collateral.json")],
    ["GET /api/v1/orders", () => []],
    ["GET /api/v1/position", () => []],
    ["GET /wapi/v1/history/fills", () => []],
    ["GET /wapi/v1/history/orders", () => []],
    ["GET /wapi/v1/history/funding", () => []],
  ] as const)
    handlers.set(route, () => ({ body: body() }));
  handlers.set("GET /api/v1/order", notFound);
  handlers.set("DELETE /api/v1/order", notFound);
  handlers.set("GET /api/v1/time", () => ({ text: String(Date.now() + server.offsetMs) }));
  handlers.set("GET /api/v1/ping", () => ({ text: "pong" }));
  handlers.set("GET /api/v1/market", ({ symbol }) => {
    const markets = fixture("rest-markets.json") as { readonly symbol: string }[];
    return { body: markets.find((each) => each.symbol === symbol) };
  });
  handlers.set("GET /api/v1/depth", () => ({ body: { ...(fixture("rest-depth.json") as object) } }));

  const refusal = (message: string): Reply => ({ status: 400, body: { code: "INVALID_CLIENT_REQUEST", message } });
  const check = (route: string, params: unknown, headers: IncomingMessage["headers"]): Reply | undefined => {
    const instruction = instructions.get(route);
    if (instruction === undefined) return undefined;
    const {
      "x-api-key": key = "",
      "x-signature": signature = "",
      "x-timestamp": at = "",
      "x-window": window = "",
    } = headers;
    const text = Array.isArray(params)
      ? canonicalBatch(instruction, params as Params[], Number(at), Number(window))
      : canonical(instruction, params as Params, Number(at), Number(window));
    if (!verifyEd25519(String(key), text, String(signature))) return refusal("Invalid signature");
    const now = Date.now() + server.offsetMs;
    return now < Number(at) - 1000 || now > Number(at) + Number(window) ? refusal("Request has expired") : undefined;
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const route = `${request.method} ${url.pathname}`;
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    const query = Object.fromEntries(url.searchParams);
    const params =
      request.method === "GET" ? query : ((Array.isArray(body) ? {} : (body ?? {})) as Record<string, string>);
    requests.push({ route, params, headers: request.headers, query: url.search, body });
    const reply =
      check(route, Array.isArray(body) ? body : params, request.headers) ??
      (await (handlers.get(route) ?? notFound)(params, body));
    if (reply === "hang") return;
    if (reply === "cut") return void request.socket.destroy();
    response.statusCode = reply.status ?? 200;
    response.setHeader("content-type", "application/json");
    for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
    response.end(reply.text ?? (reply.body === undefined ? "" : JSON.stringify(reply.body)));
  };

  const http = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.statusCode = 599;
      response.end(String(error));
    });
  });
  http.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    const accept = createHash("sha1")
      .update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const entry = { socket, streams: new Set<string>() };
    sockets.add(entry);
    const gone = () => sockets.delete(entry);
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
        if (found.opcode !== 1) continue;
        const { method, params, signature } = JSON.parse(found.text) as {
          method: string;
          params: string[];
          signature?: string[];
        };
        if (method === "SUBSCRIBE") subscriptions.push({ params, signature });
        for (const name of params) {
          if (method === "SUBSCRIBE") {
            if (name.startsWith("account.") && !signed(signature)) {
              write(socket, fixtureText("ws-error-invalid-signature.json"));
              continue;
            }
            entry.streams.add(name);
            wanted.add(name);
          } else {
            entry.streams.delete(name);
            wanted.delete(name);
          }
        }
      }
    });
  });
  const signed = (signature: readonly string[] | undefined) => {
    const [key = "", text = "", at = "", window = ""] = signature ?? [];
    const fresh = Math.abs(Date.now() + server.offsetMs - Number(at)) < Number(window);
    return fresh && verifyEd25519(key, canonical("subscribe", undefined, Number(at), Number(window)), text);
  };

  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  const server: Server = {
    restUrl: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}`,
    requests,
    subscriptions,
    wanted,
    offsetMs: 0,
    on: (route, handler) => handlers.set(route, handler),
    push: (stream, data) => {
      const text = JSON.stringify({ data, stream });
      for (const { socket, streams } of sockets) if (streams.has(stream)) write(socket, text);
    },
    raw: (text) => {
      for (const { socket } of sockets) write(socket, text);
    },
    rawBytes: (bytes) => {
      for (const { socket } of sockets) write(socket, bytes);
    },
    cut: () => {
      wanted.clear();
      for (const { socket } of sockets) socket.destroy();
    },
    close: async () => {
      for (const { socket } of sockets) socket.destroy();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}

function write(socket: Duplex, message: string | Uint8Array): void {
  const body = Buffer.from(message);
  const kind = typeof message === "string" ? 0x81 : 0x82;
  const head =
    body.length < 126
      ? Buffer.from([kind, body.length])
      : Buffer.from([kind, 126, body.length >> 8, body.length & 255]);
  socket.write(Buffer.concat([head, body]));
}

function frameOf(
  bytes: Buffer,
): { readonly opcode: number; readonly text: string; readonly length: number } | undefined {
  if (bytes.length < 6) return undefined;
  const short = (bytes[1] ?? 0) & 127;
  const head = short < 126 ? 2 : 4;
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
