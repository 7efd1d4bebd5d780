// Laws that every schema keeps, whatever the venue sends: each field of each sample is changed in each way.

import { globSync } from "node:fs";
import { jsonOf, type Stream, schemaError } from "@bp/adapter";
import { isBpError } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { extended, type Path, placesOf, replaced, valueAt, without } from "../test/mutate.ts";
import { operations } from "../test/operations.ts";
import { fixtureText } from "../test/server.ts";
import { createBackpack } from "./client.ts";
import type { Endpoint } from "./rest/endpoint.ts";
import { endpoints } from "./rest/schemas.ts";
import { streamKinds } from "./streams/schemas.ts";
import { order } from "./wire/order.ts";

/** A sample as the client reads it: ids above 2^53 keep their digits. */
const fixture = (name: string) => jsonOf(fixtureText(name));

interface Case {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly sample: unknown;
}

const byName = new Map<string, Endpoint<unknown, unknown>>(
  Object.entries(endpoints).flatMap(([group, each]) =>
    Object.entries(each).map(
      ([name, endpoint]) => [`${group}.${name}`, endpoint as Endpoint<unknown, unknown>] as const,
    ),
  ),
);
const schemaOf = (name: string) => byName.get(name)?.answer as z.ZodType;

const rest: Case[] = operations.flatMap(({ name, answer }) =>
  answer !== undefined && "sample" in answer
    ? [{ name: `${name}, ${answer.sample}`, schema: schemaOf(name), sample: fixture(answer.sample) }]
    : [],
);
const files = globSync("*.json", { cwd: new URL("../fixtures", import.meta.url) }).toSorted();
const orders: Case[] = files
  .filter((file) => file.startsWith("rest-order-"))
  .map((file) => ({ name: file, schema: order, sample: fixture(file) }));
const others: Case[] = (
  [
    ["rest-depth-empty.json", "markets.depth"],
    ["rest-market-spot.json", "markets.market"],
    ["rest-status-maintenance.json", "system.status"],
  ] as const
).map(([file, name]) => ({ name: file, schema: schemaOf(name), sample: fixture(file) }));

/** What each kind of stream is called on the wire, up to its market. */
const kinds: readonly (readonly [string, Stream<unknown>])[] = [
  ["depth", streamKinds.depth("X")],
  ["bookTicker", streamKinds.bookTicker("X")],
  ["trade", streamKinds.trade("X")],
  ["kline", streamKinds.kline("X", "1m")],
  ["ticker", streamKinds.ticker("X")],
  ["markPrice", streamKinds.markPrice("X")],
  ["openInterest", streamKinds.openInterest("X")],
  ["liquidation", streamKinds.liquidations()],
  ["account.orderUpdate", streamKinds.orderUpdates()],
  ["account.positionUpdate", streamKinds.positionUpdates()],
  ["account.balanceUpdate", streamKinds.balanceUpdates()],
  ["account.rfqUpdate", streamKinds.rfqUpdates()],
];
const streams: Case[] = files
  .filter((file) => file.startsWith("ws-") && !file.startsWith("ws-frame") && !file.startsWith("ws-error"))
  .map((file) => {
    const { stream, data } = fixture(file) as { stream: string; data: unknown };
    const kind = kinds.find(([name]) => stream === name || stream.startsWith(`${name}.`));
    if (kind === undefined) throw new Error(`no schema reads ${stream}`);
    return { name: file, schema: kind[1].data, sample: data };
  });
const cases = [...rest, ...orders, ...others, ...streams];

/** Fields that are closed on purpose: what they say decides how the rest is read, or who buys. */
const closed = new Set(["side", "S", "e", "operation"]);
/** Numbers of our own, u32: anything else is somebody else's, and read as none. */
const clientIds = new Set(["clientId", "c", "C", "clientStrategyId"]);

const isDigits = (value: unknown): value is string => typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value);
const keyOf = (path: Path) => String(path.at(-1));
const show = (value: unknown) => JSON.stringify(value) ?? "undefined";

/** What a schema makes of a text; `undefined` where it is refused, and then the refusal says where and what. */
function read({ schema, name }: Case, text: string): { readonly value: unknown } | { readonly path: string } {
  const value = jsonOf(text);
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data };
  const error = schemaError(name, result.error, value);
  expect(isBpError(error, "wire/schema")).toBe(true);
  expect(error.context.raw.length).toBeLessThanOrEqual(500);
  return { path: error.context.path };
}

