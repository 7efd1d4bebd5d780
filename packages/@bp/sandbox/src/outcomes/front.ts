// In front of a venue of the sandbox: passes requests and frames on, counts them, and answers in its place where a line says so.
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  request as send,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import type { Reply, Said } from "./row.ts";

/** What is asked about a single order. */
export type OrderCall = "place" | "cancel" | "look";

/** How a venue's requests and frames are read. */
export interface Wording {
  /** Path of the calls about one order. */
  readonly order: RegExp;
  /** Parameters of a request by name. */
  parse(query: string, body: string): Readonly<Record<string, string>>;
  /** Our number in parameters or in an order of the venue. */
  numberOf(order: Readonly<Record<string, unknown>>): number | undefined;
  /** The venue's name of an order, in parameters or in an order of the venue. */
  nameOf(order: Readonly<Record<string, unknown>>): string | undefined;
  /** An order as the venue shows it, of other names or in another market. */
  strange(
    call: OrderCall,
    asked: Readonly<Record<string, string>>,
    number: number | undefined,
    how: "stranger" | "elsewhere",
  ): unknown;
  /** What frames about an order of ours contain. */
  marker(number: number): string;
}

/** What happens to requests in place of the venue's own way. */
export interface Script {
  readonly says: Said;
  /** Whether the venue gets it. */
  readonly done: boolean;
  /** So many of them; default: all. */
  readonly times?: number;
  /** Before the venue gets it. */
  readonly before?: () => unknown;
}

/** How often an order was asked for, by what. */
export interface Counts {
  place: number;
  cancel: number;
  look: number;
}

/** A venue behind it. */
export interface Front {
  readonly rest: string;
  readonly ws: string;
  /** Requests about one order of ours meet this from now on. Returns the way to end it. */
  script(call: OrderCall, number: number, script: Script): () => void;
  /** Requests to these paths meet this from now on. Returns the way to end it. */
  paths(method: string, path: RegExp, script: Script): () => void;
  counts(number: number): Counts;
  /** Requests to such paths so far. */
  asked(method: string, path: RegExp): number;
  /** Frames about this order are lost from now on. */
  mute(number: number): () => void;
  /** Frames that fit are lost from now on. Returns the way to end it. */
  drop(fits: (text: string) => boolean): () => void;
  /** Says something on every socket whose address, or whatever was asked on it, contains this. */
  inject(socket: string, text: string): number;
  cut(): void;
  close(): Promise<void>;
}

interface Waiting extends Script {
  left: number;
}

