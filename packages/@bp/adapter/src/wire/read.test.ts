import { describe, expect, it } from "vitest";
import * as z from "zod";
import { notJson, schemaError } from "./read.ts";

const contextOf = (schema: z.ZodType, value: unknown) => {
  const { error } = schema.safeParse(value);
  if (error === undefined) throw new Error("it was read");
  return schemaError("a frame", error, value).context;
};

describe("schemaError", () => {
  it("names the place, with points in names too, and shows what stands there", () => {
    const balances = z.record(z.string(), z.object({ available: z.string() }));
    expect(contextOf(balances, { "AAPL.US": { available: 7 } })).toMatchObject({
      path: "AAPL.US.available",
      raw: "7",
    });
  });

  it("says of a union what the form says that came closest", () => {
    const row = z.object({ s: z.string(), q: z.string() });
    const rows = z.union([row, z.array(row)]);
    expect(contextOf(rows, { s: "SOL" }).path).toBe("q");
    expect(contextOf(rows, [{ s: "SOL", q: "1" }, { s: "SOL" }]).path).toBe("1.q");
    expect(contextOf(z.object({ data: rows }), { data: { q: "1" } }).path).toBe("data.s");
    expect(contextOf(rows, 7).path).toBe("");
  });

  it("shows no value that is nested too deeply to be written", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
    expect(contextOf(z.object({ a: z.string() }), deep).raw).toBe("something that cannot be shown");
  });

  it("shows what a missing field is missing from", () => {
    const tickers = z.array(z.object({ symbol: z.string(), firstPrice: z.string() }));
    expect(contextOf(tickers, [{ symbol: "SOL_USDC", lastPrice: "1" }])).toMatchObject({
      path: "0.firstPrice",
      raw: '{"symbol":"SOL_USDC","lastPrice":"1"}',
    });
  });

  it("says what was expected once, and no place where there is none", () => {
    const { error } = z.string().safeParse(7);
    expect(error && schemaError("a frame", error, 7).message).toBe("a frame: expected string, received number; got 7");
  });

  it("masks secrets before it cuts, by their looks and by their names", () => {
    const key = `${"A".repeat(43)}=`;
    const wrong = z.object({ listenKey: z.string(), n: z.number() });
    expect(contextOf(wrong, { listenKey: ["TOPSECRETLISTENKEY"], n: 1 }).raw).toBe('["[secret]"]');
    expect(contextOf(wrong, { listenKey: "TOPSECRETLISTENKEY", key }).raw).toBe(
      '{"listenKey":"[secret]","key":"[secret]"}',
    );
    expect(contextOf(z.number(), `${"x ".repeat(240)}${key}`).raw).not.toContain("AAAA");
    expect(notJson("an answer", '{"secret":"TOPSECRET","l').message).not.toContain("TOPSECRET");
  });

  it("cuts what it shows", () => {
    expect(contextOf(z.number(), "x".repeat(1_000)).raw).toHaveLength(500);
  });
});
