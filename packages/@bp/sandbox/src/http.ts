// HTTP on loopback: reads a request, lets the faults have their way, asks the venue, writes the answer.
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Answer } from "./answer.ts";
import { type FaultDesk, faultAnswer, type RequestFault } from "./faults.ts";

/** A request as a venue gets it. */
export interface HttpRequest {
  readonly method: string;
  /** Decoded where it is needed by whoever reads it; the path as it was sent. */
  readonly url: URL;
  /** What follows the question mark, byte for byte; "" without one. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** "" without one; `undefined` when it is too large. */
  readonly body: string | undefined;
  /** Of the caller. */
  readonly address: string;
}

/** What a venue answers. It never throws. */
export type Respond = (request: HttpRequest) => Answer | Promise<Answer>;

/** What a venue itself said to a request, whatever of it a fault let through. */
export interface Answered {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** `undefined`: a fault kept the request from the venue. */
  readonly answer: Answer | undefined;
  /** The fault that befell it. */
  readonly fault: RequestFault["do"] | undefined;
}

const mostBody = 1 << 20;

/**
 * Nobody listens yet.
 *
 * @param told - hears of each request once it is over for the venue
 */
export function createHttpServer(
  respond: Respond,
  faults: Pick<FaultDesk, "forRequest">,
  told: (answered: Answered) => void = () => undefined,
): Server {
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? "GET";
    const target = request.url ?? "/";
    const url = URL.parse(target, "http://sandbox") ?? new URL("http://sandbox/unreadable");
    const happens = faults.forRequest(method, url.pathname);
    const body = await readBody(request);
    const of = { method, path: url.pathname, fault: happens?.do };
    if (happens?.do === "hang" || happens?.do === "reset" || happens?.do === "answer")
      told({ ...of, answer: undefined });
    if (happens?.do === "hang") return;
    if (happens?.do === "reset") return void request.socket.destroy();
    if (happens?.do === "answer") return write(response, faultAnswer(happens));
    if (happens?.do === "delay" && happens.when === "before") await later(happens.ms);
    const mark = target.indexOf("?");
    const answer = await respond({
      method,
      url,
      query: mark < 0 ? "" : target.slice(mark + 1),
      headers: request.headers,
      body,
      address: request.socket.remoteAddress ?? "",
    });
    told({ ...of, answer });
    if (happens?.do === "lose-answer") return void request.socket.destroy();
    if (happens?.do === "swallow-answer") return;
    if (happens?.do === "deny") return write(response, faultAnswer(happens));
    if (happens?.do === "delay" && happens.when !== "before") await later(happens.ms);
    write(response, answer);
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
  // No encoding is set, so that the parts are bytes.
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length <= mostBody) parts.push(part);
  }
  return length > mostBody ? undefined : Buffer.concat(parts).toString("utf8");
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
