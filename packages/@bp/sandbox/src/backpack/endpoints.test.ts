// Every endpoint of the client against the sandbox: it works, its schema takes the answer, and the answer is whole.
import { type Endpoint, endpoints } from "@bp/client";
import { canonical, ed25519Key, type Params } from "@bp/signing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Row, rows } from "./endpoints.fixture.ts";
import { findRoute } from "./routes.ts";
import { keys, openScene, type Scene } from "./scene.fixture.ts";
import { sample } from "./trial.fixture.ts";

type Any = Endpoint<unknown, unknown>;
const all = Object.entries(endpoints).flatMap(([group, each]) =>
  // what `endpoints` has in common
  Object.entries(each).map(([name, endpoint]) => [`${group}.${name}`, endpoint as Any] as const),
);
const byName = new Map<string, Any>(all);

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

/** The answer as it was on the wire, past the client and its schemas. */
async function raw({ by }: Row, endpoint: Any, params: unknown): Promise<unknown> {
  const key = keys[by ?? "alice"];
  const query =
    endpoint.method === "GET" && params !== undefined
      ? new URLSearchParams(
          Object.entries(params as object).map(([name, value]): [string, string] => [name, String(value)]), // no lists here
        ).toString()
      : "";
  const now = Date.now();
  const { instruction } = endpoint;
  const sign = () => ed25519Key(key.apiKey, key.secret).sign(canonical(instruction ?? "", params as Params, now, 5000)); // what the table holds
  const signature =
    instruction === undefined
      ? {}
      : { "X-API-Key": key.apiKey, "X-Signature": sign(), "X-Timestamp": String(now), "X-Window": "5000" };
  const response = await fetch(`${scene.sandbox.rest}${endpoint.path}${query === "" ? "" : `?${query}`}`, {
    headers: signature,
  });
  expect(response.status).toBe(200);
  return response.json();
}

/** Rows, whether the client gives them alone or with what became of them. */
function bare(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { orders, strategies, order, strategy } = value as Record<string, unknown>; // an object, by the line above
  return orders ?? strategies ?? order ?? strategy ?? value;
}

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);

describe("endpoints", () => {
  it("are all in this table, and all served", () => {
    expect(rows.map(({ name }) => name).toSorted()).toEqual(all.map(([name]) => name).toSorted());
    expect(all).toHaveLength(84);
    const missing = all.filter(([, { method, path }]) => typeof findRoute(method, path) !== "object");
    expect(missing.map(([name]) => name)).toEqual([]);
  });

  it("are signed by the instruction that the client signs them by", () => {
    for (const [name, { method, path, instruction }] of all) {
      const route = findRoute(method, path);
      expect([name, typeof route === "object" ? route.instruction : route]).toEqual([name, instruction]);
    }
  });

  it.each(rows.filter(({ answer }) => typeof answer === "function"))("$name works", async (row) => {
    const value = await scene[row.by ?? "alice"].call(endpointOf(row), await row.ask(scene));
    expect([value, typeof row.answer === "function" && row.answer(value)]).toEqual([value, true]);
  });

  it.each(rows.filter(({ answer }) => typeof answer === "string"))(
    "$name works, and its answer has every field",
    async (row) => {
      const endpoint = endpointOf(row);
      const params = await row.ask(scene);
      const value = bare(await scene[row.by ?? "alice"].call(endpoint, params));
      // a read can be read again, as it is on the wire; `marketType` is a list
      const again = endpoint.method === "GET" && row.name !== "markets.markets";
      const answer = again ? await raw(row, endpoint, params) : value;
      const reference = typeof row.answer === "string" ? sample(row.answer) : undefined;
      const balances = row.name === "capital.balances"; // keyed by what an account has
      expect(answer).not.toEqual([]);
      expect(
        balances
          ? differences(Object.values(reference)[0], Object.values(answer as object)[0], again)
          : differences(first(reference), first(answer), again),
      ).toEqual([]);
    },
  );
});

function endpointOf({ name }: Row): Any {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

/** Keys that the answer lacks, and, where it is exact, those that the reference does not know; arrays stand for their first. */
function differences(reference: unknown, answer: unknown, exact: boolean, path = ""): readonly string[] {
  if (typeof reference !== "object" || reference === null || typeof answer !== "object" || answer === null) return [];
  if (Array.isArray(reference))
    return reference.length === 0 ? [] : differences(reference[0], first(answer), exact, `${path}[]`);
  const known = Object.entries(reference);
  const unknown = exact ? Object.keys(answer).filter((key) => !Object.hasOwn(reference, key)) : [];
  return [
    ...unknown.map((key) => `${path}.${key} is not in the reference`),
    ...known.flatMap(([key, inner]) =>
      Object.hasOwn(answer, key)
        ? differences(inner, Reflect.get(answer, key), exact, `${path}.${key}`)
        : [`${path}.${key} is missing`],
    ),
  ];
}
