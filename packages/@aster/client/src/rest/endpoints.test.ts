import { createAgent } from "@bp/signing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { find, names, type Row, rows, withoutSample } from "../../test/rows.ts";
import { fixtureText, type Received, signerOf, startVenue, type TestVenue } from "../../test/venue.ts";
import { type Aster, createAster } from "../client.ts";
import { costOf } from "./endpoint.ts";

const user = "0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e";
const agent = createAgent(new Uint8Array(32).fill(7));
const secret = "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9";
const apiKey = "dbefbc809e3e83c283a984c3a1459732ea7db1360ca80c5c2c8867408d28cc83";

describe("endpoints", () => {
  it("are all in the table below", () => {
    expect([...new Set(rows.map(({ name }) => name)), ...withoutSample].toSorted()).toEqual(names.toSorted());
  });

  it("name their newest path", () => {
    for (const name of names) {
      const { path, v1, v3, service, security } = find(name);
      expect(path, name).toBe(v3 ?? v1);
      expect(name.startsWith(service), name).toBe(true);
      expect(["none", "key", "signed"], name).toContain(security);
    }
  });

  it.each(rows)("$name costs what it costs", ({ name, params, cost: [weight, orders = 0] }) => {
    expect(costOf(find(name), params ?? {})).toEqual({ weight, orders });
  });
});

describe.each(["v1", "v3"] as const)("over the wire, with a key of %s", (scheme) => {
  let venue: TestVenue;
  let client: Aster;
  beforeAll(async () => {
    venue = await startVenue();
    const key = scheme === "v1" ? { apiKey, secret } : { user, signer: agent.address, privateKey: agent.privateKey };
    const at = { restUrl: venue.url };
    const nonces = { next: nonceSource() };
    client = createAster({ key, futures: at, spot: at, nonces });
    await client.futures.skew.sync();
    await client.spot.skew.sync();
    const time = { body: { serverTime: 1499827319559 } };
    venue.on("GET /fapi/v3/time", () => time);
    venue.on("GET /api/v3/time", () => time);
  });
  afterAll(async () => {
    await client.close();
    await venue.close();
  });

  const isOld = (row: Row) => row.route.includes("/v1/");
  const isOpen = ({ name }: Row) => find(name).security === "none";
  const hasPath = (row: Row) => isOpen(row) || (scheme === "v1" ? row.v1 !== null : !isOld(row));
  const ask = ({ name, params }: Row) => {
    const endpoint = find(name);
    return client[endpoint.service].call(endpoint, params ?? (endpoint.params === undefined ? undefined : {}));
  };

  it.each(rows.filter((row) => !hasPath(row)))("$name cannot be asked for", async (row) => {
    await expect(ask(row)).rejects.toMatchObject({ code: "config/invalid" });
  });

  it.each(rows.filter(hasPath))("$name: $route, $sample", async (row) => {
    const [method = "", newest = ""] = row.route.split(" ");
    const path = scheme === "v3" || isOpen(row) ? newest : (row.v1 ?? newest.replace("/v3/", "/v1/"));
    venue.on(`${method} ${path}`, () => ({ text: fixtureText(`${row.sample}.json`) }));
    expect({ answer: await ask(row) }).toMatchObject(row.gives === undefined ? {} : { answer: row.gives });
    const request = venue.requests.at(-1) as Received; // it has just come
    const inBody = method === "GET" ? undefined : "application/x-www-form-urlencoded";
    expect([request.method, request.path]).toEqual([method, path]);
    expect([request.headers["user-agent"], request.headers["content-type"]]).toEqual(["bp-aster-client", inBody]);
    expect(method === "GET" ? request.body : request.query).toBe(""); // all in one place
    const plain = Object.entries(row.params ?? {}).map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
    const sent = row.sent ?? plain.join("&");
    const { security } = find(row.name);
    expect(request.headers["x-mbx-apikey"]).toBe(security !== "none" && scheme === "v1" ? apiKey : undefined);
    const isSigned = security === "signed" || (security === "key" && scheme === "v3");
    const head = sent === "" || !isSigned ? sent : `${sent}&`;
    expect(request.text.startsWith(head)).toBe(true);
    expect(request.text.slice(head.length)).toMatch(
      !isSigned
        ? /^$/
        : scheme === "v1"
          ? /^recvWindow=5000&timestamp=\d{13}&signature=[0-9a-f]{64}$/
          : new RegExp(`^nonce=\\d{16}&user=${user}&signer=${agent.address}&signature=0x[0-9a-f]{130}$`),
    );
    expect(signerOf(request, secret, 1666)).toBe(!isSigned ? undefined : scheme === "v1" ? "v1" : agent.address);
  });
});

/** Microseconds that go on. */
function nonceSource(): () => number {
  let last = 1_748_310_859_508_867;
  return () => last++;
}
