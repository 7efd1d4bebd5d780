import { manualClock } from "@bp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fixture, type Received, signerOf, startVenue, type TestVenue } from "../test/venue.ts";
import { type Aster, createAster } from "./client.ts";
import type { AsterOptions } from "./options.ts";
import { pairsOf } from "./pairs.ts";
import type { AnyAsterEndpoint } from "./rest/endpoint.ts";
import { endpoints } from "./rest/schemas.ts";

interface Vector {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly credentials?: "futures" | "spot";
  readonly chainId?: number;
  readonly params: readonly (readonly [string, string])[];
  readonly request: { readonly url: string; readonly body: string | null; readonly headers: Record<string, string> };
}
const vectors = fixture("signing-vectors.json") as {
  readonly hmac: {
    readonly credentials: Record<string, { apiKey: string; secret: string }>;
    readonly vectors: Vector[];
  };
  readonly eip712: {
    readonly keys: { demoAgent: { address: string; privateKey: string; user: string } };
    readonly vectors: Vector[];
  };
}; // as the file was written

const { demoAgent } = vectors.eip712.keys;
const agent = { user: demoAgent.user, signer: demoAgent.address, privateKey: demoAgent.privateKey };
const proof = new Set(["nonce", "user", "signer", "recvWindow", "timestamp"]);
const flags = new Set(["reduceOnly", "closePosition", "priceProtect"]);

/** The parameters as a caller would write them, in the same order. */
function written({ params }: Vector): Record<string, unknown> | undefined {
  const own = params.filter(([name]) => !proof.has(name));
  const entries = own.map(([name, text]) => {
    if (name === "orderIdList") return [name, text.slice(1, -1).split(",")];
    if (text.startsWith("[")) return [name, JSON.parse(text)];
    return [name, flags.has(name) ? text.toLowerCase() === "true" : text];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const all = Object.values(endpoints)
  .flatMap((groups) => Object.values(groups))
  .flatMap((group): AnyAsterEndpoint[] => Object.values(group));
const endpointOf = ({ method, path }: Vector) =>
  all.find((each) => each.method === method && (each.v1 === path || each.v3 === path)) as AnyAsterEndpoint; // each vector is of one of ours

// Left out: parameters in both places (H03), no window (H12), the order of others (E03), single quotes (E10), the main wallet's key (E16).
const ours = (vector: Vector) => !/^(H03|H12|E03|E10|E16)/.test(vector.id);

describe("ready requests of the reference", () => {
  let venue: TestVenue;
  let client: Aster | undefined;
  beforeEach(async () => {
    venue = await startVenue();
  });
  afterEach(async () => {
    await client?.close();
    await venue.close();
  });

  const send = async (vector: Vector, options: AsterOptions, at: number): Promise<Received> => {
    venue.now = () => at;
    const place = { restUrl: venue.url };
    const way = vector.request.body === null ? ("query" as const) : ("body" as const);
    client = createAster({ ...options, futures: place, spot: place, clock: manualClock(at), send: way });
    const endpoint = endpointOf(vector);
    venue.on(`${vector.method} ${vector.path}`, () => ({ status: 400, body: { code: -2010, msg: "seen" } }));
    const params = written(vector) ?? (endpoint.params === undefined ? undefined : {});
    const nonce = vector.params.find(([name]) => name === "nonce")?.[1];
    const input = endpoint.reusesNonce === true ? { nonce: Number(nonce) } : params;
    await expect(client[endpoint.service].call(endpoint, input)).rejects.toMatchObject({ code: "venue/refused" });
    return venue.asked().at(-1) as Received; // the venue has answered one
  };
  const check = ({ method, request }: Vector, sent: Received) => {
    const { pathname, search } = new URL(request.url);
    expect([sent.method, sent.path, sent.query, sent.body]).toEqual([
      method,
      pathname,
      search.slice(1),
      request.body ?? "",
    ]);
  };

  it.each(vectors.hmac.vectors.filter(ours))("$id", async (vector) => {
    const key = vectors.hmac.credentials[vector.credentials ?? ""];
    const at = Number(vector.params.find(([name]) => name === "timestamp")?.[1]);
    const sent = await send(vector, key === undefined ? {} : { key }, at);
    check(vector, sent);
    expect(sent.headers["x-mbx-apikey"]).toBe(key?.apiKey);
    expect(signerOf(sent, key?.secret ?? "", 0)).toBe("v1");
  });

  it.each(vectors.eip712.vectors.filter(ours))("$id", async (vector) => {
    const nonce = Number(vector.params.find(([name]) => name === "nonce")?.[1]);
    const omitUser = vector.params.every(([name]) => name !== "user");
    const network = vector.chainId === 714 ? "testnet" : "mainnet";
    const options: AsterOptions = { key: { ...agent, omitUser }, network, nonces: { next: () => nonce } };
    const sent = await send(vector, options, 1_748_310_859_508);
    check(vector, sent);
    expect(sent.headers).not.toHaveProperty("x-mbx-apikey");
    expect(signerOf(sent, "", vector.chainId ?? 0)).toBe(agent.signer);
  });

  it("sign the text before it is encoded, if that is wished, and send it encoded", async () => {
    const vector = vectors.eip712.vectors.find(({ id }) => id.startsWith("E09")) as Vector; // it is there
    const nonces = { next: () => 1_748_310_859_508_872 };
    const raw = await send(vector, { key: agent, nonces, signRawParams: true }, 1_748_310_859_508);
    const [text = "", signature = ""] = raw.text.split("&signature=");
    expect(text).toBe(vector.request.body?.split("&signature=")[0]);
    const decoded = { ...raw, text: `${decodeURIComponent(text)}&signature=${signature}` };
    expect([signerOf(decoded, "", 1666), signerOf(raw, "", 1666)]).toEqual([
      agent.signer,
      expect.not.stringMatching(agent.signer),
    ]);
  });
});

describe("pairsOf", () => {
  it("keeps the order, leaves out what is undefined, writes lists without a space", () => {
    expect(pairsOf({ b: 2, a: undefined, c: true, priceProtect: true, orderIdList: ["12345678901234567890"] })).toEqual(
      [
        ["b", "2"],
        ["c", "true"],
        ["priceProtect", "TRUE"],
        ["orderIdList", "[12345678901234567890]"],
      ],
    );
    expect(pairsOf(undefined)).toEqual([]);
    expect(pairsOf({ batchOrders: [{ symbol: "A", reduceOnly: false, price: undefined }] })).toEqual([
      ["batchOrders", '[{"symbol":"A","reduceOnly":"false"}]'],
    ]);
  });
});