/** Whether a number in it is none that JSON could have: `JSON.stringify` would hide those. */
function hasNoNumber(value: unknown): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  return typeof value === "object" && value !== null && Object.values(value).some(hasNoNumber);
}

const long = "1234567890123456789"; // 19 digits: as a double it would end in 800
const rounded = "1234567890123456800";
const fine = "3826.8888888888888888888888889"; // 28 digits behind the point were seen
const roundedFine = "3826.888888888889";
const oddities = [
  "null",
  "true",
  "{}",
  "[]",
  '""',
  '"text"',
  "-0",
  "1e-7",
  "1E+30",
  "1e999",
  `"${"9".repeat(400)}"`,
  "9".repeat(400),
  '"1e-7"',
  '"NaN"',
  '"0x10"',
];

describe("the samples", () => {
  it("are there for every schema of an answer and every stream", () => {
    const empty = operations.filter(({ answer }) => answer === undefined).map(({ name }) => name);
    expect(empty.every((name) => byName.get(name)?.form === "empty")).toBe(true);
    const seen = new Set(streams.map(({ schema }) => schema));
    expect(kinds.filter(([, { data }]) => !seen.has(data)).map(([name]) => name)).toEqual([]);
    const names = Object.keys(streamKinds);
    expect(names).toHaveLength(kinds.length);
    expect(Object.keys(createBackpack().streams)).toEqual(expect.arrayContaining(names));
  });
});

describe.each(cases)("the schema for $name", (each) => {
  const { sample } = each;
  const places = placesOf(sample);
  const fields = places.filter((path) => typeof path.at(-1) === "string");

  it("reads the sample, and the same with keys of tomorrow", () => {
    const plain = read(each, JSON.stringify(sample));
    expect(plain).toHaveProperty("value");
    // A record takes any key for an asset: only its rows are objects of known fields.
    const isRecord = each.name.startsWith("capital.balances");
    for (const path of places) {
      const at = valueAt(sample, path);
      if (typeof at !== "object" || at === null || Array.isArray(at) || (isRecord && path.length === 0)) continue;
      expect(read(each, extended(sample, path)), show(path)).toEqual(plain);
    }
  });

  it("keeps words that it does not know", () => {
    for (const path of fields) {
      const at = valueAt(sample, path);
      if (typeof at !== "string" || isDigits(at) || closed.has(keyOf(path))) continue;
      const result = read(each, replaced(sample, path, '"SomethingNew"'));
      expect(result, show(path)).toHaveProperty("value");
      expect(show(result), show(path)).toContain("SomethingNew");
    }
  });

  it("says which field is missing, where it cannot do without", () => {
    const unnamed = fields.filter((path) => {
      const result = read(each, without(sample, path));
      return "path" in result && !`.${result.path}`.includes(`.${path.map(String).join(".")}`);
    });
    expect(unnamed).toEqual([]);
  });

  it("refuses or reads every oddity, and throws nothing", () => {
    for (const path of places)
      for (const oddity of oddities) {
        const result = read(each, replaced(sample, path, oddity));
        // Beyond what a double holds there is no figure: nothing that was read may be infinite.
        expect("value" in result && hasNoNumber(result.value), `${show(path)} ${oddity}`).toBe(false);
      }
  });

  it("keeps long numbers digit for digit, bare or in quotes", () => {
    for (const path of fields) {
      const at = valueAt(sample, path);
      if (typeof at !== "number" && !isDigits(at)) continue;
      for (const [digits, spoiled] of [
        [long, rounded],
        [fine, roundedFine],
      ] as const)
        for (const raw of [digits, `"${digits}"`]) {
          const result = read(each, replaced(sample, path, raw));
          if ("path" in result) continue;
          const text = show(result.value);
          expect(text, show(path)).not.toContain(spoiled);
          const known = show(read(each, replaced(sample, path, '"31415"'))).includes("31415");
          const keeps = !known || clientIds.has(keyOf(path)) || text.includes(`"${digits}"`);
          expect(keeps, `${show(path)} ${raw} became ${text}`).toBe(true);
        }
    }
  });

  it("never throws, whatever comes in", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), (value, place) => {
        const path = places[place % places.length] ?? [];
        const results = [JSON.stringify(value), replaced(sample, path, JSON.stringify(value))].map((text) =>
          read(each, text),
        );
        expect(results).toHaveLength(2);
      }),
      { numRuns: 40 },
    );
  });
});
