import { join } from "node:path";
import { millis, type Tape } from "@bp/core";
import { readTape } from "@bp/data";
import { beforeAll, describe, expect, it } from "vitest";
import { castFor } from "../backtest/markets.ts";
import { type Caster, castOfSpec, createCaster } from "./casts.ts";
import { trialRunner } from "./runTrial.ts";
import { sharedTape } from "./shared.ts";
import { type Spec, trialOf } from "./spec.ts";

const file = join(import.meta.dirname, "../../../../examples/sol_usdc.l2.ndjson.gz");
const spec: Spec = {
  file: "maker.yaml",
  config: {
    strategies: [
      {
        use: "maker",
        params: {
          instrument: "backpack:SOL_USDC_PERP",
          spreadPct: 0.2,
          quantity: 0.5,
          maxOrders: 1,
          intervalMs: 5_000,
          maxPosition: 6,
          positionThreshold: 2,
        },
      },
    ],
  },
  data: [{ name: "sol_usdc.l2.ndjson.gz", sha256: "0".repeat(64) }],
  digest: "0".repeat(64),
  options: {},
  version: "0",
  source: "0".repeat(64),
};
const path = "strategies.maker.params.spreadPct";
const wanted = ["backpack:SOL_USDC_PERP"] as const;
const none = new Map<string, string>();
let tape: Tape;
beforeAll(async () => {
  ({ tape } = await readTape([file]));
});

describe("createCaster", () => {
  it("makes a cast once, and again for other markets and other tapes", () => {
    const cast: Caster = createCaster(tape, undefined);
    const first = cast(tape, wanted, none);
    expect(first).toEqual(castFor(tape, wanted, none));
    expect(cast(tape, wanted, none)).toBe(first);
    const other = cast(tape, ["backpack-2:SOL_USDC_PERP"], none);
    expect(other.tape.instruments).toEqual(first.tape.instruments); // accounts of one exchange share a market
    expect(cast(tape, ["backpack:SOL_USDC"], none).tape.instruments.map(({ id }) => id)).toEqual(["backpack:SOL_USDC"]);
    expect(cast({ ...tape }, wanted, none)).not.toBe(first);
  });

  it("takes what all threads share, and says as before what cannot be", async () => {
    const known = await castOfSpec(spec, tape, none);
    expect(createCaster(tape, known)(tape, wanted, none)).toBe(known?.result);
    expect(() => createCaster(tape, known)(tape, ["backpack:BTC_USDC_PERP"], none)).toThrow(/--data/);
    expect(await castOfSpec({ ...spec, config: { strategies: [{ use: "maker", params: {} }] } }, tape, none)).toBe(
      undefined,
    );
  });
});

describe("trialRunner", () => {
  it("comes to the same with a cast that was made before, on shared memory, over all of the data and over a part", async () => {
    const known = await castOfSpec(spec, tape, none);
    if (known === undefined) throw new Error("the example's market was not cast");
    const shared = { key: known.key, result: { ...known.result, tape: sharedTape(known.result.tape) } };
    const [plain, quick] = [trialRunner(spec, tape), trialRunner(spec, tape, shared)];
    const [from, to] = [millis(tape.at[0] ?? 0), millis((tape.at[tape.rows - 1] ?? 0) + 1)];
    for (const part of [
      { name: "all", from, to },
      { name: "test", from: millis(Math.round((from + to) / 2)), to },
    ]) {
      const trial = trialOf(spec, { [path]: "0.1" }, part);
      const outcome = await plain(trial);
      expect(outcome.figures["fills"]).toBeGreaterThan(0);
      expect(await quick(trial)).toEqual(outcome);
      expect(await quick(trial)).toEqual(outcome);
    }
  });
});

describe("sharedTape", () => {
  it("copies columns once, and leaves alone what is shared", () => {
    const own = castFor(tape, ["backpack:SOL_USDC"], none).tape;
    const shared = sharedTape(own);
    expect(shared.a).toEqual(own.a.slice(0, own.rows));
    expect(sharedTape(shared)).toBe(shared);
  });
});
