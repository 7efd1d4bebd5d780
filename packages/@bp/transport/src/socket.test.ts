import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, createServer as createTcpServer, Socket as TcpSocket } from "node:net";
import { type ManualClock, manualClock, random } from "@bp/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { createSocket, type Socket, type SocketOptions, systemClock } from "./index.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function listen(server: Server | ReturnType<typeof createTcpServer>, port = 0) {
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A real WebSocket server that keeps its connections and what they said. */
async function serve(onConnection?: (connection: WebSocket, count: number) => void, port = 0, options = {}) {
  const http = createServer();
  const wss = new WebSocketServer({ server: http, ...options });
  const connections: WebSocket[] = [];
  const heard: string[] = [];
  wss.on("connection", (connection) => {
    connections.push(connection);
    connection.on("message", (data: Buffer) => heard.push(data.toString()));
    connection.on("error", () => undefined);
    onConnection?.(connection, connections.length);
  });
  const bound = await listen(http, port);
  closers.push(() => {
    for (const each of connections) each.terminate();
  });
  return { url: `ws://127.0.0.1:${bound}`, port: bound, connections, heard };
}

/** A server that only does the handshake, so that it can misbehave afterwards. */
async function serveRaw(onUpgraded: (socket: TcpSocket) => void) {
  const server = createServer();
  server.on("upgrade", (request, socket: TcpSocket) => {
    const accept = createHash("sha1")
      .update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest("base64");
    socket.on("error", () => undefined);
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    closers.push(() => socket.destroy());
    onUpgraded(socket);
  });
  return `ws://127.0.0.1:${await listen(server)}`;
}

/** A socket that writes down everything that is told to it. */
function open(options: Partial<SocketOptions> & { url: string }) {
  const told: string[] = [];
  const frames: (Uint8Array | string)[] = [];
  const socket: Socket = createSocket({
    random: { next: () => 0.5 }, // no jitter
    onOpen: () => undefined,
    onMessage: (data) => frames.push(typeof data === "string" ? data : Uint8Array.from(data)),
    onState: (state, why) => told.push(`${state}: ${why}`),
    ...options,
  });
  closers.push(() => socket.close());
  return { socket, told, frames };
}
const until = (check: () => boolean) => vi.waitFor(() => expect(check()).toBe(true), { timeout: 60_000, interval: 2 });
/** A ping or a frame goes there and back: so many looks at the sockets, however long each takes. */
const turn = async () => {
  await new Promise((resolve) => setTimeout(resolve, 3));
  for (let looks = 0; looks < 20; looks++) await new Promise((resolve) => setImmediate(resolve));
};
const step = async (clock: ManualClock, ms: number, times: number) => {
  for (let count = 0; count < times; count++) {
    clock.advance(ms);
    await turn();
  }
};

describe("createSocket", () => {
  it("says what is wanted as soon as it stands, and then that it is up", async () => {
    const { url, heard } = await serve();
    const order: string[] = [];
    const { socket } = open({
      url,
      onOpen: (send) => order.push(`open ${send("SUBSCRIBE")}`),
      onState: (state) => order.push(state),
    });
    expect(socket.state).toBe("down");
    expect(socket.send("too early")).toBe(false);
    await until(() => heard.length === 1);
    expect(heard).toEqual(["SUBSCRIBE"]);
    expect(order).toEqual(["open true", "up"]);
    expect(socket.state).toBe("up");
  });

  it("hands on text and binary frames as bytes, in order, even when the text is no UTF-8", async () => {
    const { url } = await serve((connection) => {
      connection.send("grüß");
      connection.send(Uint8Array.of(1, 2, 255));
      connection.send(Buffer.from([0xff, 0xfe]), { binary: false });
    });
    const { frames } = open({ url });
    await until(() => frames.length === 3);
    expect(frames).toEqual([new TextEncoder().encode("grüß"), Uint8Array.of(1, 2, 255), Uint8Array.of(0xff, 0xfe)]);
  });

  it("names itself, by the name that it is given", async () => {
    const asked: (string | undefined)[] = [];
    const verifyClient = ({ req }: { req: IncomingMessage }) => asked.push(req.headers["user-agent"]) > 0;
    const { url } = await serve(undefined, 0, { verifyClient });
    open({ url });
    await until(() => asked.length === 1);
    open({ url, userAgent: "desk/1.2" });
    await until(() => asked.length === 2);
    expect(asked).toEqual(["bp-transport", "desk/1.2"]);
  });

  it("asks for no compression from a server that offers it", async () => {
    const asked: (string | undefined)[] = [];
    const { url } = await serve(undefined, 0, {
      perMessageDeflate: true,
      verifyClient: ({ req }: { req: { headers: Record<string, string | undefined> } }) => {
        asked.push(req.headers["sec-websocket-extensions"]);
        return true;
      },
    });
    const { socket } = open({ url });
    await until(() => socket.state === "up");
    expect(asked).toEqual([undefined]);
  });

  it("comes back after the server closed it, tells why, and subscribes again", async () => {
    const clock = manualClock(0);
    const { url, connections, heard } = await serve((connection, count) => {
      if (count === 1) connection.close(1001, "going away");
    });
    const { socket, told } = open({ url, clock, onOpen: (send) => send("SUBSCRIBE") });
    await until(() => told.length === 2);
    expect(told[1]).toBe("down: closed by the server: 1001 going away");
    expect(socket.send("lost")).toBe(false);
    clock.advance(1_000);
    await until(() => heard.length === 2);
    expect(connections).toHaveLength(2);
    expect(told[2]).toMatch(/^up/);
  });

  it("tells a cut line from a close", async () => {
    const { url } = await serve((connection) => connection.terminate());
    const { told } = open({ url, clock: manualClock(0) });
    await until(() => told.length === 2);
    expect(told[1]).toBe("down: cut without a close frame (1006)");
  });

  it("ends a connection that sends a frame of more than 16 MB, and hands on none of it", async () => {
    const { url } = await serve((connection) => connection.send(Buffer.alloc(17_000_000, "x")));
    const { told, frames } = open({ url, clock: manualClock(0) });
    await until(() => told.length === 2);
    expect(told[1]).toMatch(/^down: .*payload/i);
    expect(frames).toEqual([]);
  });

  it("does not wait for a server that sends a close frame and keeps the line", async () => {
    const url = await serveRaw((socket) => socket.write(Buffer.from([0x88, 0x02, 0x03, 0xe9])));
    const { told } = open({ url, clock: manualClock(0) });
    await until(() => told.length === 2);
    expect(told[1]).toBe("down: closed by the server: 1001");
  });

  it.each([
    ["a reserved opcode", [0x83, 0x01, 0x41]],
    ["reserved bits", [0xf1, 0x01, 0x41]],
    ["a masked frame", [0x81, 0x81, 1, 2, 3, 4, 5]],
    ["a length beyond measure", [0x82, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ["plain text", [...Buffer.from("HTTP/1.1 500 What\r\n\r\n")]],
  ])("drops a line that speaks %s, and comes back", async (_, bytes) => {
    const clock = manualClock(0);
    let count = 0;
    const url = await serveRaw((socket) => {
      count += 1;
      if (count === 1) socket.write(Buffer.from(bytes));
    });
    const { socket, told } = open({ url, clock });
    await until(() => told.some((each) => each.startsWith("down")));
    clock.advance(1_000);
    await until(() => socket.state === "up");
    expect(count).toBe(2);
  });

  it("waits 1, 2, 4 ... 30 s between attempts, and says why each failed", async () => {
    const { port } = await serve();
    await closers.pop()?.();
    await closers.pop()?.(); // the port is closed now
    const waits: number[] = [];
    const clock = { now: () => systemClock.now(), sleep: async (ms: number) => void waits.push(ms) };
    const { socket, told } = open({ url: `ws://127.0.0.1:${port}`, clock });
    await until(() => waits.length >= 8);
    socket.close();
    expect(waits.slice(0, 8)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    expect(told[0]).toContain("ECONNREFUSED");
  });

  it("spreads attempts by a fifth to both sides, the same way for the same seed", async () => {
    const run = async () => {
      const waits: number[] = [];
      const clock = { now: () => systemClock.now(), sleep: async (ms: number) => void waits.push(ms) };
      const { socket } = open({ url: "ws://127.0.0.1:1", clock, random: random(7) });
      await until(() => waits.length >= 6);
      socket.close();
      return waits.slice(0, 6);
    };
    const waits = await run();
    expect(await run()).toEqual(waits);
    const bases = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
    for (const [at, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(0.8 * (bases[at] ?? 0));
      expect(wait).toBeLessThanOrEqual(1.2 * (bases[at] ?? 0));
    }
    expect(new Set(waits.map((wait, at) => wait / (bases[at] ?? 1))).size).toBeGreaterThan(1);
  });

  it("starts again at 1 s after a connection that stood for long, and goes on doubling after short ones", async () => {
    const clock = manualClock(0);
    const { url, connections } = await serve();
    const { socket, told } = open({ url, clock });
    const backAfter = async (ms: number) => {
      const before = connections.length;
      connections.at(-1)?.close();
      await until(() => told.at(-1)?.startsWith("down") === true);
      clock.advance(ms - 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(connections).toHaveLength(before);
      clock.advance(1);
      await until(() => socket.state === "up");
    };
    await until(() => socket.state === "up");
    await backAfter(1_000);
    await backAfter(2_000);
    clock.advance(30_001);
    await backAfter(1_000);
  });

  it("drops a connection that gives no sign of life for 90 s", async () => {
    const clock = manualClock(0);
    let lines = 0;
    const url = await serveRaw(() => {
      lines += 1; // and never a word, nor an answer to a ping
    });
    const { socket, told } = open({ url, clock });
    await until(() => socket.state === "up");
    await step(clock, 10_000, 8);
    expect(socket.state).toBe("up");
    await step(clock, 10_000, 1);
    expect(told.at(-1)).toBe("down: silent for 90000 ms");
    clock.advance(1_000);
    await until(() => socket.state === "up");
    expect(lines).toBe(2);
  });

  it.each([
    ["frames", (connection: WebSocket) => connection.send("x")],
    ["pings of the server", (connection: WebSocket) => connection.ping()],
  ])("stays for as long as %s come", async (_, speak) => {
    const clock = manualClock(0);
    const { url, connections } = await serve(undefined, 0, { autoPong: false }); // our own pings stay unanswered
    const { socket } = open({ url, clock });
    await until(() => socket.state === "up");
    for (let minute = 0; minute < 5; minute++) {
      const [connection] = connections;
      if (connection !== undefined) speak(connection);
      await step(clock, 10_000, 6);
    }
    expect(socket.state).toBe("up");
    expect(connections).toHaveLength(1);
  });

  it("asks a silent server for a pong, and stays when it answers", async () => {
    const clock = manualClock(0);
    const { url, connections } = await serve();
    const { socket } = open({ url, clock });
    let pings = 0;
    await until(() => socket.state === "up");
    connections[0]?.on("ping", () => {
      pings += 1;
    });
    await step(clock, 10_000, 30);
    expect(socket.state).toBe("up");
    expect(pings).toBeGreaterThanOrEqual(5);
  });

  it("reconnects when told to", async () => {
    const clock = manualClock(0);
    const { url, connections } = await serve();
    const { socket, told } = open({ url, clock });
    await until(() => socket.state === "up");
    socket.reconnect("depth has a gap that does not heal");
    expect(told.at(-1)).toBe("down: depth has a gap that does not heal");
    clock.advance(1_000);
    await until(() => socket.state === "up");
    expect(connections).toHaveLength(2);
  });

  it("says goodbye when it is closed, is told nothing more, and leaves no timer", async () => {
    const sleeping = new Set<unknown>();
    const clock = {
      now: () => systemClock.now(),
      sleep: async (ms: number, signal?: AbortSignal) => {
        const mark = {};
        sleeping.add(mark);
        await systemClock.sleep(ms, signal);
        sleeping.delete(mark);
      },
    };
    const codes: number[] = [];
    const { url } = await serve((connection) => connection.on("close", (code) => codes.push(code)));
    const { socket, told, frames } = open({ url, clock });
    await until(() => socket.state === "up");
    socket.close();
    socket.close();
    await until(() => codes.length === 1);
    expect(codes).toEqual([1000]);
    expect(socket.state).toBe("down");
    expect(socket.send("x")).toBe(false);
    expect(told).toHaveLength(1);
    expect(frames).toHaveLength(0);
    await until(() => sleeping.size === 0);
  });

  it("can be closed before it stands, while it waits, and from its own callbacks", async () => {
    const { url, connections } = await serve();
    open({ url }).socket.close();
    const waiting = open({ url: "ws://127.0.0.1:1" });
    await until(() => waiting.told.length === 1);
    waiting.socket.close();
    const told: string[] = [];
    const own: { socket?: Socket } = {};
    own.socket = open({ url, onOpen: () => own.socket?.close(), onState: (state) => told.push(state) }).socket;
    await until(() => connections.length >= 1);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(told).toEqual([]);
    expect(waiting.told).toHaveLength(1);
  });

  it("refuses a URL that is none, and one with credentials, without showing them", () => {
    for (const url of ["", "https://ws.backpack.exchange", "ws://user:pw@host"]) {
      expect(() => open({ url })).toThrow("url");
      expect(() => open({ url })).not.toThrow("pw");
    }
  });

  it("says what a server answers that will not upgrade", async () => {
    const server = createServer((_, response) => response.writeHead(503).end());
    const { told } = open({ url: `ws://127.0.0.1:${await listen(server)}`, clock: manualClock(0) });
    await until(() => told.length === 1);
    expect(told[0]).toContain("503");
  });
});

describe("createSocket that renews", () => {
  const renewing = async (options = {}) => {
    const server = await serve(undefined, 0, options);
    const clock = manualClock(0);
    let opened = 0;
    const made = open({
      url: server.url,
      clock,
      renewAfterMs: 60_000,
      silenceMs: Number.POSITIVE_INFINITY,
      onOpen: (send) => send(`wish ${++opened}`),
    });
    await until(() => server.heard.length === 1);
    const closed: number[] = [];
    server.connections[0]?.on("close", () => closed.push(1));
    return { ...server, ...made, clock, closed };
  };

  it("opens the new connection first, hands on frames of both, and stays up", async () => {
    const { clock, connections, heard, frames, told, socket, closed } = await renewing();
    clock.advance(59_999);
    await turn();
    expect(connections).toHaveLength(1);
    clock.advance(1);
    await until(() => heard.length === 2);
    expect([heard, socket.state, told]).toEqual([["wish 1", "wish 2"], "up", ["up: connected"]]);
    connections[0]?.send("old");
    await until(() => frames.length === 1);
    socket.send("to the new one");
    await until(() => heard.length === 3);
    connections[1]?.send("new");
    await until(() => frames.length === 2);
    connections[0]?.send("old again");
    await until(() => frames.length === 3);
    expect(closed).toEqual([]);
    clock.advance(1_000);
    await until(() => closed.length === 1);
    expect([socket.state, told]).toEqual(["up", ["up: connected"]]);
    clock.advance(59_000); // and again
    await until(() => connections.length === 3);
  });

  it("closes the old one after five seconds when the new one has nothing to say", async () => {
    const { clock, heard, closed, told } = await renewing();
    clock.advance(60_000);
    await until(() => heard.length === 2);
    for (let second = 1; second < 5; second++) {
      clock.advance(1_000);
      await turn();
    }
    expect(closed).toEqual([]);
    clock.advance(1_000);
    await until(() => closed.length === 1);
    expect(told).toEqual(["up: connected"]);
  });

  it("keeps the old one while no new one can be had, and tries again at growing distances", async () => {
    let asked = 0;
    const { clock, connections, heard, frames, told, socket } = await renewing({
      verifyClient: () => {
        asked += 1;
        return asked === 1 || asked > 3;
      },
    });
    clock.advance(60_000);
    for (const [refused, waitMs] of [
      [2, 1_000],
      [3, 2_000],
    ] as const) {
      await until(() => asked === refused);
      await turn();
      clock.advance(waitMs - 1);
      await turn();
      expect(asked).toBe(refused);
      connections[0]?.send("still here");
      await until(() => frames.length === refused - 1);
      clock.advance(1);
    }
    await until(() => heard.length === 2);
    expect([asked, socket.state, told]).toEqual([4, "up", ["up: connected"]]);
  });

  it("says nothing when the old one is cut after the new one stands", async () => {
    const { clock, connections, heard, told, socket } = await renewing();
    clock.advance(60_000);
    await until(() => heard.length === 2);
    connections[0]?.terminate();
    await turn();
    clock.advance(10_000);
    await turn();
    expect([socket.state, told]).toEqual(["up", ["up: connected"]]);
  });

  it("comes back as after any loss when the new one is cut, and leaves the old one", async () => {
    const { clock, connections, heard, told, closed } = await renewing();
    clock.advance(60_000);
    await until(() => heard.length === 2);
    connections[1]?.terminate();
    await until(() => told.length === 2 && closed.length === 1);
    clock.advance(1_000);
    await until(() => heard.length === 3);
    expect(told.map((each) => each.split(":")[0])).toEqual(["up", "down", "up"]);
  });

  it("leaves nothing behind when it is closed between two connections", async () => {
    const { clock, connections, heard, socket } = await renewing();
    clock.advance(60_000);
    await until(() => heard.length === 2);
    socket.close();
    await until(() => connections.every(({ readyState }) => readyState === 3));
    clock.advance(600_000);
    await turn();
    expect(connections).toHaveLength(2);
  });

  it.each([0, -1, Number.NaN])("refuses an age of %d", (renewAfterMs) => {
    expect(() => open({ url: "ws://127.0.0.1:1", renewAfterMs })).toThrow("renewAfterMs");
  });
});
