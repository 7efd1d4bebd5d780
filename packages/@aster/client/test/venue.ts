// A small Aster on 127.0.0.1 for tests: HTTP with signatures that are checked by other means than the client's, and answers that a test sets.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { recoverEip712 } from "@bp/signing";

/** What a route answers; `hang` and `cut` never do. */
export type Reply =
  | {
      readonly status?: number;
      readonly body?: unknown;
      readonly text?: string;
      readonly headers?: Record<string, string>;
    }
  | "hang"
  | "cut";
/** One request as it came, undecoded. */
export interface Received {
  readonly method: string;
  readonly path: string;
  /** Without `?`. */
  readonly query: string;
  readonly body: string;
  /** Query or body: where the parameters are. */
  readonly text: string;
  readonly params: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
}
export type Handler = (request: Received) => Reply | Promise<Reply>;

export interface TestVenue {
  readonly url: string;
  readonly requests: Received[];
  /** Without the questions for the time. */
  readonly asked: () => Received[];
  /** What `GET /fapi/v3/depth` and the like answer from now on. */
  on(route: string, handler: Handler): void;
  /** The venue's clock, ms. */
  now: () => number;
  close(): Promise<void>;
}

/** A payload of the reference. */
export function fixture(name: string): unknown {
  return JSON.parse(fixtureText(name));
}

/** The same as text, as a server would send it. */
export function fixtureText(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8");
}

/** Who signed: `v1` where the digits of a V1 signature hold, or the address that an agent's signature belongs to. */
export function signerOf({ text }: Received, secret: string, chainId: number): string | undefined {
  const at = text.lastIndexOf("&signature=");
  if (at < 0) return undefined;
  const signed = text.slice(0, at);
  const signature = text.slice(at + "&signature=".length);
  if (signature.startsWith("0x")) return recoverEip712(signed, signature, chainId);
  return createHmac("sha256", secret).update(signed).digest("hex") === signature ? "v1" : undefined;
}

export async function startVenue(): Promise<TestVenue> {
  const handlers = new Map<string, Handler>();
  const requests: Received[] = [];
  const time: Handler = () => ({ body: { serverTime: venue.now() } });
  for (const path of ["/fapi/v3/time", "/api/v3/time"]) handlers.set(`GET ${path}`, time);
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const [path = "", query = ""] = (request.url ?? "").split("?");
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const text = body === "" ? query : body;
    const method = request.method ?? "";
    const received = { method, path, query, body, text, params: new URLSearchParams(text), headers: request.headers };
    requests.push(received);
    const handler = handlers.get(`${method} ${path}`);
    const reply = handler === undefined ? { status: 404, text: "<html><title>404</title>" } : await handler(received);
    if (reply === "hang") return;
    if (reply === "cut") return void request.socket.destroy();
    response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
    response.end(reply.text ?? JSON.stringify(reply.body));
  };
  const http = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.statusCode = 599;
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  const venue: TestVenue = {
    url: `http://127.0.0.1:${port}`,
    requests,
    asked: () => requests.filter(({ path }) => !path.endsWith("/time")),
    on: (route, handler) => handlers.set(route, handler),
    now: Date.now,
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return venue;
}
