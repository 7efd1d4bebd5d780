import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { inspect } from "node:util";
import { BpError, type Clock, isBpError, manualClock, millis, random } from "@bp/core";
import { afterEach, describe, expect, it } from "vitest";
import { queryText } from "./answer.ts";
import { fetchWire } from "./fetch.ts";
import { createHttpOver } from "./http.ts";
import {
  type Answer,
  createBudget,
  createBudgetOver,
  createHttp,
  createPause,
  createPurse,
  formType,
  type Http,
  type HttpOptions,
  type Outcome,
  type SentRequest,
  usageIn,
} from "./index.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A real server that keeps what it saw; `answer` is called when a request is complete. */
async function serve(answer: (response: ServerResponse, seen: Seen, count: number) => void) {
  const seen: Seen[] = [];
  let opened = 0;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += String(chunk);
    });
    request.on("end", () => {
      const each = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
      seen.push(each);
      answer(response, each, seen.length);
    });
  });
  server.on("connection", () => {
    opened += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, connections: () => opened };
}

/** A clock that never really sleeps and remembers how long it was asked to. */
const quickClock = () => {
  let now = 1_750_000_000_000;
  const slept: number[] = [];
  const clock: Clock = {
    now: () => millis(now),
    sleep: async (ms) => {
      slept.push(ms);
      now += Math.ceil(ms);
    },
  };
  return { clock, slept };
};
const middle = { next: () => 0.5 }; // no jitter
/** Until a request that nobody answers is given up: long enough to connect and to be sent on a busy machine. */
const silentMs = 1_000;

const ways = [
  ["undici", (options: HttpOptions) => createHttp(options)],
  ["fetch", (options: HttpOptions) => createHttpOver(fetchWire(new URL(options.baseUrl).origin), options)],
] as const;