/** Opens it on a free port of 127.0.0.1. */
export async function openFront(
  target: { readonly rest: string; readonly ws: string },
  wording: Wording,
): Promise<Front> {
  const { hostname, port } = new URL(target.rest);
  const agent = new Agent({ keepAlive: true });
  const orders = new Map<string, Waiting>();
  const places: { readonly method: string; readonly path: RegExp; readonly script: Waiting }[] = [];
  const names = new Map<string, number>();
  const counted = new Map<number, Counts>();
  const log: { readonly method: string; readonly path: string }[] = [];
  const lost = new Set<(text: string) => boolean>();
  const links = new Set<{ readonly socket: WebSocket; heard: string }>();

  const counts = (number: number): Counts => {
    const found = counted.get(number) ?? { place: 0, cancel: 0, look: 0 };
    counted.set(number, found);
    return found;
  };
  const learn = (text: string) => {
    const order = objectIn(text);
    const number = order === undefined ? undefined : wording.numberOf(order);
    const name = order === undefined ? undefined : wording.nameOf(order);
    if (number !== undefined && name !== undefined) names.set(name, number);
  };
  const take = (waiting: Waiting | undefined): Waiting | undefined => {
    if (waiting === undefined || waiting.left <= 0) return undefined;
    waiting.left -= 1;
    return waiting;
  };
  const onward = (method: string, path: string, headers: IncomingHttpHeaders, body: string) =>
    new Promise<{ readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }>(
      (resolve, reject) => {
        const request = send({ hostname, port, method, path, headers, agent }, (found) => {
          textOf(found).then(
            (text) => resolve({ status: found.statusCode ?? 502, headers: found.headers, text }),
            reject,
          );
        });
        request.on("error", reject);
        request.end(body);
      },
    );

  const handle = async (asked: IncomingMessage, answer: ServerResponse) => {
    const body = await textOf(asked);
    const { method = "GET", url = "/", headers } = asked;
    const [path = "/", query = ""] = url.split("?");
    log.push({ method, path });
    const call = wording.order.test(path) ? callOf(method) : undefined;
    let waiting: Waiting | undefined;
    let parameters: Readonly<Record<string, string>> = {};
    let number: number | undefined;
    if (call === undefined)
      waiting = take(
        places.find((each) => each.method === method && each.path.test(path) && each.script.left > 0)?.script,
      );
    else {
      parameters = wording.parse(query, body);
      number = wording.numberOf(parameters) ?? names.get(wording.nameOf(parameters) ?? "");
      if (number !== undefined) {
        counts(number)[call] += 1;
        waiting = take(orders.get(`${call} ${number}`));
      }
    }
    await waiting?.before?.();
    const says = waiting?.says ?? "truth";
    const truth =
      waiting === undefined || waiting.done || says === "truth" ? await onward(method, url, headers, body) : undefined;
    if (truth !== undefined && call !== undefined) learn(truth.text);
    if (says === "silence") return;
    if (says === "cut") return void asked.socket.destroy();
    if (says === "truth") {
      answer.writeHead(truth?.status ?? 500, truth?.headers ?? {});
      return void answer.end(truth?.text);
    }
    if (says === "stranger" || says === "elsewhere")
      return write(answer, { status: 200, json: wording.strange(call ?? "look", parameters, number, says) });
    write(answer, says);
  };

  const server = createServer((asked, answer) => {
    handle(asked, answer).catch(() => asked.socket.destroy());
  });
  server.keepAliveTimeout = 65_000;
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const behind = new WebSocket(target.ws + (request.url ?? "/"), { perMessageDeflate: false });
    socket.on("error", () => undefined);
    behind.once("error", () => socket.destroy());
    behind.once("open", () => {
      sockets.handleUpgrade(request, socket, head, (opened) => {
        const link = { socket: opened, heard: request.url ?? "" };
        links.add(link);
        opened.on("message", (data: Buffer) => {
          link.heard += data.toString();
          behind.send(data.toString());
        });
        opened.on("close", () => {
          links.delete(link);
          behind.terminate();
        });
        opened.on("error", () => undefined);
        behind.on("message", (data: Buffer) => {
          const text = data.toString();
          for (const fits of lost) if (fits(text)) return;
          opened.send(text);
        });
        behind.on("close", () => opened.terminate());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const at = `127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server has such an address
  const dropping = (fits: (text: string) => boolean) => {
    lost.add(fits);
    return () => void lost.delete(fits);
  };
  return {
    rest: `http://${at}`,
    ws: `ws://${at}`,
    script: (call, number, script) => {
      const key = `${call} ${number}`;
      const waiting = { ...script, left: script.times ?? Number.POSITIVE_INFINITY };
      orders.set(key, waiting);
      return () => {
        waiting.left = 0;
      };
    },
    paths: (method, path, script) => {
      const waiting = { ...script, left: script.times ?? Number.POSITIVE_INFINITY };
      places.push({ method, path, script: waiting });
      return () => {
        waiting.left = 0;
      };
    },
    counts,
    asked: (method, path) => log.filter((each) => each.method === method && path.test(each.path)).length,
    mute: (number) => dropping((text) => text.includes(wording.marker(number))),
    drop: dropping,
    inject: (socket, text) => {
      const found = [...links].filter(({ heard }) => heard.includes(socket));
      for (const link of found) link.socket.send(text);
      return found.length;
    },
    cut: () => {
      for (const { socket } of links) socket.terminate();
    },
    close: async () => {
      for (const { socket } of links) socket.terminate();
      sockets.close();
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function callOf(method: string): OrderCall | undefined {
  return method === "POST" ? "place" : method === "DELETE" ? "cancel" : method === "GET" ? "look" : undefined;
}

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message as AsyncIterable<Buffer>) parts.push(part); // no encoding is set, so that parts are bytes
  return Buffer.concat(parts).toString("utf8");
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined; // an object, just looked
  } catch {
    return undefined; // the venue has answered with something else
  }
}

function write(response: ServerResponse, { status, json, text = "", headers }: Reply): void {
  const body = json === undefined ? text : JSON.stringify(json);
  const type = json === undefined ? (body.startsWith("<") ? "text/html" : "text/plain") : "application/json";
  const bare = status === 204;
  response.writeHead(status, {
    ...(bare ? {} : { "content-type": type, "content-length": Buffer.byteLength(body) }),
    ...headers,
  });
  response.end(bare ? undefined : body);
}
