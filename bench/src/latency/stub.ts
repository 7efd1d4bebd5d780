// The venue of the latency group: sends a tick, and takes the time until the whole order for it is here.

import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import { canonical, verifyEd25519 } from "@bp/signing";
import { type WebSocket, WebSocketServer } from "ws";
import { answerOf, apiKey, type Place, size, symbol } from "./market.ts";

/** What became of the ticks of one round. */
export interface Round {
  /** µs from just before the frame is handed to the socket until the last byte of the order is here. */
  readonly times: readonly number[];
  /** Ticks without an order. */
  readonly lost: number;
}

export interface Stub {
  placeOf(contender: string): Place;
  /** Sends ticks until one is answered with a rightly signed order; throws after ten seconds. */
  greet(contender: string): Promise<void>;
  round(contender: string, ticks: number): Promise<Round>;
  close(): void;
}

/** One contender as the stub sees it: sockets and a sequence of its own. */
interface Guest {
  readonly markets: Set<WebSocket>;
  readonly accounts: Set<WebSocket>;
  /** Number of the last tick; its bid is 100.00 and so many ticks. */
  tick: number;
}

interface Order {
  readonly headers: string;
  readonly body: string;
  readonly at: number;
}

const firstId = 4_330_000_000;
const bidOf = (tick: number) => (100 + tick / 100).toFixed(2);
const patienceMs = 250;

