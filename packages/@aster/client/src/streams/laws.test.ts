// Laws that the schemas of all streams and of all events of an account keep, whatever the venue sends: each field of each sample is
// changed in each way.
import { jsonOf, type Stream, schemaError } from "@bp/adapter";
import { isBpError } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Path, placesOf, valueAt, widened, withText } from "../../test/mutate.ts";
import { cases, eventCases, type StreamCase } from "../../test/streams.ts";
import { futuresKinds, spotKinds } from "./kinds.ts";
import { type FuturesUserEvent, futuresUserEvent } from "./user/futures.ts";
import { type SpotUserEvent, spotUserEvent } from "./user/spot.ts";

const show = (value: unknown) => JSON.stringify(value) ?? "undefined";
const keyOf = (path: Path) => String(path.at(-1));
const isDigits = (value: unknown): value is string => typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value);
const changed = (value: unknown, path: Path, text: string | undefined) => withText(value, path, text) ?? "";

/** What a schema makes of a text; where it is refused, the refusal is ours and says where. */
function read({ schema, name }: StreamCase, text: string): { readonly value: unknown } | { readonly path: string } {
  const value = jsonOf(text);
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data };
  const error = schemaError(name, result.error, value);
  expect(isBpError(error, "wire/schema")).toBe(true);
  expect(error.context.raw.length).toBeLessThanOrEqual(500);
  return { path: error.context.path };
}

const isUnknownEvent = (value: unknown) =>
  typeof value === "object" && value !== null && "e" in value && value.e === "unknown";

/** Whether a number in it is none that JSON could have: `JSON.stringify` would hide those. */
function hasNoNumber(value: unknown): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  if (isUnknownEvent(value)) return false; // it is handed on as it came
  return typeof value === "object" && value !== null && Object.values(value).some(hasNoNumber);
}

const long = "1234567890123456789"; // 19 digits: as a double it would end in 800
const fine = "3826.8888888888888888888888889"; // 28 digits behind the point
const rounded = ["1234567890123456800", "3826.888888888889"];
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
  long,
  '"1e-7"',
  '"-0.00"',
  '"NaN"',
  '"Infinity"',
  '"0x10"',
];

/** One name each, or the compiler says so. */
const futuresEvents: Readonly<Record<Exclude<FuturesUserEvent["e"], "unknown">, true>> = {
  ORDER_TRADE_UPDATE: true,
  ACCOUNT_UPDATE: true,
  MARGIN_CALL: true,
  ACCOUNT_CONFIG_UPDATE: true,
  listenKeyExpired: true,
  announcement: true,
};
const spotEvents: Readonly<Record<Exclude<SpotUserEvent["e"], "unknown">, true>> = {
  executionReport: true,
  outboundAccountPosition: true,
  listenKeyExpired: true,
  announcement: true,
};

describe("the samples", () => {
  it("are there for every kind of stream of both services", () => {
    // Only the name of a stream is made of what its function is given.
    const kindsOf = (kinds: Readonly<Record<string, unknown>>) =>
      Object.entries(kinds).map(
        ([name, kind]) => [name, (kind as (...words: string[]) => Stream<unknown>)("x", "y")] as const,
      );
    const seen = new Set<unknown>(cases.map(({ schema }) => schema));
    const missing = [...kindsOf(futuresKinds), ...kindsOf(spotKinds)].filter(([, { data }]) => !seen.has(data));
    expect(missing.map(([name]) => name)).toEqual([]);
  });

  it.each([
    ["futures", futuresUserEvent, futuresEvents],
    ["spot", spotUserEvent, spotEvents],
  ] as const)("are there for every event of a %s account", (_, schema, names) => {
    const seen = eventCases.filter((each) => each.schema === schema).map(({ sample }) => schema.parse(sample).e);
    expect([...new Set<string>(seen)].toSorted()).toEqual(Object.keys(names).toSorted());
  });
});

