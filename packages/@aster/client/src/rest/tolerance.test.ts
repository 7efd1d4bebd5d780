// What may come instead of an answer, and what then happens: unknown things never break, missing ones say where.
import { decimal as decimalSchema, jsonOf, schemaError } from "@bp/adapter";
import { isBpError } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placesOf, valueAt, widened, withText } from "../../test/mutate.ts";
import { find, type Row, rows } from "../../test/rows.ts";
import { fixtureText } from "../../test/venue.ts";
import { negativeOf } from "../failure.ts";

/** As `call` reads it. */
function read(row: Row, text: string) {
  const value = jsonOf(text);
  if (value === undefined) return { kind: "not-json" as const };
  const negative = negativeOf(200, text, value);
  if (negative !== undefined) return { kind: "negative" as const, negative };
  const result = find(row.name).answer.safeParse(value);
  if (result.success) return { kind: "good" as const, data: result.data };
  return { kind: "bad" as const, error: schemaError("answer", result.error, value) };
}

const texts = new Map(rows.map(({ sample }) => [sample, fixtureText(`${sample}.json`)]));
const samples = [...new Map(rows.map((row) => [`${row.name} ${row.sample}`, row])).values()].map((row) => {
  const text = texts.get(row.sample) ?? "";
  const all: unknown = JSON.parse(text);
  const value = shortened(all); // the first rows of each list say it all
  return { row, value, name: `${row.name} of ${row.sample}`, places: placesOf(value) };
});

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 12).map(shortened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shortened(each)]));
}

const place = fc
  .constantFrom(...samples)
  .chain(({ places, ...rest }) => fc.record({ path: fc.constantFrom(...places), rest: fc.constant(rest) }));

/** Everything that the wire might bring. */
const anything = fc.oneof(
  fc.constantFrom(
    "null",
    "true",
    "[]",
    "{}",
    '""',
    "-0",
    "0",
    "-1",
    "1e-7",
    "1e400",
    "-1e21",
    "12345678901234567890",
    "0.12345678901234567890123",
  ),
  fc.constantFrom(
    '"-0.00"',
    '"1e-7"',
    '"SOMETHING_NEW"',
    '"币安"',
    '"1234567890123456789"',
    '"NaN"',
    '"Infinity"',
    '" 1"',
    '"0x10"',
  ),
  fc.json({ maxDepth: 2 }),
);

/** Fields that are words of open lists wherever they stand. */
const words = new Set(
  "status type origType timeInForce positionSide workingType contractType incomeType marginType stpMode strategyStatus underlyingType category".split(
    " ",
  ),
);
const ids = new Set("orderId id tranId tradeId strategyId a f l fromId counterpartyId".split(" "));

/** Fields that our answers do not have: doubtful ones, and such as nobody needs. The last column of a candle is number 11. */
const leftOut = /^(cumQty|twapMinNotional|maintMarginPercent|requiredMarginPercent|11)$/;

