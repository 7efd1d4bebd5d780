import { isBpError } from "@bp/core";
import { canonical, canonicalBatch, createEd25519Pair, type Params, verifyEd25519 } from "@bp/signing";
import { systemClock } from "@bp/transport";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type Operation, operations } from "../../test/operations.ts";
import { fixture, fixtureText, type Server, startServer } from "../../test/server.ts";
import { type Backpack, createBackpack } from "../client.ts";
import type { Endpoint } from "./endpoint.ts";
import { endpoints } from "./schemas.ts";

type Any = Endpoint<unknown, unknown>;
const ours = Object.entries(endpoints).flatMap(([group, each]) =>
  Object.entries(each).map(([name, endpoint]) => [`${group}.${name}`, endpoint as Any] as const),
);
const byName = new Map<string, Any>(ours);
const endpointOf = ({ name }: Operation): Any => {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => {
      if (isBpError(error)) return error;
      throw error;
    },
  );
const pair = createEd25519Pair();
let server: Server;
let client: Backpack;
let anonymous: Backpack;
const where = () => ({ restUrl: server.restUrl, wsUrl: server.wsUrl });

beforeAll(async () => {
  server = await startServer();
  client = createBackpack({ ...where(), key: pair, withdrawals: "allowed" });
  anonymous = createBackpack(where());
});
afterAll(async () => {
  await Promise.all([client.close(), anonymous.close()]);
  await server.close();
});

const byText = (one: readonly string[], other: readonly string[]) => String(one).localeCompare(String(other));
/** Parameters as they stand in a query: text, a list as a repeated key. */
const inQuery = (params: unknown): string[][] =>
  Object.entries(params ?? {})
    .flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).map((each) => [key, String(each)]))
    .toSorted(byText);

type Request = Server["requests"][number];

/** Whether the signature is that of what arrived, put together anew. */
function signatureOf({ query, body, headers }: Request, instruction: string | undefined): "none" | "good" | "bad" {
  const { "x-api-key": key, "x-signature": signature, "x-timestamp": at, "x-window": window } = headers;
  if ([key, signature, at, window].every((each) => each === undefined)) return "none";
  if (instruction === undefined || key !== pair.apiKey || window !== "5000") return "bad";
  const seen = query === "" ? body : Object.fromEntries(new URLSearchParams(query));
  const text = Array.isArray(seen)
    ? canonicalBatch(instruction, seen as Params[], Number(at), Number(window))
    : canonical(instruction, seen as Params, Number(at), Number(window));
  return verifyEd25519(pair.apiKey, text, String(signature)) ? "good" : "bad";
}

/** How many rows, or what else it is. */
function shapeOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { orders, strategies } = value as { readonly orders?: unknown; readonly strategies?: unknown }; // of what was cancelled
  const rows = orders ?? strategies ?? value;
  return Array.isArray(rows) ? rows.length : "an object";
}

/** What an answer is, before it is read. */
function expected(answer: Operation["answer"]): unknown {
  if (answer === undefined) return undefined;
  if ("sample" in answer) return shapeOf(fixture(answer.sample));
  return answer.text === "pong" ? "pong" : Number(answer.text);
}

const replyOf =
  ({ answer }: Operation) =>
  () => {
    if (answer === undefined) return {};
    return "text" in answer ? { text: answer.text } : { text: fixtureText(answer.sample) };
  };

