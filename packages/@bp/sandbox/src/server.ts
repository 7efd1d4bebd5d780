// HTTP on loopback: reads a request, asks the faults, the limits, the signature and the endpoint, and writes the answer.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Answer, fault, notFound, Refused } from "./answer.ts";
import { authenticate } from "./auth.ts";
import { type FaultDesk, faultAnswer } from "./faults.ts";
import type { House } from "./house.ts";
import { createLimiter, type Limits } from "./limits.ts";
import type { Pace } from "./pace.ts";
import type { Route } from "./route.ts";
import { findRoute } from "./routes.ts";

const mostBody = 1 << 20;
const tooMany = fault(429, "TOO_MANY_REQUESTS", "You have exceeded the rate limit");

/** @param cdn - keep public answers as long as the venue's cache does */
export function createRestServer(house: House, pace: Pace, faults: FaultDesk, limits: Limits, cdn: boolean): Server {
  const now = () => performance.now();
  const general = createLimiter(limits.perMinute ?? 2000, now);
  const historical = createLimiter(limits.historyPerMinute ?? 30, now);
  const cache = new Map<string, { readonly answer: Answer; readonly at: number; readonly until: number }>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? "GET";
    const url = URL.parse(request.url ?? "/", "http://sandbox") ?? new URL("http://sandbox/unreadable");
    const happens = faults.forRequest(method, url.pathname);
    const body = await readBody(request);
    if (happens?.do === "hang") return;
    if (happens?.do === "reset") return void request.socket.destroy();
    if (happens?.do === "answer") return write(response, faultAnswer(happens));
    if (happens?.do === "delay" && happens.when === "before") await later(happens.ms);
    const answer = await respond(method, url, request, body);
    if (happens?.do === "lose-answer") return void request.socket.destroy();
    if (happens?.do === "swallow-answer") return;
    if (happens?.do === "delay" && happens.when !== "before") await later(happens.ms);
    write(response, answer);
  }

  async function respond(
    method: string,
    url: URL,
    request: IncomingMessage,
    body: string | undefined,
  ): Promise<Answer> {
    try {
      const route = findRoute(method, url.pathname);
      if (route === undefined) return notFound;
      if (route === "wrong-method") return { status: 405, text: "method not allowed" };
      if (body === undefined) return { status: 413, text: "payload too large" };
      const address = request.socket.remoteAddress ?? "";
      const key = request.headers["x-api-key"];
      const who = route.instruction !== undefined && typeof key === "string" && house.member(key) ? key : address;
      if (!general.take(who) || (route.historical && !historical.take(address))) return tooMany;
      pace.catchUp(2);
      if (cdn && route.cacheSeconds > 0) return await cached(route, url);
      const ready = route.prepare(house, {
        query: url.searchParams,
        body: route.method === "GET" ? undefined : parse(body),
      });
      const member =
        route.instruction === undefined
          ? undefined
          : authenticate(house, request.headers, { instruction: route.instruction, params: ready.params });
      return await ready.run(member);
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      process.emitWarning(error instanceof Error ? error : String(error), "SandboxWarning");
      return fault(500, "SERVER_ERROR", "Internal server error");
    }
  }

  async function cached(route: Route, url: URL): Promise<Answer> {
    const found = cache.get(url.href);
    const at = now();
    if (found !== undefined && at < found.until)
      return { ...found.answer, headers: { ...found.answer.headers, age: String(Math.floor((at - found.at) / 1000)) } };
    const answer = await route.prepare(house, { query: url.searchParams, body: undefined }).run(undefined);
    if (cache.size > 1000) cache.clear();
    cache.set(url.href, { answer, at, until: at + route.cacheSeconds * 1000 });
    return answer;
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  server.keepAliveTimeout = 65_000; // longer than clients keep theirs, so that no request meets a closing connection
  return server;
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The body as text; `undefined` when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    // no encoding is set
    length += part.length;
    if (length <= mostBody) parts.push(part);
  }
  return length > mostBody ? undefined : Buffer.concat(parts).toString("utf8");
}

function parse(body: string): unknown {
  if (body.trim() === "") return undefined;
  try {
    return JSON.parse(body);
  } catch (error) {
    const why = error instanceof Error ? error.message : "not JSON";
    throw new Refused({
      status: 400,
      text: `Bad Request parse request payload error: parse error: ${why.slice(0, 120)}`,
    });
  }
}

function write(response: ServerResponse, answer: Answer): void {
  const json = answer.json !== undefined;
  const text = json ? JSON.stringify(answer.json) : (answer.text ?? "");
  response.writeHead(answer.status, {
    ...(text === "" ? {} : { "content-type": json ? "application/json; charset=utf-8" : "text/plain; charset=utf-8" }),
    ...(answer.status === 204 ? {} : { "content-length": Buffer.byteLength(text) }),
    ...answer.headers,
  });
  response.end(answer.status === 204 ? undefined : text);
}
