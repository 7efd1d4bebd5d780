// Going out through an HTTP proxy: one tunnel (CONNECT) that both REST and the socket use. Node only.

import type { Socket as NetSocket } from "node:net";
import { BpError } from "@bp/core";
import type { buildConnector } from "undici";

/** Opens a tunnel; the shape that `node:http` and `ws` ask of `createConnection`. */
export type Tunnel = (options: unknown, done: (error: Error | null, socket?: NetSocket) => void) => undefined;

interface Proxy {
  readonly host: string;
  readonly port: number;
  readonly authorization: string | undefined;
  /** For errors: no credentials. */
  readonly name: string;
}

const tunnelMs = 10_000;
const longestAnswer = 16_384; // bytes; a proxy that says more before the empty line is none

/**
 * What undici calls to open a connection.
 *
 * @param proxy - `http://user:password@host:port`
 * @throws BpError `config/invalid`, without the credentials in it
 */
export function proxyConnector(proxy: string): buildConnector.connector {
  const through = parse(proxy);
  return ({ hostname, port, protocol, servername }, done) => {
    const secure = protocol === "https:";
    open(
      through,
      hostname,
      Number(port || (secure ? 443 : 80)),
      secure ? (servername ?? hostname) : undefined,
      (error, socket) => {
        if (error === null && socket !== undefined) done(null, socket);
        else done(error ?? new Error("no tunnel"), null);
      },
    );
  };
}

/**
 * What `ws` calls to open a connection to `url`.
 *
 * @throws BpError `config/invalid`, without the credentials in it
 */
export function tunnelTo(proxy: string, url: string): Tunnel {
  const through = parse(proxy);
  const { hostname, port, protocol } = new URL(url);
  const secure = protocol === "wss:";
  return (_, done) => {
    open(through, hostname, Number(port || (secure ? 443 : 80)), secure ? hostname : undefined, done);
    return undefined;
  };
}

function parse(proxy: string): Proxy {
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (url === undefined || url.protocol !== "http:" || url.hostname === "")
    throw new BpError("config/invalid", {
      path: "proxy",
      found: url === undefined ? "no URL" : `${url.protocol}//${url.host}`,
      expected: "http://[user:password@]host:port",
    });
  const { username, password, hostname, port } = url;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    host: bare(hostname),
    port: Number(port || 80),
    authorization: username === "" ? undefined : `Basic ${Buffer.from(credentials).toString("base64")}`,
    name: `proxy ${url.host}`,
  };
}

/** An IPv6 address without its brackets. */
function bare(hostname: string): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}

function open(
  proxy: Proxy,
  hostname: string,
  port: number,
  servername: string | undefined,
  done: (error: Error | null, socket?: NetSocket) => void,
): void {
  const net = process.getBuiltinModule("node:net");
  const tls = process.getBuiltinModule("node:tls");
  const socket = net.connect({ host: proxy.host, port: proxy.port });
  let head = Buffer.alloc(0);
  let over = false;
  const finish = (error: Error | null, opened?: NetSocket) => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    socket.removeListener("data", read);
    if (error !== null) socket.destroy();
    done(error, opened);
  };
  const fail = (why: string) => finish(new Error(`${proxy.name}: ${why}`));
  const timer = setTimeout(() => fail(`no tunnel within ${tunnelMs} ms`), tunnelMs);
  const read = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) {
      if (head.length > longestAnswer) fail("its answer has no end");
      return;
    }
    const [line = ""] = head.toString("latin1").split("\r\n", 1);
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(line)?.[1];
    if (status?.startsWith("2") !== true) return fail(`it refused the tunnel: ${status ?? "no HTTP"}`);
    if (head.length > end + 4) return fail("it speaks before it was asked"); // in HTTP and TLS we begin
    socket.removeListener("data", read);
    socket.removeListener("error", onError);
    socket.removeListener("close", onClose);
    if (servername === undefined) return finish(null, socket);
    const secured = tls.connect({
      socket,
      servername: net.isIP(bare(servername)) > 0 ? "" : servername,
      host: bare(hostname),
      ALPNProtocols: ["http/1.1"],
    });
    secured.once("secureConnect", () => finish(null, secured));
    secured.once("error", (error) => fail(error.message));
  };
  const onError = (error: Error) => fail(error.message);
  const onClose = () => fail("it closed the connection");
  socket.setNoDelay(true);
  socket.on("data", read);
  socket.once("error", onError);
  socket.once("close", onClose);
  socket.once("connect", () => {
    const target = `${hostname}:${port}`;
    const authorization = proxy.authorization === undefined ? "" : `Proxy-Authorization: ${proxy.authorization}\r\n`;
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization}\r\n`);
  });
}
