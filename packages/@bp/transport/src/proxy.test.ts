import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BpError, manualClock } from "@bp/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { WebSocketServer } from "ws";
import { createHttp, createSocket } from "./index.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function listen(server: TcpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A real CONNECT proxy that keeps what it was asked; `status` other than 200 refuses. */
async function serveProxy(status = 200) {
  const asked: { readonly target: string; readonly authorization: string | undefined }[] = [];
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on("connect", (request, client) => {
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
  return { port: await listen(server), asked };
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
    await vi.waitFor(() => expect(frames).toEqual(["hello"]));
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
    await vi.waitFor(() => expect(told).toHaveLength(1));
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
    const http = openHttp("http://127.0.0.1:9", `http://127.0.0.1:${await listen(server)}`);
    await expect(http.request(read)).rejects.toMatchObject({ code: "transport/unreachable" });
  });

  it("that is not there makes the venue unreachable", async () => {
    const http = openHttp("http://127.0.0.1:9", "http://127.0.0.1:1");
    await expect(http.request(read)).rejects.toThrow("ECONNREFUSED");
  });

  it.each(["", "socks5://me:S3CRET@host:1", "http://me:S3CRET@:1", "me:S3CRET@host"])("is refused as %j", (proxy) => {
    for (const open of [() => openHttp("http://a.b", proxy), () => openSocket("ws://a.b", proxy)]) {
      expect(open).toThrow("proxy");
      expect(open).not.toThrow("S3CRET");
    }
  });

  it("carries TLS to the venue, whose certificate is checked", async (context) => {
    const folder = mkdtempSync(join(tmpdir(), "bp-tls-"));
    closers.push(() => rmSync(folder, { recursive: true }));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    try {
      const ask = "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -addext subjectAltName=DNS:localhost";
      execFileSync("openssl", [...ask.split(" "), "-keyout", key, "-out", cert], { stdio: "ignore" });
    } catch {
      context.skip("there is no openssl to make a certificate with");
    }
    const port = await serveVenue(createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }));
    const { port: proxyPort } = await serveProxy();
    const through = `http://127.0.0.1:${proxyPort}`;
    const strict = openHttp(`https://localhost:${port}`, through);
    await expect(strict.request(read)).rejects.toMatchObject({ code: "transport/unreachable" });
    await expect(strict.request(read)).rejects.toThrow("self-signed certificate");

    const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    closers.push(() => {
      warnings.mockRestore();
      vi.unstubAllEnvs();
    });
    const trusting = openHttp(`https://localhost:${port}`, through);
    expect(await trusting.request(read)).toMatchObject({ status: 200, text: "GET /time" });
    const { frames } = openSocket(`wss://localhost:${port}`, through);
    await vi.waitFor(() => expect(frames).toEqual(["hello"]));
  });
});