describe("an answer", () => {
  it.each(samples)("$name is read", ({ row, value }) => {
    expect(read(row, JSON.stringify(value))).toMatchObject({ kind: "good" });
  });

  it("may have anything anywhere: it is read, or refused with a failure of the table, and nothing else is thrown", () => {
    fc.assert(
      fc.property(place, anything, ({ path, rest: { row, value } }, text) => {
        const changed = withText(value, path, text) ?? "";
        const result = read(row, changed);
        expect(result.kind !== "bad" || isBpError(result.error, "wire/schema")).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it("may have fields that nobody knows, which change nothing", () => {
    fc.assert(
      fc.property(place, anything, ({ path, rest: { row, value } }, text) => {
        const target = valueAt(value, path);
        if (typeof target !== "object" || target === null || Array.isArray(target)) return;
        if (row.name === "futures.trade.test" || path.includes("filters")) return; // handed on as they are
        const wider = widened(value, path, text);
        if (jsonOf(wider) === undefined) return;
        expect(read(row, wider)).toEqual(read(row, JSON.stringify(value)));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(samples)("$name may have words that nobody knows, which are kept", ({ row, value, places }) => {
    for (const path of places) {
      if (!words.has(String(path.at(-1))) || typeof valueAt(value, path) !== "string") continue;
      const result = read(row, withText(value, path, '"SOMETHING_NEW"') ?? "");
      expect(result.kind, path.join(".")).toBe("good");
      expect(JSON.stringify(result)).toContain('"SOMETHING_NEW"');
    }
  });

  it.each(samples)("$name keeps ids and decimals digit for digit, as text or as numbers", ({ row, value, places }) => {
    if (row.name === "futures.trade.test") return; // handed on as it is
    for (const path of places) {
      const name = String(path.at(-1));
      const found = valueAt(value, path);
      const isId = ids.has(name);
      const isDecimal = typeof found === "string" && decimalSchema.safeParse(found).success && found.includes(".");
      if ((!isId && !isDecimal) || path.includes("filters") || leftOut.test(name)) continue;
      const written = isId ? "1234567890123456789" : "0.1234567890123456789012345678";
      for (const text of [written, JSON.stringify(written)]) {
        const result = read(row, withText(value, path, text) ?? "");
        expect(result.kind, path.join(".")).toBe("good");
        expect(JSON.stringify(result), path.join(".")).toContain(`"${written}"`);
      }
    }
  });

  it("that ends early is no JSON", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        ({ row, value }, part) => {
          const text = JSON.stringify(value);
          if (text.length < 3 || text === "true") return;
          expect(read(row, text.slice(0, Math.floor(text.length * part))).kind).toBe("not-json");
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

/** What cannot be done without, by the endpoint's name. Lists of markets leave single rows out instead. */
const needed: Readonly<Record<string, readonly string[]>> = {
  "futures.trade.place": ["orderId", "clientOrderId", "symbol", "side", "status", "origQty", "executedQty"],
  "spot.trade.place": ["orderId", "clientOrderId", "symbol", "side", "status", "origQty", "executedQty"],
  "futures.trade.get": ["orderId", "status", "executedQty"],
  "futures.market.depth": ["lastUpdateId", "bids", "asks"],
  "spot.market.depth": ["lastUpdateId", "bids", "asks"],
  "futures.market.time": ["serverTime"],
  "futures.account.get": ["totalWalletBalance", "totalMarginBalance", "availableBalance", "assets", "positions"],
  "spot.account.get": ["balances"],
  "futures.stream.createListenKey": ["listenKey"],
  "futures.account.commissionRate": ["symbol", "makerCommissionRate", "takerCommissionRate"],
  "futures.trade.countdownCancelAll": ["symbol", "countdownTime"],
  "futures.account.positionMode": ["dualSidePosition"],
  "futures.account.transfer": ["tranId", "status"],
  "futures.trade.cancelAll": ["code"],
};

describe("a field that is needed", () => {
  const cases = Object.entries(needed).flatMap(([name, fields]) => fields.map((field) => [name, field] as const));
  it.each(cases)("is missed with its path: %s without %s", (name, field) => {
    const { row, value } = samples.find((each) => each.row.name === name) ??
      samples[0] ?? { row: undefined, value: undefined };
    if (row === undefined) throw new Error("no sample");
    for (const text of [undefined, "null"]) {
      const result = read(row, withText(value, [field], text) ?? "");
      expect(result).toMatchObject({ kind: "bad", error: { code: "wire/schema", context: { path: field } } });
    }
  });

  it("makes one row of a long list fall out, and not the list", () => {
    for (const name of ["futures.market.exchangeInfo", "spot.market.exchangeInfo"]) {
      const { row, value } = samples.find((each) => each.row.name === name) ?? { row: undefined, value: undefined };
      if (row === undefined) throw new Error("no sample");
      const result = read(row, withText(value, ["symbols", 1, "baseAsset"], undefined) ?? "");
      expect(result).toMatchObject({ kind: "good", data: { skipped: [{ symbol: "BTCUSDT", path: "baseAsset" }] } });
      const none = read(row, withText(value, ["symbols"], '[{"symbol":"X"},{"symbol":"Y"}]') ?? "");
      expect(none).toMatchObject({ kind: "bad", error: { context: { path: expect.stringMatching(/^symbols\.0/) } } });
    }
  });

  it("may be missing from an order where the documents call it optional", () => {
    const { row, value } = samples.find((each) => each.row.name === "futures.trade.place") ??
      samples[0] ?? { row: undefined, value: undefined };
    if (row === undefined) throw new Error("no sample");
    const kept = needed["futures.trade.place"] ?? [];
    const least = Object.fromEntries(Object.entries(value as object).filter(([key]) => kept.includes(key)));
    expect(read(row, JSON.stringify(least))).toMatchObject({
      kind: "good",
      data: { price: null, time: null, reduceOnly: null },
    });
  });
});

describe("both spellings and both shapes", () => {
  const of = (name: string) => find(name).answer;
  it("are read alike", () => {
    const docs: unknown = JSON.parse(fixtureText("futures-rest-exchangeInfo.docs.json"));
    expect(of("futures.market.exchangeInfo").parse(docs)).toMatchObject({
      symbols: [{ symbol: "DOGEUSDT", orderTypes: expect.arrayContaining(["LIMIT"]) }],
      assets: [{ autoAssetExchange: "0" }, {}, { autoAssetExchange: null }],
    });
    expect(
      of("spot.market.exchangeInfo").parse(JSON.parse(fixtureText("spot-rest-exchangeInfo.docs.json"))),
    ).toMatchObject({ skipped: [] });
    const ticker: unknown = JSON.parse(fixtureText("futures-rest-tickerPrice.json"));
    expect(of("futures.market.tickerPrice").parse(ticker)).toEqual(of("futures.market.tickerPrice").parse([ticker]));
    const [candle] = JSON.parse(fixtureText("futures-rest-klines.json")) as unknown[][];
    for (const name of ["futures.market.klines", "spot.market.klines"])
      for (const columns of [candle?.slice(0, 11), candle, [...(candle ?? []), "more"]])
        expect(of(name).parse([columns])).toMatchObject([{ takerQuote: "28.46694368" }]);
    expect(of("futures.market.klines").safeParse([candle?.slice(0, 10)]).success).toBe(false);
    expect(of("futures.account.setMmp").parse({ code: 200, msg: "success" })).toEqual({
      changed: true,
      msg: "success",
    });
    expect(of("futures.account.setMmp").safeParse(false).success).toBe(false);
    expect(of("futures.account.multiAssetsMargin").parse({ multiAssetsMargin: "TRUE" })).toEqual({
      multiAssetsMargin: true,
    });
    expect(of("futures.account.announcement").parse({ data: { id: 7, contents: [] }, code: 200 })).toMatchObject({
      id: "7",
    });
  });
});
