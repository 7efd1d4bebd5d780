import { createServer, type Server as HttpServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Sockets, startSockets, until } from "../test/sockets.ts";
import { startVenue, type TestVenue } from "../test/venue.ts";
import { createAster } from "./client.ts";

interface Proxy {
  readonly url: string;
  /** Where tunnels were asked for. */
  readonly targets: string[];
  /** What they were asked for with. */
  readonly passwords: (string | undefined)[];
  close(): Promise<void>;
}

/** A real proxy on 127.0.0.1 that knows CONNECT; every name leads it to 127.0.0.1. */
async function startProxy(): Promise<Proxy> {
  const targets: string[] = [];
  const passwords: (string | undefined)[] = [];
  const sockets = new Set<Duplex>();
  const server: HttpServer = createServer();
  server.on("connect", ({ url = "", headers }, client: Duplex) => {
    targets.push(url);
    passwords.push(headers["proxy-authorization"]);
    const port = Number(url.split(":")[1]);
    const onwards: Socket = connect(port, "127.0.0.1", () => {
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
    passwords,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe("proxy", () => {
  let venue: TestVenue;
  let sockets: Sockets;
  let one: Proxy;
  let other: Proxy;
  beforeEach(async () => {
    [venue, sockets, one, other] = await Promise.all([startVenue(), startSockets(), startProxy(), startProxy()]);
    for (const prefix of ["fapi", "api"]) {
      venue.on(`GET /${prefix}/v3/ping`, () => ({ body: {} }));
      venue.on(`POST /${prefix}/v1/listenKey`, () => ({ body: { listenKey: "k".repeat(64) } }));
      venue.on(`PUT /${prefix}/v1/listenKey`, () => ({ body: {} }));
    }
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await Promise.all([one.close(), other.close(), sockets.close(), venue.close()]);
  });

  const hostOf = (url: string) => new URL(url).host;
  /** REST, market streams and the account's stream of both services: which of the two proxies was asked for which host. */
  const visit = async (proxy?: string | { readonly rest?: string; readonly socket?: string }, name = "127.0.0.1") => {
    const where = {
      restUrl: venue.url.replace("127.0.0.1", name),
      wsUrl: sockets.url.replace("127.0.0.1", name),
    };
    const client = createAster({
      key: { apiKey: "key", secret: "secret" },
      futures: where,
      spot: where,
      ...(proxy === undefined ? {} : { proxy }),
    });
    for (const { rest, streams } of [client.futures, client.spot]) {
      await rest.market.ping();
      streams.aggTrade("BTCUSDT").on(() => undefined);
      streams.user().on(() => undefined);
      await until(() => streams.state("user") === "up" && streams.state("market") === "up", "both streams");
    }
    await client.close();
    const names = new Map([
      [hostOf(where.restUrl), "rest"],
      [hostOf(where.wsUrl), "socket"],
    ]);
    return [one, other].map(({ targets }) => [...new Set(targets.map((host) => names.get(host) ?? host))].toSorted());
  };

  it("is one for everything", async () => {
    expect(await visit(one.url)).toEqual([["rest", "socket"], []]);
    expect(one.targets.filter((host) => host === hostOf(sockets.url))).toHaveLength(4); // two of each service
  });

  it("is one for REST and one for the sockets", async () => {
    expect(await visit({ rest: one.url, socket: other.url })).toEqual([["rest"], ["socket"]]);
  });

  it("can be for the sockets alone", async () => {
    expect(await visit({ socket: other.url })).toEqual([[], ["socket"]]);
  });

  it("hears its name and password", async () => {
    await visit(one.url.replace("//", "//me:hunter2@"));
    const expected = `Basic ${Buffer.from("me:hunter2").toString("base64")}`;
    expect(new Set(one.passwords)).toEqual(new Set([expected]));
  });

  describe("of the environment", () => {
    beforeEach(() => {
      for (const name of ["HTTP_PROXY", "PROXY_WEBSOCKET", "NO_PROXY"])
        for (const each of [name, name.toLowerCase()]) vi.stubEnv(each, "");
      vi.stubEnv("HTTP_PROXY", one.url);
    });

    it("is taken where none is named, another one for the sockets", async () => {
      vi.stubEnv("ASTER_PROXY_WEBSOCKET", other.url);
      expect(await visit(undefined, "venue.test")).toEqual([["rest"], ["socket"]]);
    });

    it("goes for the sockets too, where they have none of their own", async () => {
      vi.stubEnv("ASTER_PROXY_WEBSOCKET", "");
      expect(await visit(undefined, "venue.test")).toEqual([["rest", "socket"], []]);
    });

    it("is for the sockets alone where REST is exempt, and for nothing where the client says so", async () => {
      vi.stubEnv("ASTER_PROXY_WEBSOCKET", other.url);
      vi.stubEnv("NO_PROXY", "127.0.0.1");
      vi.stubEnv("no_proxy", undefined);
      expect(await visit()).toEqual([[], ["socket"]]);
      const before = other.targets.length;
      await visit({});
      expect(other.targets).toHaveLength(before);
    });
  });

  it("is refused when it is none, without its password", () => {
    expect(() => createAster({ proxy: "ftp://me:hunter2@host" })).toThrow(/proxy/);
    expect(() => createAster({ proxy: "ftp://me:hunter2@host" })).not.toThrow(/hunter2/);
  });
});
