// Going out through an HTTP proxy: one tunnel (CONNECT) that both REST and the socket use. Node only.

import type { Socket as NetSocket } from "node:net";
import { BpError } from "@bp/core";
import type { buildConnector } from "undici";

/** Opens a tunnel; the shape that `node:http` and `ws` ask of `createConnection`. */
export type Tunnel = (options: unknown, done: (error: Error | null, socket?: NetSocket) => void) => undefined;

interface Proxy {
  readonly host: string;
  readonly port: number;
  /** TLS up to the proxy itself. */
  readonly secure: boolean;
  readonly authorization: string | undefined;
  /** For errors: no credentials. */
  readonly name: string;
}

const tunnelMs = 10_000;
const longestAnswer = 16_384; // bytes; a proxy that says more before the empty line is none

/**
 * What undici calls to open a connection.
 *
 * @param proxy - `http://user:password@host:port`, or `https:` for TLS up to the proxy
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

/**
 * Refuses what no connection can go through.
 *
 * @param path - where the text stands, for the failure
 * @throws BpError `config/invalid`, without the credentials in it
 */
export function checkProxy(proxy: string, path = "proxy", expected = "http(s)://[user:password@]host:port"): void {
  parse(proxy, path, expected);
}

function parse(proxy: string, path = "proxy", expected = "http(s)://[user:password@]host:port"): Proxy {
  const refuse = (found: string) => new BpError("config/invalid", { path, found, expected });
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (url === undefined) throw refuse("no URL");
  if (url.hostname === "") throw refuse("a URL without a host"); // `me:secret@host` is one: its scheme is a name
  const { protocol, username, password, hostname, port, host } = url;
  const secure = protocol === "https:";
  if (!secure && protocol !== "http:") throw refuse(`${protocol}//${host}`);
  return {
    host: bare(hostname),
    port: Number(port || (secure ? 443 : 80)),
    secure,
    authorization: username === "" ? undefined : `Basic ${base64(username, password, refuse)}`,
    name: `proxy ${host}`,
  };
}

function base64(username: string, password: string, refuse: (found: string) => BpError): string {
  try {
    return Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  } catch {
    throw refuse("a user or password with a % that begins no escape"); // the text itself stays out of the failure
  }
}

/** An IPv6 address without its brackets. */
function bare(hostname: string): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}

/** A name for the certificate; an address has none. */
function serverNameOf(hostname: string): string {
  return process.getBuiltinModule("node:net").isIP(bare(hostname)) > 0 ? "" : hostname;
}

function tlsTo({ host, port }: Proxy) {
  return { host, port, servername: serverNameOf(host), ALPNProtocols: ["http/1.1"] };
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
  const socket = proxy.secure ? tls.connect(tlsTo(proxy)) : net.connect({ host: proxy.host, port: proxy.port });
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
      servername: serverNameOf(servername),
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
  socket.once(proxy.secure ? "secureConnect" : "connect", () => {
    const target = `${hostname}:${port}`;
    const authorization = proxy.authorization === undefined ? "" : `Proxy-Authorization: ${proxy.authorization}\r\n`;
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization}\r\n`);
  });
}
