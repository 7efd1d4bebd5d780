// Every endpoint of the client against the sandbox, with keys of both kinds: it is served, and its schema takes the answer.
import { type AnyAsterEndpoint, createAster, createNonces, endpoints } from "@aster/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Row, rows, type Scene, warmUp } from "./endpoints.fixture.ts";
import { futuresRoutes, spotRoutes } from "./routes.ts";
import { accountAt, playAster } from "./trial.fixture.ts";

const all = Object.entries(endpoints).flatMap(([service, groups]) =>
  Object.entries(groups).flatMap(([group, each]) =>
    // what `endpoints` has in common
    Object.entries(each).map(
      ([name, endpoint]) => [`${service}.${group}.${name}`, endpoint as AnyAsterEndpoint] as const,
    ),
  ),
);
const byName = new Map<string, AnyAsterEndpoint>(all);
function endpointOf(name: string): AnyAsterEndpoint {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

/** What the sandbox has at a path of the client. */
function routeOf({ service, method }: AnyAsterEndpoint, path: string) {
  const [prefix, routes] = service === "futures" ? ["/fapi/", futuresRoutes] : ["/api/", spotRoutes];
  return routes.find((each) => each.method === method && each.paths.some((one) => prefix + one === path));
}

describe("endpoints", () => {
  it("are all in this table", () => {
    expect(rows.map(({ name }) => name).toSorted()).toEqual(all.map(([name]) => name).toSorted());
  });

  it("are all served, under every path that the client knows", () => {
    const missing = all.flatMap(([name, endpoint]) =>
      [endpoint.v1, endpoint.v3, endpoint.path]
        .filter((path) => path !== undefined && routeOf(endpoint, path) === undefined)
        .map((path) => `${name}: ${endpoint.method} ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it("ask for a key where the client brings one, and for none where it brings none", () => {
    const wanted = { none: ["open", "data"], key: ["data", "stream"], signed: ["signed"] } as const;
    const odd = all.filter(([, endpoint]) => {
      const access = routeOf(endpoint, endpoint.path)?.access;
      return !wanted[endpoint.security].some((each) => each === access);
    });
    expect(odd.map(([name]) => name)).toEqual([]);
  });
});

describe.each(["agent", "hmac"] as const)("with a key of the kind %s", (kind) => {
  let scene: Scene;
  beforeEach(async () => {
    const played = await playAster();
    warmUp(played);
    const { hmac, agent } = accountAt(played.accounts, 0);
    const [futures, spot] = [played.site("futures"), played.site("spot")];
    const client = createAster({
      key: kind === "hmac" ? { apiKey: hmac.key, secret: hmac.secret } : agent,
      nonces: createNonces({ signer: agent.user, scope: "process" }),
      futures: { restUrl: futures.rest, wsUrl: futures.ws },
      spot: { restUrl: spot.rest, wsUrl: spot.ws },
    });
    scene = { played, client };
  });
  afterEach(async () => {
    await scene.client.close();
    await scene.played.sandbox.close();
  });

  const open = (row: Row) => {
    const { v1, v3, security } = endpointOf(row.name);
    return security === "none" || (kind === "hmac" ? v1 : v3) !== undefined;
  };
  const asked = async (row: Row) => {
    const endpoint = endpointOf(row.name);
    return scene.client[endpoint.service].call(endpoint, await row.ask(scene));
  };
  const reachable = rows.filter(open);
  it.each(reachable.filter(({ answer }) => typeof answer === "object"))("$name works", async (row) => {
    expect(await asked(row)).toMatchObject(row.answer);
  });

  it.each(reachable.filter(({ answer }) => typeof answer === "function"))("$name gives what it should", async (row) => {
    const value = await asked(row);
    expect([value, typeof row.answer === "function" && row.answer(value)]).toEqual([value, true]);
  });

  it.each(rows.filter((row) => !open(row)))("$name is refused before it is sent", async ({ name }) => {
    const endpoint = endpointOf(name);
    const call = scene.client[endpoint.service].call(endpoint, { symbol: "BTCUSDT" });
    await expect(call).rejects.toMatchObject({ code: "config/invalid" });
  });
});