describe.each(ways)("createHttp over %s", (_, make) => {
  const open = (options: HttpOptions): Http => {
    const http = make({ random: middle, ...options });
    closers.push(() => http.close());
    return http;
  };
  const send = (http: Http, request: SentRequest) => new Promise<Outcome>((resolve) => http.send(request, resolve));
  const thrown = async (work: Promise<unknown>): Promise<BpError> => {
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error instanceof BpError) return error;
    throw new Error(`not a BpError: ${String(error)}`);
  };
  const order = { method: "POST", path: "/api/v1/order", body: '{"a":1}', safe: false } as const;
  const read = { method: "GET", path: "/api/v1/depth", safe: true } as const;

  it("gives status, headers and text", async () => {
    const { url, seen } = await serve((response) => {
      response.writeHead(200, { "X-Used": "7", "Set-Cookie": ["a", "b"] });
      response.write("grüß ");
      response.end("Gott");
    });
    const http = open({ baseUrl: `${url}/base/`, headers: { "X-All": "1" } });
    const answer = await http.request({
      ...order,
      query: { a: "x&y", b: undefined, c: [1, true] },
      headers: { "X-Own": "2" },
    });
    expect([answer.status, answer.text]).toEqual([200, "grüß Gott"]);
    expect(answer.headers.get("x-used")).toBe("7");
    expect(answer.headers.get("absent")).toBeUndefined();
    expect(seen[0]).toMatchObject({ method: "POST", url: "/base/api/v1/order?a=x%26y&c=1&c=true", body: '{"a":1}' });
    expect(seen[0]?.headers).toMatchObject({
      "x-all": "1",
      "x-own": "2",
      "content-type": "application/json; charset=utf-8",
    });
  });

  it("gives an empty text for an empty body, and for 204", async () => {
    const { url } = await serve((response, { url }) => response.writeHead(url === "/none" ? 204 : 200).end());
    const http = open({ baseUrl: url });
    expect(await http.request({ ...order, path: "/none" })).toMatchObject({ status: 204, text: "" });
    expect(await http.request(order)).toMatchObject({ status: 200, text: "" });
  });

  it.each([301, 400, 401, 404, 409, 500, 503])("returns status %i and does not throw", async (status) => {
    const { url, seen } = await serve((response) => response.writeHead(status, { Location: "/elsewhere" }).end("why"));
    const http = open({ baseUrl: url });
    expect(await http.request(order)).toMatchObject({ status, text: "why" });
    expect(seen).toHaveLength(1);
  });

  it("sends the same through send and through request", async () => {
    const { url, seen } = await serve((response) => response.end("ok"));
    const http = open({ baseUrl: url });
    await http.request(order);
    expect(await send(http, order)).toMatchObject({ status: 200, text: "ok" });
    const [one, two] = seen;
    expect(one).toEqual(two);
  });

  it("ends an unanswered order in transport/timeout, sent once", async () => {
    const { url, seen } = await serve(() => undefined);
    const http = open({ baseUrl: url, timeoutMs: silentMs });
    const error = await thrown(http.request({ ...order, query: { signature: "secret" } }));
    expect(error.code).toBe("transport/timeout");
    expect(error.retry).toBe("unknown");
    expect(error.context).toEqual({ url: `${url}/api/v1/order`, ms: silentMs });
    expect(seen).toHaveLength(1);
  });

  it("ends a body that drips too long in transport/timeout", async () => {
    const { url, seen } = await serve((response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("."), 10);
      response.on("close", () => clearInterval(drip));
    });
    const http = open({ baseUrl: url, timeoutMs: silentMs });
    expect((await thrown(http.request(order))).code).toBe("transport/timeout");
    expect(seen).toHaveLength(1);
  });

  it("ends a reset after sending in transport/broken, sent once", async () => {
    const { url, seen } = await serve((response) => response.socket?.destroy());
    const http = open({ baseUrl: url });
    const error = await thrown(http.request(order));
    expect([error.code, error.retry]).toEqual(["transport/broken", "unknown"]);
    expect(error.cause).toBeDefined();
    expect(seen).toHaveLength(1);
  });

  it("ends half an answer in transport/broken", async () => {
    const { url, seen } = await serve((response) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write("half", () => response.socket?.destroy());
    });
    const http = open({ baseUrl: url });
    expect((await thrown(http.request(order))).code).toBe("transport/broken");
    expect(seen).toHaveLength(1);
  });

  it("ends an answer without an end in transport/broken, before it fills the memory", async () => {
    const { url, seen } = await serve((response) => {
      response.writeHead(200);
      const piece = Buffer.alloc(1_048_576, "x");
      const pour = () => {
        while (!response.destroyed && response.write(piece));
      };
      response.on("drain", pour);
      pour();
    });
    const http = open({ baseUrl: url, timeoutMs: 60_000 });
    const error = await thrown(http.request(order));
    expect([error.code, error.retry]).toEqual(["transport/broken", "unknown"]);
    expect(error.message).toContain("more than 64 MB");
    expect(seen).toHaveLength(1);
  });

  it("ends an answer that is no HTTP in transport/broken", async () => {
    const server = createTcpServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", () => socket.end("SSH-2.0-what\r\n\r\n"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(() => server.close());
    const http = open({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    expect((await thrown(http.request(order))).code).toBe("transport/broken");
  });

  it("shows nothing of a request that something on the way has sent back", async () => {
    const server = createTcpServer((socket) => socket.once("data", (data) => socket.end(data)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const http = open({ baseUrl: `http://127.0.0.1:${port}` });
    const error = await thrown(http.request({ ...order, headers: { "x-signature": "s3cret" }, body: "s3cret" }));
    expect([error.code, inspect(error, { depth: 9 }).includes("s3cret")]).toEqual(["transport/broken", false]);
  });

  it("says unreachable when the port is closed: nothing was sent", async () => {
    const { url } = await serve((response) => response.end());
    await closers.pop()?.();
    const http = open({ baseUrl: url, ...quickClock() });
    const error = await thrown(http.request(order));
    expect([error.code, error.retry]).toEqual(["transport/unreachable", "later"]);
    expect(error.message).toContain("ECONNREFUSED");
    expect((await thrown(http.request(read))).code).toBe("transport/unreachable");
    expect(await send(http, order)).toMatchObject({ code: "transport/unreachable" });
  });

  it("says unreachable for a host that has no address", async () => {
    const http = open({ baseUrl: "http://no-such-host.invalid", timeoutMs: 100_000 });
    expect((await thrown(http.request(order))).code).toBe("transport/unreachable");
  });

  it("sends nothing when the caller has given up before", async () => {
    const { url, seen } = await serve((response) => response.end());
    const http = open({ baseUrl: url });
    expect((await thrown(http.request({ ...read, signal: AbortSignal.abort() }))).code).toBe("transport/aborted");
    expect(seen).toHaveLength(0);
  });

  it("says broken when the caller gives up on the way, and does not try again", async () => {
    const giving = new AbortController();
    const { url, seen } = await serve(() => giving.abort());
    const http = open({ baseUrl: url });
    expect((await thrown(http.request({ ...read, signal: giving.signal }))).code).toBe("transport/broken");
    expect(seen).toHaveLength(1);
  });

  it("tries a safe request three times, with growing pauses, and gives the answer that came", async () => {
    const { url, seen } = await serve((response, _, count) =>
      response.writeHead(count < 3 ? 503 : 200).end(String(count)),
    );
    const { clock, slept } = quickClock();
    const http = open({ baseUrl: url, clock });
    expect(await http.request(read)).toMatchObject({ status: 200, text: "3" });
    expect(seen).toHaveLength(3);
    expect(slept).toEqual([250, 1_000]);
  });

  it("returns the last answer when all three fail", async () => {
    const { url, seen } = await serve((response, _, count) => response.writeHead(502).end(String(count)));
    const http = open({ baseUrl: url, clock: quickClock().clock });
    expect(await http.request(read)).toMatchObject({ status: 502, text: "3" });
    expect(seen).toHaveLength(3);
  });

  it("tries a safe request again after a timeout, a reset and half an answer", async () => {
    const { url, seen } = await serve((response, _, count) => {
      if (count === 1) return;
      if (count === 2) response.socket?.destroy();
      else response.end("at last");
    });
    const http = open({ baseUrl: url, timeoutMs: silentMs, clock: quickClock().clock });
    expect(await http.request(read)).toMatchObject({ text: "at last" });
    expect(seen).toHaveLength(3);
  });

  it("throws what the third try ended in", async () => {
    const { url, seen } = await serve(() => undefined);
    const http = open({ baseUrl: url, timeoutMs: silentMs, clock: quickClock().clock });
    expect((await thrown(http.request(read))).code).toBe("transport/timeout");
    expect(seen).toHaveLength(3);
  });

  it("does not repeat a 4xx", async () => {
    const { url, seen } = await serve((response) => response.writeHead(404).end());
    const http = open({ baseUrl: url });
    expect(await http.request(read)).toMatchObject({ status: 404 });
    expect(seen).toHaveLength(1);
  });

  it.each(["POST", "DELETE", "PATCH"] as const)("never sends a %s twice, whatever happens", async (method) => {
    const ends: readonly ((response: ServerResponse) => void)[] = [
      (response) => response.writeHead(500).end(),
      (response) => response.writeHead(503, { "Retry-After": "0" }).end(),
      (response) => response.writeHead(429, { "Retry-After": "0" }).end(),
      (response) => response.socket?.destroy(),
      () => undefined,
    ];
    for (const end of ends) {
      const { url, seen } = await serve((response) => end(response));
      const http = open({ baseUrl: url, timeoutMs: silentMs, clock: quickClock().clock });
      await http.request({ ...order, method }).catch(() => undefined);
      await send(http, { ...order, method, path: "/again" });
      expect(seen.map((each) => each.url)).toEqual(["/api/v1/order", "/again"]);
    }
  });

  it("signs anew for each try", async () => {
    const { url, seen } = await serve((response, _, count) => response.writeHead(count < 3 ? 503 : 200).end());
    const http = open({ baseUrl: url, clock: quickClock().clock });
    let signed = 0;
    const sign = () => {
      signed += 1;
      return { headers: { "X-Timestamp": String(signed) }, query: { nonce: signed } };
    };
    await http.request({ ...read, query: { symbol: "SOL" }, sign });
    expect(seen.map(({ url }) => url)).toEqual([1, 2, 3].map((each) => `/api/v1/depth?symbol=SOL&nonce=${each}`));
    expect(seen.map(({ headers }) => headers["x-timestamp"])).toEqual(["1", "2", "3"]);
  });

  it("passes on what signing throws, and sends nothing", async () => {
    const { url, seen } = await serve((response) => response.end());
    const http = open({ baseUrl: url });
    const sign = () => {
      throw new BpError("transport/clock-skew", {});
    };
    expect((await thrown(http.request({ ...order, sign }))).code).toBe("transport/clock-skew");
    expect(await send(http, { ...order, sign })).toMatchObject({ code: "transport/clock-skew" });
    expect(seen).toHaveLength(0);
  });

  it("stops everything for as long as a 429 asks, cancels too, and tells it", async () => {
    const { url, seen } = await serve((response, _, count) => {
      if (count === 1) response.writeHead(429, { "Retry-After": "2" });
      response.end();
    });
    const clock = manualClock(1_750_000_000_000);
    const pauses: unknown[] = [];
    const http = open({ baseUrl: url, clock, onPause: (pause) => pauses.push(pause) });
    expect(await http.request(order)).toMatchObject({ status: 429 });
    expect(pauses).toEqual([{ status: 429, waitMs: 2_000 }]);
    const cancel = http.request({ ...order, method: "DELETE", lane: "cancel" });
    clock.advance(1_999);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(seen).toHaveLength(1);
    clock.advance(1);
    expect(await cancel).toMatchObject({ status: 200 });
  });

  it("refuses at once, saying for how long, when the venue asks for more than we would wait", async () => {
    const { url, seen } = await serve((response) => response.writeHead(418, { "Retry-After": "120" }).end());
    const http = open({ baseUrl: url, clock: manualClock(1_750_000_000_000) });
    await http.request(order);
    const error = await thrown(http.request({ ...order, lane: "cancel" }));
    expect(error.context).toEqual({ lane: "cancel", waitMs: 60_000 });
    expect(await send(http, order)).toMatchObject({ code: "transport/budget" });
    expect(seen).toHaveLength(1);
  });

  it("lets a cancel look after a minute, whatever was asked for, and goes on for all when it is answered well", async () => {
    let banned = true;
    const { url, seen } = await serve((response) => {
      if (banned) response.writeHead(429, { "Retry-After": "86400", "content-type": "text/html" });
      response.end('{"status":"Cancelled"}');
    });
    const clock = manualClock(1_750_000_000_000);
    const http = open({ baseUrl: url, clock });
    const cancel: SentRequest = { method: "DELETE", path: "/order", lane: "cancel" };
    await http.request(order);
    expect(await send(http, cancel)).toMatchObject({ code: "transport/budget" });
    clock.advance(60_000);
    expect(await send(http, cancel)).toMatchObject({ status: 429 });
    expect(await send(http, cancel)).toMatchObject({ code: "transport/budget" });
    banned = false;
    clock.advance(60_000);
    expect(await send(http, cancel)).toMatchObject({ status: 200 });
    expect(await send(http, order)).toMatchObject({ status: 200 });
    expect(seen).toHaveLength(4);
  });

  it("ends a pause for nothing but the venue's own answer to what went to look", async () => {
    const page = "<html>Access denied</html>";
    const answers: readonly (readonly [number, string])[] = [
      [418, ""],
      [200, page],
      [200, ""],
      [302, ""],
      [401, '{"message":"who are you"}'],
      [403, '{"message":"Forbidden"}'],
      [451, page],
      [503, '{"code":1}'],
      [400, '{"code":-2011}'],
    ];
    const { url, seen } = await serve((response, _, count) => {
      const [status, text] = answers[count - 1] ?? [200, "[]"];
      response.writeHead(status, status === 418 ? { "Retry-After": "86400" } : {}).end(text);
    });
    const clock = manualClock(1_750_000_000_000);
    const http = open({ baseUrl: url, clock });
    await http.request(order);
    const isWell = ({ text }: Answer) => text.includes("-2011");
    for (const [status] of answers.slice(1, -1)) {
      clock.advance(60_000);
      const asks = status === 401 ? { isWell } : {};
      expect(await send(http, { method: "DELETE", path: "/order", lane: "cancel", ...asks })).toMatchObject({ status });
      expect(await send(http, order)).toMatchObject({ code: "transport/budget" });
    }
    clock.advance(60_000);
    expect(await send(http, { method: "DELETE", path: "/order", lane: "cancel", isWell })).toMatchObject({
      status: 400,
    });
    expect(await send(http, order)).toMatchObject({ status: 200 });
    expect(seen).toHaveLength(answers.length + 1);
  });

  it("never sends an order to look: a hedge waits, and has a reading request look for it", async () => {
    let banned = true;
    const { url, seen } = await serve((response) => {
      if (banned) response.writeHead(418, { "Retry-After": "86400" });
      response.end('{"time":1}');
    });
    const clock = manualClock(1_750_000_000_000);
    const budget = createBudget({ capacity: 100, perMs: 60_000, reserved: 0.2, clock });
    const looking = open({ baseUrl: url, clock, budget, look: { path: "/time" } });
    const blind = open({ baseUrl: url, clock, budget });
    const hedge = { ...order, lane: "hedge" } as const;
    await looking.request(order);
    clock.advance(60_000);
    expect(await send(blind, hedge)).toMatchObject({ code: "transport/budget" });
    expect(await send(looking, hedge)).toMatchObject({ code: "transport/budget" });
    expect(await send(looking, hedge)).toMatchObject({ code: "transport/budget" });
    banned = false;
    clock.advance(60_000);
    expect(await send(looking, hedge)).toMatchObject({ status: 200 });
    const sent = seen.map(({ method, url: path }) => `${method} ${path}`);
    expect(sent.slice(1)).toEqual(["GET /time", "GET /time", "POST /api/v1/order"]);
  });

  it("asks whether a request may leave after it has waited, before it is signed", async () => {
    const { url, seen } = await serve((response, _, count) => {
      if (count === 1) response.writeHead(429, { "Retry-After": "2" });
      response.end();
    });
    const clock = manualClock(1_750_000_000_000);
    const http = open({ baseUrl: url, clock });
    await http.request(order);
    let may = true;
    let signed = 0;
    const sign = () => {
      signed += 1;
      return {};
    };
    const waiting = [order, order].map((each) => send(http, { ...each, sign, mayLeave: () => may }));
    may = false;
    clock.advance(2_000);
    expect(await Promise.all(waiting)).toMatchObject([{ code: "transport/aborted" }, { code: "transport/aborted" }]);
    expect([signed, seen.length]).toEqual([0, 1]);
    may = true;
    expect(await send(http, { ...order, sign, mayLeave: () => may })).toMatchObject({ status: 200 });
  });

  it("gives a reading what the venue said of a ban, not that a repeat would have to wait", async () => {
    const said = '{"code":-1003,"msg":"banned"}';
    const { url, seen } = await serve((response) => response.writeHead(418, { "Retry-After": "120" }).end(said));
    const http = open({ baseUrl: url, clock: quickClock().clock });
    expect(await http.request(read)).toMatchObject({ status: 418, text: said });
    expect(seen).toHaveLength(1);
  });

  it("ends every pause, whatever a header asks for", async () => {
    for (const [status, asked] of [
      [429, "1e308"],
      [418, "99999999999"],
    ] as const) {
      const { url } = await serve((response) => response.writeHead(status, { "Retry-After": asked }).end());
      const waits: number[] = [];
      const http = open({
        baseUrl: url,
        clock: manualClock(1_750_000_000_000),
        onPause: (pause) => waits.push(pause.waitMs),
      });
      await http.request(order);
      expect(waits).toEqual([3 * 24 * 3_600_000]);
    }
  });

  it("doubles the pause with each 429 in a row that names none, and reads a date", async () => {
    const now = 1_750_000_000_000;
    const clock = manualClock(now);
    const { url } = await serve((response, _, count) => {
      const date = new Date(Math.ceil((clock.now() + 3_000) / 1_000) * 1_000).toUTCString();
      response.writeHead(count === 4 ? 200 : 429, count === 6 ? { "Retry-After": date } : {}).end();
    });
    const waits: number[] = [];
    const http = open({ baseUrl: url, clock, onPause: ({ waitMs }) => waits.push(waitMs) });
    for (let count = 1; count <= 6; count++) {
      await http.request(order);
      clock.advance(60_000);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 1_000, 3_000]);
  });

  it("takes many 429 at once for one", async () => {
    const { url } = await serve((response) => response.writeHead(429).end());
    const clock = manualClock(1_750_000_000_000);
    const waits: number[] = [];
    const http = open({ baseUrl: url, clock, onPause: ({ waitMs }) => waits.push(waitMs) });
    await Promise.all(Array.from({ length: 6 }, () => http.request(order)));
    clock.advance(1_000);
    await http.request(order);
    expect(waits).toEqual([1_000, 2_000]);
  });

  it("does not repeat what signing refused", async () => {
    const { url, seen } = await serve((response) => response.end());
    let signed = 0;
    const sign = () => {
      signed += 1;
      throw new BpError("signing/bad-value", { key: "price", why: "a fraction" });
    };
    const http = open({ baseUrl: url });
    expect((await thrown(http.request({ ...read, sign }))).code).toBe("signing/bad-value");
    expect([signed, seen.length]).toEqual([1, 0]);
  });

  it("repeats a safe request after the pause of a 429", async () => {
    const { url, seen } = await serve((response, _, count) => response.writeHead(count < 2 ? 429 : 200).end());
    const http = open({ baseUrl: url, clock: quickClock().clock });
    expect(await http.request(read)).toMatchObject({ status: 200 });
    expect(seen).toHaveLength(2);
  });

  it("sends a whole query and a form as they are, byte for byte", async () => {
    const { url, seen } = await serve((response) => response.end());
    const http = open({ baseUrl: url });
    const text = "symbol=BTCUSDT&note=a%20b+c&signature=0xAb";
    await http.request({ ...read, query: { left: "out" }, rawQuery: text });
    await http.request({ ...read, query: { left: "out" }, sign: () => ({ rawQuery: text }) });
    await http.request({ ...read, rawQuery: "" });
    await http.request({
      method: "POST",
      path: "/x",
      safe: false,
      sign: () => ({ body: text, contentType: formType }),
    });
    await http.request({ method: "POST", path: "/x", safe: false, rawQuery: text, body: "", contentType: formType });
    expect(seen.map((each) => each.url)).toEqual([
      `${read.path}?${text}`,
      `${read.path}?${text}`,
      read.path,
      "/x",
      `/x?${text}`,
    ]);
    expect(seen[3]).toMatchObject({ body: text, headers: { "content-type": "application/x-www-form-urlencoded" } });
    expect(seen[0]?.headers["content-type"]).toBeUndefined();
  });

  it("names itself, by the name that it is given", async () => {
    const { url, seen } = await serve((response) => response.end());
    await open({ baseUrl: url }).request(read);
    await open({ baseUrl: url, userAgent: "desk/1.2" }).request(read);
    expect(seen.map(({ headers }) => headers["user-agent"])).toEqual(["bp-transport", "desk/1.2"]);
  });

  it("learns from every answer what the venue has counted", async () => {
    const { url } = await serve((response, _, count) =>
      response.writeHead(count === 1 ? 400 : 200, { "X-MBX-USED-WEIGHT-1M": "90", "X-Mbx-Order-Count-10s": "4" }).end(),
    );
    const { clock } = quickClock();
    const orders = createPurse({ counts: "orders", capacity: 5, perMs: 10_000, reserved: 0, clock });
    const weight = createPurse({ capacity: 100, perMs: 60_000, reserved: 0, clock });
    const budget = createBudgetOver({ purses: [weight, orders], clock });
    const readUsage: NonNullable<HttpOptions["readUsage"]> = (headers) =>
      usageIn(headers, { "x-mbx-used-weight-": "weight", "x-mbx-order-count-": "orders" });
    const http = open({ baseUrl: url, clock, budget, readUsage });
    await http.request({ ...order, cost: { weight: 1, orders: 1 } });
    expect([budget.free("trade"), budget.free("trade", "orders")]).toEqual([10, 1]);
    expect(budget.usage().map(({ told }) => told?.used)).toEqual([90, 4]);
    await http.request({ ...order, cost: { orders: 1 } });
    expect([budget.free("trade"), budget.free("trade", "orders")]).toEqual([10, 0]);
  });

  it("lets the client say how long the venue wants silence, for any refusal, and asks it for nothing else", async () => {
    const bodies = ["banned until 1750000009000", "<html>", "fine", "order count"];
    const statuses = [418, 403, 200, 429];
    const { url } = await serve((response, _, count) =>
      response.writeHead(statuses[count - 1] ?? 200, { "Retry-After": "1" }).end(bodies[count - 1]),
    );
    const clock = manualClock(1_750_000_000_000);
    const asked: number[] = [];
    const pauseOf = ({ status, text }: Answer) => {
      asked.push(status);
      const until = /banned until (\d+)/.exec(text)?.[1];
      if (until !== undefined) return Number(until) - clock.now();
      return status === 403 ? 300_000 : undefined;
    };
    const budget = createBudget({ capacity: 10, perMs: 1_000, reserved: 0.5, clock });
    const pauses: unknown[] = [];
    const http = open({ baseUrl: url, clock, budget, pauseOf, onPause: (pause) => pauses.push(pause) });
    for (const waitMs of [9_000, 300_000, 0, 1_000]) {
      await http.request(order);
      expect(budget.pausedMs()).toBe(waitMs);
      clock.advance(waitMs);
    }
    expect(asked).toEqual([418, 403, 429]);
    expect(pauses).toEqual([
      { status: 418, waitMs: 9_000 },
      { status: 403, waitMs: 300_000 },
      { status: 429, waitMs: 1_000 },
    ]);
  });

  it("takes 0 of the client for no pause", async () => {
    const { url } = await serve((response) => response.writeHead(429, { "Retry-After": "60" }).end());
    const { clock } = quickClock();
    const budget = createBudget({ capacity: 10, perMs: 1_000, reserved: 0, clock });
    await open({ baseUrl: url, clock, budget, pauseOf: () => 0 }).request(order);
    expect(budget.pausedMs()).toBe(0);
  });

  it("stops every way to a host when one of them is told", async () => {
    const { url } = await serve((response) => response.writeHead(429, { "Retry-After": "7" }).end());
    const clock = manualClock(1_750_000_000_000);
    const shared = { clock, pause: createPause(clock), perMs: 60_000, maxWaitMs: 0 };
    const fast = open({ baseUrl: url, clock, budget: createBudget({ ...shared, capacity: 2_000, reserved: 0.2 }) });
    const slow = open({ baseUrl: url, clock, budget: createBudget({ ...shared, capacity: 30, reserved: 0 }) });
    await slow.request({ ...read, safe: false });
    expect(await send(fast, { method: "DELETE", path: "/order", lane: "cancel" })).toMatchObject({
      code: "transport/budget",
      context: { waitMs: 7_000 },
    });
  });

  it("takes from the budget by lane and weight, also for repeats", async () => {
    const { url } = await serve((response) => response.writeHead(500).end());
    const { clock } = quickClock();
    const budget = createBudget({ capacity: 100, perMs: 60_000, reserved: 0.2, clock });
    const http = open({ baseUrl: url, clock, budget });
    await http.request({ ...order, weight: 5 });
    expect(budget.free("cancel")).toBe(95);
    await http.request({ ...read, weight: 10 });
    expect(budget.free("cancel")).toBe(65);
  });

  it("throws transport/budget and sends nothing when the wait would be too long", async () => {
    const { url, seen } = await serve((response) => response.end());
    const clock = manualClock(1_750_000_000_000);
    const budget = createBudget({ capacity: 2, perMs: 60_000, reserved: 0.5, clock });
    const http = open({ baseUrl: url, clock, budget });
    await http.request(order);
    expect((await thrown(http.request(order))).context).toEqual({ lane: "trade", waitMs: 60_000 });
    expect(await send(http, order)).toMatchObject({ code: "transport/budget" });
    expect(await http.request({ ...order, lane: "cancel" })).toMatchObject({ status: 200 });
    expect(seen).toHaveLength(2);
  });

  it("shows no query, header or body in a failure", async () => {
    const { url } = await serve((response) => response.socket?.destroy());
    const http = open({ baseUrl: url });
    const error = await thrown(
      http.request({ ...order, query: { signature: "S3CRET" }, headers: { "X-Signature": "S3CRET" }, body: "S3CRET" }),
    );
    expect(JSON.stringify(error.context) + error.message).not.toContain("S3CRET");
  });

  it("ends what is on its way when it is closed, and takes nothing new", async () => {
    const { url } = await serve(() => void http.close());
    const http = open({ baseUrl: url });
    expect((await thrown(http.request(order))).code).toBe("transport/broken");
    expect((await thrown(http.request(order))).code).toBe("transport/unreachable");
  });

  it("never throws when it warms", async () => {
    const { url, seen } = await serve((response) => response.end());
    const http = open({ baseUrl: url });
    await http.warm("/api/v1/ping");
    expect(seen.map((each) => each.url)).toEqual(Array.from({ length: 4 }, () => "/api/v1/ping"));
    await expect(open({ baseUrl: "http://127.0.0.1:1" }).warm()).resolves.toBeUndefined();
  });

  it.each(["", "ws://a.b", "api.backpack.exchange", "http://user:pw@host"])("refuses the base URL %j", (baseUrl) => {
    expect(() => createHttp({ baseUrl })).toThrow("baseUrl");
    expect(() => createHttp({ baseUrl })).not.toThrow("pw");
  });
});

describe("the connections of Node", () => {
  it("let an order pass however many reads hang", async () => {
    const { url } = await serve((response, { method }) => {
      if (method === "POST") response.end("filled");
    });
    const http = createHttp({ baseUrl: url, timeoutMs: 60_000 });
    const giving = new AbortController();
    const reads = Array.from({ length: 30 }, () =>
      http.request({ method: "GET", path: "/slow", safe: true, signal: giving.signal }).catch(() => undefined),
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await http.request({ method: "POST", path: "/order", safe: false })).toMatchObject({ text: "filled" });
    giving.abort();
    await Promise.all(reads);
    await http.close();
  });

  it("stay open after a cancel that has a body", async () => {
    const { url, connections } = await serve((response) => response.end("cancelled"));
    const http = createHttp({ baseUrl: url });
    const cancel = { method: "DELETE", path: "/order", lane: "cancel", safe: false, body: "{}" } as const;
    for (let count = 0; count < 20; count++) await http.request(cancel);
    expect(connections()).toBeLessThanOrEqual(2); // an answer and the next request may cross
    await http.close();
  });

  it("take all cancels of a ladder at once while orders hang", async () => {
    let waiting = 0;
    const { url } = await serve((response, { method }) => {
      if (method !== "DELETE") return;
      waiting += 1;
      if (waiting === 24) for (const each of held) each.end("cancelled");
      else held.push(response);
      if (waiting === 24) response.end("cancelled");
    });
    const held: ServerResponse[] = [];
    const http = createHttp({ baseUrl: url, timeoutMs: 60_000 });
    const giving = new AbortController();
    const post = { method: "POST", path: "/order", safe: false, signal: giving.signal } as const;
    const orders = Array.from({ length: 20 }, () => http.request(post).catch(() => undefined));
    const cancel = { method: "DELETE", path: "/order", lane: "cancel", safe: false } as const;
    const cancels = await Promise.all(Array.from({ length: 24 }, () => http.request(cancel)));
    expect(cancels.map(({ text }) => text)).toEqual(Array.from({ length: 24 }, () => "cancelled"));
    giving.abort();
    await Promise.all(orders);
    await http.close();
  });

  it("let a cancel pass however many orders hang", async () => {
    const { url } = await serve((response, { method }) => {
      if (method === "DELETE") response.end("cancelled");
    });
    const http = createHttp({ baseUrl: url, timeoutMs: 60_000 });
    const giving = new AbortController();
    const post = { method: "POST", path: "/order", safe: false, signal: giving.signal } as const;
    const orders = Array.from({ length: 20 }, () => http.request(post).catch(() => undefined));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const cancel = { method: "DELETE", path: "/order", lane: "cancel", safe: false } as const;
    const cancels = await Promise.all(Array.from({ length: 6 }, () => http.request(cancel)));
    expect(cancels.map(({ text }) => text)).toEqual(Array.from({ length: 6 }, () => "cancelled"));
    giving.abort();
    await Promise.all(orders);
    await http.close();
  });

  it("ask again whether a request may leave when they take it: it may have waited for one", async () => {
    const held: ServerResponse[] = [];
    const { url, seen } = await serve((response) => void held.push(response));
    const http = createHttp({ baseUrl: url, timeoutMs: 60_000 });
    const send = (request: SentRequest) => new Promise<Outcome>((resolve) => http.send(request, resolve));
    const post = { method: "POST", path: "/order" } as const;
    const answered = Array.from({ length: 8 }, () => send(post));
    let may = true;
    const last = send({ ...post, mayLeave: () => may });
    await expect.poll(() => held.length).toBe(8);
    may = false;
    for (const response of held) response.end();
    expect(await last).toMatchObject({ code: "transport/aborted" });
    await Promise.all(answered);
    expect(seen).toHaveLength(8);
    await http.close();
  });

  it("say unreachable, and send nothing, when no connection came free before the deadline", async () => {
    const { url, seen } = await serve(() => undefined);
    const http = createHttp({ baseUrl: url });
    const post = { method: "POST", path: "/order", safe: false } as const;
    const failing = (count: number, timeoutMs: number) =>
      Array.from({ length: count }, () =>
        http.request({ ...post, timeoutMs }).then(
          () => "answered",
          (error: unknown) => (isBpError(error) ? error.code : "another"),
        ),
      );
    const hanging = failing(8, 3_000);
    expect(await Promise.all(failing(4, 300))).toEqual(Array.from({ length: 4 }, () => "transport/unreachable"));
    expect(await Promise.all(hanging)).toEqual(Array.from({ length: 8 }, () => "transport/timeout"));
    await http.request({ ...post, path: "/later", timeoutMs: 50 }).catch(() => undefined);
    expect(seen.filter(({ url }) => url === "/order")).toHaveLength(8);
    await http.close();
  });

  it("never carry an order twice, and never one that was called unreachable, on a server that hangs up at random", async () => {
    const dice = random(11);
    const seen: string[] = [];
    const server = createTcpServer((socket) => {
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("data", (data) => {
        for (const [, id] of data.toString("latin1").matchAll(/POST \/(\d+) /g)) seen.push(id ?? "");
        const answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        const fate = dice.next();
        if (fate < 0.3) socket.write(answer);
        else if (fate < 0.5)
          socket.end(answer); // hangs up politely, without saying so before
        else if (fate < 0.7) socket.write(answer, () => socket.resetAndDestroy());
        else if (fate < 0.8) socket.write(answer.slice(0, 20), () => socket.destroy());
        else if (fate < 0.9) socket.resetAndDestroy();
        else setTimeout(() => socket.destroy(), 2);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(() => server.close());
    const http = createHttp({
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      timeoutMs: 2_000,
    });
    const ends: Record<string, string[]> = { answered: [], unknown: [], later: [] };
    let id = 0;
    const one = async () => {
      const name = String(++id);
      const end = await new Promise<Outcome>((resolve) => http.send({ method: "POST", path: `/${name}` }, resolve));
      ends[isBpError(end) ? end.retry : "answered"]?.push(name);
    };
    const enough = () => (ends["answered"]?.length ?? 0) > 300 && (ends["unknown"]?.length ?? 0) > 60;
    for (let round = 0; round < 100 || (round < 300 && !enough()); round++)
      await Promise.all(Array.from({ length: 6 }, one));
    await http.close();
    expect(enough()).toBe(true);
    expect(new Set(seen).size).toBe(seen.length);
    expect(ends["answered"]?.every((name) => seen.includes(name))).toBe(true);
    expect(ends["later"]?.some((name) => seen.includes(name))).toBe(false);
  });

  it("are opened once and used again", async () => {
    const sockets = new Set<Socket>();
    const { url } = await serve((response) => {
      if (response.socket !== null) sockets.add(response.socket);
      response.end();
    });
    const http = createHttp({ baseUrl: url });
    await http.warm();
    for (let count = 0; count < 10; count++) await http.request({ method: "POST", path: "/", safe: false });
    expect(sockets.size).toBe(4);
    await http.close();
  });

  it("tell an impossible header as unreachable, later and once", async () => {
    const { url } = await serve((response) => response.end());
    const http = createHttp({ baseUrl: url });
    await http.warm();
    let ends = 0;
    let returned = false;
    await new Promise<void>((resolve) => {
      http.send({ method: "POST", path: "/", headers: { bad: "line\nbreak" } }, (outcome) => {
        ends += 1;
        expect(returned).toBe(true);
        expect(outcome).toMatchObject({ code: "transport/unreachable" });
        setImmediate(resolve);
      });
      returned = true;
    });
    expect(ends).toBe(1);
    await http.close();
  });
});

describe("queryText", () => {
  it("encodes, repeats lists and leaves out what is not there", () => {
    expect(queryText(undefined)).toBe("");
    expect(queryText({ a: null, b: undefined })).toBe("");
    expect(queryText({ a: "Manual,Auto Lend", b: 0, c: false, d: ["x", "y"], e: [] })).toBe(
      "?a=Manual%2CAuto%20Lend&b=0&c=false&d=x&d=y",
    );
    expect(() => queryText({ symbol: "\ud800" })).toThrow("half a surrogate pair");
  });
});