describe.each([...cases, ...eventCases])("the schema for $name", (each) => {
  const { sample, needs, ids } = each;
  const places = placesOf(sample);
  const fields = places.filter((path) => path.length > 0);
  const plain = read(each, JSON.stringify(sample));
  /** Levels of a side are called `b` and `a` by us, however the venue calls them. */
  const outcomeAt = (path: Path) =>
    "value" in plain
      ? valueAt(plain.value, [{ bids: "b", asks: "a" }[String(path[0])] ?? path[0] ?? "", ...path.slice(1)])
      : undefined;

  it("reads the sample, and the same with keys of tomorrow", () => {
    expect(plain).toHaveProperty("value");
    for (const path of places) {
      const found = valueAt(sample, path);
      if (typeof found !== "object" || found === null || Array.isArray(found)) continue;
      for (const text of ["null", "1", '"text"', '{"nested":[1,"2",null]}', long])
        expect(read(each, widened(sample, path, text)), show(path)).toEqual(plain);
    }
  });

  it("keeps words that it does not know", () => {
    for (const path of fields) {
      const found = valueAt(sample, path);
      const isEvent = keyOf(path) === "e";
      if (typeof found !== "string" || isDigits(found) || keyOf(path) === "S" || isEvent) continue;
      const result = show(read(each, changed(sample, path, '"SomethingNew"')));
      const isUnread = outcomeAt(path) === undefined;
      expect(isUnread ? result === show(plain) : result.includes("SomethingNew"), `${show(path)}: ${result}`).toBe(
        true,
      );
    }
  });

  it("refuses a side that it does not know, with its place", () => {
    for (const path of fields.filter((each) => keyOf(each) === "S" && typeof valueAt(sample, each) === "string"))
      expect(read(each, changed(sample, path, '"SomethingNew"'))).toEqual({ path: path.join(".") });
  });

  it("does without everything but what is needed, and says where that is missing", () => {
    for (const text of [undefined, "null"]) {
      const refused = fields.flatMap((path) => {
        const result = read(each, changed(sample, path, text));
        // A row or column that is taken out of a list moves the others up.
        if ("value" in result || typeof path.at(-1) === "number") return [];
        expect(result.path).toBe(path.join("."));
        return [path.map((key) => (typeof key === "number" ? "*" : key)).join(".")];
      });
      expect([...new Set(refused)].toSorted(), String(text)).toEqual(needs.toSorted());
    }
  });

  it("refuses or reads every oddity, and throws nothing", () => {
    for (const path of places)
      for (const oddity of oddities) {
        const result = read(each, changed(sample, path, oddity));
        // Beyond what a double holds there is no figure: nothing that was read may be infinite.
        expect("value" in result && hasNoNumber(result.value), `${show(path)} ${oddity}`).toBe(false);
      }
  });

  it("keeps ids and decimals digit for digit, bare or in quotes, and rounds no number", () => {
    for (const path of fields) {
      const found = valueAt(sample, path);
      if (typeof found !== "number" && !isDigits(found)) continue;
      const isId = ids.includes(keyOf(path));
      const isText = isDigits(outcomeAt(path)); // an id or a decimal: whole numbers come out as numbers
      expect(isId && !isText, show(path)).toBe(false);
      for (const digits of isId ? [long] : [long, fine])
        for (const text of [digits, `"${digits}"`]) {
          const result = show(read(each, changed(sample, path, text)));
          for (const spoiled of rounded) expect(result, show(path)).not.toContain(spoiled);
          expect(!isText || result.includes(`"${digits}"`), `${show(path)} ${text} became ${result}`).toBe(true);
        }
    }
  });

  it("never throws, whatever comes in", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), (value, place) => {
        const path = places[place % places.length] ?? [];
        const text = JSON.stringify(value);
        expect([read(each, text), read(each, changed(sample, path, text))]).toHaveLength(2);
      }),
      { numRuns: 60 },
    );
  });

  it("takes nothing that was cut for a frame", () => {
    const text = JSON.stringify(sample);
    for (let length = 0; length < text.length; length++) expect(jsonOf(text.slice(0, length))).toBeUndefined();
  });
});