export async function startStub(): Promise<Stub> {
  const guests = new Map<string, Guest>();
  const guestOf = (name: string): Guest => {
    const guest = guests.get(name) ?? { markets: new Set(), accounts: new Set(), tick: 0 };
    guests.set(name, guest);
    return guest;
  };
  let heard: ((order: Order) => void) | undefined;
  let orders = 0;

  const sockets = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
  sockets.on("connection", (socket, request) => {
    const guest = guestOf(request.url?.slice(1) ?? "");
    socket.on("message", (data: Buffer) => {
      const { params = [] } = JSON.parse(data.toString()) as { readonly params?: readonly string[] }; // SUBSCRIBE
      if (params.includes(`depth.${symbol}`)) guest.markets.add(socket);
      if (params.includes("account.orderUpdate")) guest.accounts.add(socket);
    });
  });

  const server = createServer({ noDelay: true }, (socket) => {
    readRequests(socket, (method, path, headers, body, at) => {
      const [, name = ""] = path.split("/");
      if (method === "DELETE") return answer(socket, gone, 404); // what was ordered has traded at once
      if (method !== "POST") return answer(socket, path.endsWith("/depth") ? depthOf(guestOf(name)) : answerOf(path));
      heard?.({ headers, body, at });
      const order = JSON.parse(body) as Readonly<Record<string, string>>; // ours to believe: it is checked at the greeting
      orders += 1;
      for (const account of guestOf(name).accounts) account.send(fillOf(order, orders));
      answer(socket, filledOf(order, orders));
    });
    socket.on("error", () => undefined); // a contender that is stopped
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = (listening: { address(): unknown }) => (listening.address() as AddressInfo).port; // of TCP

  /** One tick; the order for it, or nothing. */
  const tick = async (guest: Guest): Promise<{ readonly order: Order; readonly us: number } | undefined> => {
    guest.tick += 1;
    const bid = bidOf(guest.tick);
    const frame = frameOf(guest.tick, bid);
    const found: Order[] = [];
    heard = (each) => {
      if (each.body.includes(`"price":"${bid}"`) || each.body.includes(`"price":"${Number(bid)}"`)) found.push(each);
    };
    const sentAt = performance.now();
    for (const market of guest.markets) market.send(frame);
    while (found.length === 0 && performance.now() - sentAt < patienceMs) await turn();
    heard = undefined;
    const [order] = found;
    return order === undefined ? undefined : { order, us: (order.at - sentAt) * 1_000 };
  };

  return {
    placeOf: (contender) => ({
      rest: `http://127.0.0.1:${port(server)}/${contender}`,
      ws: `ws://127.0.0.1:${port(sockets)}/${contender}`,
    }),
    greet: async (contender) => {
      for (let tries = 0; tries < 40; tries++) {
        const found = await tick(guestOf(contender));
        if (found === undefined) continue;
        if (isSigned(found.order)) return;
        throw new Error(`${contender}: the signature is not that of the body`);
      }
      throw new Error(`${contender} sends no order`);
    },
    round: async (contender, ticks) => {
      const guest = guestOf(contender);
      const times: number[] = [];
      for (let count = 0; count < ticks; count++) {
        const found = await tick(guest);
        if (found !== undefined) times.push(found.us);
        const next = performance.now() + 0.5 + (count % 11) / 10; // 0.5 to 1.5 ms
        while (performance.now() < next) await turn();
      }
      return { times, lost: ticks - times.length };
    },
    close: () => {
      sockets.close();
      server.close();
    },
  };
}

/** A turn of the event loop. The stub never sleeps: waking up would be measured too. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** HTTP/1.1 as far as a contender speaks it. */
function readRequests(
  socket: Socket,
  take: (method: string, path: string, headers: string, body: string, at: number) => void,
): void {
  let rest = "";
  socket.setEncoding("latin1");
  socket.on("data", (text: string) => {
    rest += text;
    for (;;) {
      const behind = rest.indexOf("\r\n\r\n") + 4;
      if (behind < 4) return;
      const headers = rest.slice(0, behind);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(headers)?.[1] ?? 0);
      if (rest.length < behind + length) return;
      const at = performance.now();
      const body = rest.slice(behind, behind + length);
      rest = rest.slice(behind + length);
      const [method = "", target = ""] = headers.split(" ", 2);
      take(method, target.split("?")[0] ?? "", headers, body, at);
    }
  });
}

const gone = { code: "RESOURCE_NOT_FOUND", message: "Not found" };

function answer(socket: Socket, value: unknown, status = 200): void {
  const body = JSON.stringify(value);
  socket.write(
    `HTTP/1.1 ${status} OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function isSigned({ headers, body }: Order): boolean {
  const header = (name: string) => new RegExp(`\r\n${name}: *([^\r]*)`, "i").exec(headers)?.[1] ?? "";
  const params = JSON.parse(body) as Readonly<Record<string, string>>; // flat
  const text = canonical("orderExecute", params, Number(header("x-timestamp")), Number(header("x-window")));
  return header("x-api-key") === apiKey && verifyEd25519(apiKey, text, header("x-signature"));
}

function depthOf({ tick }: Guest): unknown {
  return {
    asks: [["300.00", "1"]],
    bids: [[bidOf(tick), "1"]],
    lastUpdateId: String(firstId + tick),
    timestamp: Date.now() * 1_000,
  };
}

function frameOf(tick: number, bid: string): string {
  const time = Date.now() * 1_000;
  const id = firstId + tick;
  const data = { E: time, T: time, U: id, a: [], b: [[bid, "1.00"]], e: "depth", s: symbol, u: id };
  return JSON.stringify({ data, stream: `depth.${symbol}` });
}

function fillOf({ clientId, price }: Readonly<Record<string, unknown>>, count: number): string {
  const time = Date.now() * 1_000;
  const traded = { q: size, p: price, l: size, L: price, z: size, Z: "1", t: count, m: true, n: "0", N: "USDC" };
  const data = {
    e: "orderFill",
    E: time,
    T: time,
    s: symbol,
    i: String(count),
    c: clientId,
    S: "Bid",
    o: "LIMIT",
    f: "GTC",
    X: "Filled",
    ...traded,
  };
  return JSON.stringify({ data, stream: "account.orderUpdate" });
}

function filledOf(order: Readonly<Record<string, unknown>>, count: number): unknown {
  const { clientId = null, price } = order;
  return {
    id: String(count),
    clientId,
    symbol,
    side: "Bid",
    orderType: "Limit",
    status: "Filled",
    timeInForce: "GTC",
    quantity: size,
    price,
    createdAt: Date.now(),
    executedQuantity: size,
    executedQuoteQuantity: "1",
  };
}
