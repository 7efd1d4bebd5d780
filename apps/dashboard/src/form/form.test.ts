import { describe, expect, it } from "vitest";
import { fieldsOf } from "./fields.ts";
import { changedOf, textsOf, valuesOf } from "./values.ts";

const decimal = { type: ["string", "number"] };
const schema = {
  type: "object",
  required: ["instrument", "spreadPct"],
  properties: {
    instrument: { type: "string", pattern: "^[^:]+:.+$" },
    spreadPct: decimal,
    quantity: { anyOf: [{ type: "string", const: "auto" }, decimal] },
    maxOrders: { default: 3, type: "integer", minimum: 1, maximum: 100 },
    trailing: { default: false, type: "boolean" },
    kind: { default: "arithmetic", type: "string", enum: ["arithmetic", "geometric"] },
    rebalance: {
      default: {},
      type: "object",
      properties: { enabled: { default: true, type: "boolean" }, thresholdPct: decimal },
    },
    fair: {
      anyOf: [
        { type: "string", enum: ["mid"] },
        {
          oneOf: [
            {
              type: "object",
              properties: { name: { type: "string", const: "imbalance" }, strength: decimal, reach: decimal },
            },
            { type: "object", properties: { name: { type: "string", const: "flow" }, share: decimal } },
          ],
        },
      ],
    },
    markets: { type: "array", items: { type: "object" } },
  },
};
const fields = fieldsOf(schema);
const values = {
  instrument: "backpack:SOL_USDC_PERP",
  spreadPct: "0.10",
  quantity: "auto",
  maxOrders: 5,
  rebalance: { enabled: false, thresholdPct: "2.5" },
  markets: [{ instrument: "a:b" }],
};

describe("a form of a schema", () => {
  it("has a field of the fitting kind for each property", () => {
    expect(Object.fromEntries(fields.map(({ name, kind }) => [name, kind]))).toEqual({
      instrument: "text",
      spreadPct: "decimal",
      quantity: "decimal",
      maxOrders: "number",
      trailing: "flag",
      kind: "choice",
      rebalance: "group",
      fair: "variant",
      markets: "json",
    });
  });

  it("gives back what was put into it, with every digit", () => {
    expect(valuesOf(fields, textsOf(fields, values))).toEqual({ values, problems: {} });
  });

  it("says which field cannot be taken, and why", () => {
    const texts = { instrument: "SOL", spreadPct: "a lot", maxOrders: "0", markets: "[" };
    expect(valuesOf(fields, texts).problems).toEqual({
      instrument: "pattern",
      spreadPct: "decimal",
      maxOrders: "least",
      markets: "json",
    });
    expect(valuesOf(fields, {}).problems).toEqual({ instrument: "required", spreadPct: "required" });
  });

  it("sends what a person has changed and nothing else", () => {
    const before = textsOf(fields, values);
    expect(changedOf(fields, before, before)).toEqual({});
    expect(changedOf(fields, before, { ...before, spreadPct: "0.2", "rebalance.thresholdPct": "3" })).toEqual({
      spreadPct: "0.2",
      rebalance: { enabled: false, thresholdPct: "3" },
    });
  });

  it("says what was taken away, since a bot keeps what is not said", () => {
    const before = textsOf(fields, { ...values, fair: { name: "imbalance", strength: "1", reach: "2" } });
    const without = (...paths: readonly string[]) =>
      changedOf(fields, before, Object.fromEntries(Object.entries(before).filter(([path]) => !paths.includes(path))));
    expect(without("maxOrders")).toEqual({ maxOrders: null });
    expect(changedOf(fields, before, { ...before, maxOrders: " ", spreadPct: "0.2" })).toEqual({
      maxOrders: null,
      spreadPct: "0.2",
    });
    expect(without("rebalance.thresholdPct")).toEqual({ rebalance: { enabled: false, thresholdPct: null } });
    expect(without("rebalance.enabled", "rebalance.thresholdPct")).toEqual({ rebalance: null });
    expect(without("fair.reach")).toEqual({ fair: { name: "imbalance", strength: "1", reach: null } });
    expect(without("fair", "fair.strength")).toEqual({ fair: null });
  });

  it("says another shape whole, with nothing of the old one", () => {
    const before = textsOf(fields, { ...values, fair: { name: "imbalance", strength: "1" } });
    expect(changedOf(fields, before, { ...before, fair: "flow", "fair.share": "0.5" })).toEqual({
      fair: { name: "flow", share: "0.5" },
    });
    expect(changedOf(fields, before, { ...before, fair: "mid" })).toEqual({ fair: "mid" });
  });
});
