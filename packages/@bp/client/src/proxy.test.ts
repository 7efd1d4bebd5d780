import { createServer, type Server as HttpServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fixture, type Server, startServer, until } from "../test/server.ts";
import { createBackpack } from "./client.ts";

interface Proxy {
  readonly url: string;
  /** Where tunnels were asked for. */
  readonly targets: string[];
  close(): Promise<void>;
}

/** A real proxy on 127.0.0.1 that knows CONNECT. */
async function startProxy(): Promise<Proxy> {
  const targets: string[] = [];
  const sockets = new Set<Duplex>();
  const server: HttpServer = createServer();
  server.on("connect", ({ url = "" }, client: Duplex) => {
    targets.push(url);
    const [host, port] = url.split(":");
    const onwards: Socket = connect(Number(port), host ?? "", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      client.pipe(onwards).pipe(client);
    });
    for (const each of [client, onwards]) {
      sockets.add(each);
      each.on("error", () => each.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on a port
    targets,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe("proxy", () => {
  let venue: Server;
  let one: Proxy;
  let other: Proxy;
  beforeEach(async () => {
    [venue, one, other] = await Promise.all([startServer(), startProxy(), startProxy()]);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await Promise.all([one.close(), other.close(), venue.close()]);
  });
  const visit = async (proxy?: string | { readonly rest?: string; readonly socket?: string }) => {
    venue.on("GET /api/v1/status", () => ({ body: fixture("rest-status.json") }));
    const at = { restUrl: venue.restUrl, wsUrl: venue.wsUrl };
    const client = createBackpack(proxy === undefined ? at : { ...at, proxy });
    await client.rest.system.status();
    client.streams.trade("SOL_USDC").on(() => undefined);
    await until(() => venue.wanted.has("trade.SOL_USDC"));
    await client.close();
    return [one.targets.length > 0, other.targets.length > 0];
  };

  it("is one for everything", async () => {
    expect(await visit(one.url)).toEqual([true, false]);
    expect(one.targets.length).toBeGreaterThan(1);
  });

  it("is one for REST and one for the sockets", async () => {
    expect(await visit({ rest: one.url, socket: other.url })).toEqual([true, true]);
  });

  it("can be for the sockets alone", async () => {
    expect(await visit({ socket: other.url })).toEqual([false, true]);
  });

  it("is what the environment says, unless the client is told otherwise", async () => {
    vi.stubEnv("BACKPACK_PROXY_WEBSOCKET", one.url);
    expect(await visit()).toEqual([true, false]);
    one.targets.length = 0;
    expect(await visit({})).toEqual([false, false]);
    expect(await visit(other.url)).toEqual([false, true]);
    vi.stubEnv("BACKPACK_PROXY_WEBSOCKET", "no address");
    expect(() => createBackpack()).toThrow(/BACKPACK_PROXY_WEBSOCKET/);
  });

  it("is refused when it is none, without its password", () => {
    expect(() => createBackpack({ proxy: "ftp://me:hunter2@host" })).toThrow(/proxy/);
    expect(() => createBackpack({ proxy: "ftp://me:hunter2@host" })).not.toThrow(/hunter2/);
  });
});
