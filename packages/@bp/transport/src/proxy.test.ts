import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server as TcpServer,
  type Socket as TcpSocket,
} from "node:net";
import type { Duplex } from "node:stream";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { BpError, manualClock } from "@bp/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { WebSocketServer } from "ws";
import { certificate } from "../test/certificate.ts";
import { createHttp, createSocket } from "./index.ts";

/** Holds within a minute. */
const soon = (holds: () => void) => vi.waitFor(holds, { timeout: 60_000 });
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function listen(server: TcpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** Makes this process trust a certificate until the test is over. */
function trust(cert: string): void {
  const before = getCACertificates("default");
  setDefaultCACertificates([...before, cert]);
  closers.push(() => setDefaultCACertificates(before));
}

/** A real CONNECT proxy that keeps what it was asked; `status` other than 200 refuses; with a certificate it speaks TLS. */
async function serveProxy(status = 200, own?: ReturnType<typeof certificate>) {
  const asked: { readonly target: string; readonly authorization: string | undefined }[] = [];
  const server = own === undefined ? createServer() : createSecureServer(own);
  const tunnels: TcpSocket[] = [];
  server.on("connection", (tcp: TcpSocket) => {
    tcp.on("error", () => undefined);
    tunnels.push(tcp);
  });
  server.on("connect", (request: IncomingMessage, client: Duplex) => {
    asked.push({ target: request.url ?? "", authorization: request.headers["proxy-authorization"] });
    client.on("error", () => undefined);
    closers.push(() => client.destroy());
    if (status !== 200) {
      client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const [host, port] = (request.url ?? "").split(":");
    const upstream = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on("error", () => client.destroy());
  });
  return { port: await listen(server), asked, tunnels };
}

async function serveVenue(server: Server) {
  server.on("request", (request, response) => response.end(`${request.method} ${request.url}`));
  new WebSocketServer({ server }).on("connection", (connection) => {
    connection.send("hello");
    closers.push(() => connection.terminate());
  });
  closers.push(() => server.closeAllConnections());
  return listen(server);
}

const read = { method: "GET", path: "/time", safe: false } as const;
const openHttp = (baseUrl: string, proxy: string) => {
  const http = createHttp({ baseUrl, proxy });
  closers.push(() => http.close());
  return http;
};
const openSocket = (url: string, proxy: string) => {
  const frames: string[] = [];
  const told: string[] = [];
  const socket = createSocket({
    url,
    proxy,
    clock: manualClock(0),
    onOpen: () => undefined,
    onMessage: (data) => frames.push(new TextDecoder().decode(data as Uint8Array)), // on Node always bytes
    onState: (_, why) => told.push(why),
  });
  closers.push(() => socket.close());
  return { frames, told };
};

describe("a proxy", () => {
  it("carries requests and sockets, and is shown its credentials", async () => {
    const venue = await serveVenue(createServer());
    const proxy = await serveProxy();
    const through = `http://me:p%40ss@127.0.0.1:${proxy.port}`;
    const http = openHttp(`http://127.0.0.1:${venue}`, through);
    expect(await http.request(read)).toMatchObject({ status: 200, text: "GET /time" });
    expect(await http.request(read)).toMatchObject({ status: 200 });
    const { frames } = openSocket(`ws://127.0.0.1:${venue}`, through);
    await soon(() => expect(frames).toEqual(["hello"]));
    const one = { target: `127.0.0.1:${venue}`, authorization: `Basic ${btoa("me:p@ss")}` };
    expect(proxy.asked.length).toBeGreaterThanOrEqual(2);
    for (const each of proxy.asked) expect(each).toEqual(one);
  });

  it("that refuses makes the venue unreachable, and its password stays out of the failure", async () => {
    const proxy = await serveProxy(407);
    const through = `http://me:S3CRET@127.0.0.1:${proxy.port}`;
    const error = await openHttp("http://127.0.0.1:9", through)
      .request(read)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BpError);
    expect(error).toMatchObject({ code: "transport/unreachable" });
    const { told } = openSocket("ws://127.0.0.1:9", through);
    await soon(() => expect(told).toHaveLength(1));
    for (const text of [String(error), JSON.stringify(error), String((error as Error).cause), told[0] ?? ""]) {
      expect(text).not.toContain("S3CRET");
      expect(text).not.toContain(btoa("me:S3CRET"));
    }
    expect(told[0]).toContain("it refused the tunnel: 407");
  });

  it.each([
    ["closes at once", (): TcpServer => createTcpServer((socket) => socket.destroy())],
    ["speaks no HTTP", () => createTcpServer((socket) => socket.write("SSH-2.0-what\r\n\r\n"))],
    ["never comes to an end", () => createTcpServer((socket) => socket.write("HTTP/1.1 200 ".padEnd(20_000, "x")))],
  ])("that %s makes the venue unreachable", async (_, make) => {
    const server = make();
    server.on("connection", (socket) => {
      socket.on("error", () => undefined);
      closers.push(() => socket.destroy());
    });
    const through = `http://me:S3CRET@127.0.0.1:${await listen(server)}`;
    const http = openHttp("http://127.0.0.1:9", through);
    await expect(http.request(read)).rejects.toMatchObject({ code: "transport/unreachable" });
    const { told } = openSocket("ws://127.0.0.1:9", through);
    await soon(() => expect(told).toHaveLength(1));
    expect(told[0]).toContain("proxy 127.0.0.1:");
    expect(told[0]).not.toContain("S3CRET");
  });

  it("that is not there makes the venue unreachable", async () => {
    const http = openHttp("http://127.0.0.1:9", "http://127.0.0.1:1");
    await expect(http.request(read)).rejects.toThrow("ECONNREFUSED");
    const { told } = openSocket("ws://127.0.0.1:9", "http://127.0.0.1:1");
    await soon(() => expect(told[0]).toContain("ECONNREFUSED"));
  });

  it.each(["", "socks5://me:S3CRET@host:1", "http://me:S3CRET@:1", "me:S3CRET@host", "http://me:S3%CRET@host"])(
    "is refused as %j",
    (proxy) => {
      for (const open of [() => openHttp("http://a.b", proxy), () => openSocket("ws://a.b", proxy)]) {
        expect(open).toThrow("proxy");
        expect(open).not.toThrow(/CRET|me:/);
      }
    },
  );

  it.each(["plain", "itself behind TLS"])(
    "that is %s carries TLS to the venue, whose certificate is checked",
    async (kind) => {
      const own = certificate();
      const port = await serveVenue(createSecureServer(own));
      const proxy = await serveProxy(200, kind === "plain" ? undefined : own);
      const through = `${kind === "plain" ? "http" : "https"}://me:p%40ss@localhost:${proxy.port}`;
      const strict = openHttp(`https://localhost:${port}`, through);
      await expect(strict.request(read)).rejects.toMatchObject({ code: "transport/unreachable" });
      await expect(strict.request(read)).rejects.toThrow("self-signed certificate");

      trust(own.cert);
      const trusting = openHttp(`https://localhost:${port}`, through);
      expect(await trusting.request(read)).toMatchObject({ status: 200, text: "GET /time" });
      const { frames } = openSocket(`wss://localhost:${port}`, through);
      await soon(() => expect(frames).toEqual(["hello"]));
      expect(proxy.asked.at(-1)).toEqual({ target: `localhost:${port}`, authorization: `Basic ${btoa("me:p@ss")}` });
    },
  );

  it("behind TLS carries what is plain, and is not shown the credentials if its certificate is not good", async () => {
    const venue = await serveVenue(createServer());
    const own = certificate();
    const proxy = await serveProxy(200, own);
    const through = `https://me:S3CRET@127.0.0.1:${proxy.port}`;
    const [rest, socket] = [`http://127.0.0.1:${venue}`, `ws://127.0.0.1:${venue}`];
    const { told } = openSocket(socket, through);
    await soon(() => expect(told).toHaveLength(1));
    expect(told[0]).toContain("self-signed certificate");
    expect(told[0]).not.toContain("S3CRET");
    await expect(openHttp(rest, through).request(read)).rejects.toMatchObject({ code: "transport/unreachable" });
    expect(proxy.asked).toEqual([]);

    trust(own.cert);
    expect(await openHttp(rest, through).request(read)).toMatchObject({ status: 200, text: "GET /time" });
    const { frames } = openSocket(socket, through);
    await soon(() => expect(frames).toEqual(["hello"]));
  });

  it.each([
    ["plain", "ws"],
    ["plain", "wss"],
    ["behind TLS", "ws"],
    ["behind TLS", "wss"],
  ])("%s that breaks off under a %s: connection is a loss as any other", async (kind, scheme) => {
    const own = certificate();
    trust(own.cert);
    const venue = await serveVenue(scheme === "ws" ? createServer() : createSecureServer(own));
    const proxy = await serveProxy(200, kind === "plain" ? undefined : own);
    const through = `${kind === "plain" ? "http" : "https"}://localhost:${proxy.port}`;
    const { frames, told } = openSocket(`${scheme}://localhost:${venue}`, through);
    await soon(() => expect(frames).toEqual(["hello"]));
    for (const tcp of proxy.tunnels) tcp.resetAndDestroy();
    await soon(() => expect(told).toHaveLength(2));
  });

  it("may be another for REST than for the socket", async () => {
    const venue = await serveVenue(createServer());
    const [forRest, forSocket] = [await serveProxy(), await serveProxy()];
    const http = openHttp(`http://127.0.0.1:${venue}`, `http://127.0.0.1:${forRest.port}`);
    const { frames } = openSocket(`ws://127.0.0.1:${venue}`, `http://127.0.0.1:${forSocket.port}`);
    expect(await http.request(read)).toMatchObject({ status: 200 });
    await soon(() => expect(frames).toEqual(["hello"]));
    expect([forRest.asked.length > 0, forSocket.asked.length]).toEqual([true, 1]);
  });
});