describe("endpoints", () => {
  it("are the operations of the venue, each once", () => {
    expect(operations).toHaveLength(84);
    const routes = ours.map(([, { method, path }]) => `${method} ${path}`);
    expect(routes.toSorted()).toEqual(operations.map(({ route }) => route).toSorted());
    expect(ours.map(([name]) => name).toSorted()).toEqual(operations.map(({ name }) => name).toSorted());
  });

  it("are all functions of the client", () => {
    const groups = Object.entries(client.rest).flatMap(([group, each]) =>
      Object.keys(each).map((name) => `${group}.${name}`),
    );
    expect(groups.toSorted()).toEqual([...byName.keys(), "history.allFills"].toSorted());
  });

  describe.each(operations)("$name, $route", (operation) => {
    const { route, instruction, params, answer } = operation;
    const endpoint = endpointOf(operation);
    const reads = endpoint.method === "GET";
    const call = (from: Backpack = client) => from.call(endpoint, params);

    it("sends its method, path and parameters, and signs what is private", async () => {
      server.on(route, route === "GET /api/v1/time" ? () => ({ text: String(Date.now()) }) : replyOf(operation));
      await call();
      const request = server.requests.findLast((each) => each.route === route) as Request; // it has just been answered
      const { query, body, headers } = request;
      const sent = [[...new URLSearchParams(query)].toSorted(byText), body, headers["content-type"]];
      const json = "application/json; charset=utf-8";
      expect([`${endpoint.method} ${endpoint.path}`, endpoint.instruction]).toEqual([route, instruction]);
      expect(sent).toEqual(reads ? [inQuery(params), undefined, undefined] : [[], params, json]);
      expect(signatureOf(request, instruction)).toBe(instruction === undefined ? "none" : "good");
    });

    it("reads what the venue answers", async () => {
      server.on(route, replyOf(operation));
      expect(shapeOf(await call())).toEqual(expected(answer));
    });

    it("says what a refusal was, with its code, status and request id", async () => {
      server.on(route, () => ({
        status: 400,
        body: fixture("error-insufficient-funds.json"),
        headers: { "x-request-id": "r-1" },
      }));
      const error = await failure(call());
      expect(error?.code).toBe("venue/refused");
      expect(error?.context).toMatchObject({ status: 400, code: "INSUFFICIENT_FUNDS", requestId: "r-1" });
    });

    it("tells an unknown outcome of a change from a reading that failed", async () => {
      server.on(route, () => ({
        status: 400,
        body: fixture("error-timeout.json"),
        headers: { "x-amz-cf-id": "edge" },
      }));
      const error = await failure(call());
      const verdict = reads ? ["venue/unavailable", "later"] : ["venue/unknown-outcome", "unknown"];
      expect([error?.code, error?.retry]).toEqual(verdict);
      expect(error?.context).toMatchObject({ status: 400, code: "TIMEOUT", requestId: "edge" });
    });

    it("needs leave where money leaves, and a key where it is signed", async () => {
      server.on(route, replyOf(operation));
      const { path } = ((await failure(call(anonymous)))?.context ?? {}) as { readonly path?: string };
      const wanted = instruction === undefined ? undefined : "key";
      expect(path).toBe(endpoint.guarded === true ? "withdrawals" : wanted);
    });
  });

  const withSample = operations.filter(({ answer }) => answer !== undefined && "sample" in answer);
  it.each(withSample)("$name takes an answer that it cannot read for what it is", async (operation) => {
    const { route, params, answer } = operation;
    const endpoint = endpointOf(operation);
    const whole = fixtureText((answer as { readonly sample: string }).sample).trim(); // filtered above
    const replies = [
      ["wire/not-json", whole.slice(0, Math.floor(whole.length / 2))],
      ["wire/not-json", "\u0000\u0001\ufffd\u0007"],
      ["wire/not-json", "<html><title>hello</title></html>"],
      ["wire/schema", '"a text"'],
      ["wire/schema", JSON.stringify([{ secret: pair.secret.reveal() }])],
    ] as const;
    const patient = createBackpack({ ...where(), clock: { ...systemClock } }); // with a budget of its own
    onTestFinished(() => patient.close());
    const asker = endpoint.slow === true ? patient : client; // of candles there are few in a minute
    for (const [code, text] of replies) {
      server.on(route, () => ({ text }));
      const error = await failure(asker.call(endpoint, params));
      expect(error?.code).toBe(endpoint.method === "GET" ? code : "venue/unknown-outcome");
      const printed = JSON.stringify([error?.context, error?.message, String(error?.cause)]);
      expect(printed).not.toContain(pair.secret.reveal());
    }
  });

  const withParams = operations.filter((operation) => endpointOf(operation).params !== undefined);
  it.each(withParams)("$name refuses a key that it does not know before anything is sent", async (operation) => {
    const { params } = operation;
    const before = server.requests.length;
    const wrong = Array.isArray(params)
      ? params.map((each: object) => ({ ...each, brokerId: 1 }))
      : { ...(params as object), subaccountId: 1 };
    expect((await failure(client.call(endpointOf(operation), wrong)))?.code).toBe("config/invalid");
    expect(server.requests.length).toBe(before);
  });

  it("have no parameters in our table that they do not take", () => {
    const bare = operations.filter((operation) => endpointOf(operation).params === undefined);
    expect(bare.filter(({ params }) => params !== undefined)).toEqual([]);
  });
});
