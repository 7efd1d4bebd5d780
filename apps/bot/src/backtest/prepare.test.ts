// What of a configuration decides how long a backtest runs.

import { join } from "node:path";
import { readTape } from "@bp/data";
import { describe, expect, it } from "vitest";
import { readBotConfig } from "../config/index.ts";
import { backtestFlags } from "./options.ts";
import { prepareBacktest } from "./prepare.ts";

const data = [join(import.meta.dirname, "../../../../examples/sol_usdc.l2.ndjson.gz")];
const trade = { symbol: "SOL_USDC_PERP", spread: "0.2", maxOrders: "1", quantity: "0.5", memory: true };

describe("prepareBacktest", () => {
  it("ends with the run time that a person says, and not with the hour that S2 takes for granted", async () => {
    const { tape } = await readTape(data);
    const prepared = async (flags: object) =>
      prepareBacktest(
        await readBotConfig({ file: undefined, flags: { ...trade, ...flags }, env: {}, keys: "left" }),
        tape,
        backtestFlags({ data }),
      );
    const [said, usual] = [await prepared({ duration: "90" }), await prepared({})];
    expect([said.options.durationMs, usual.options.durationMs]).toEqual([90_000, undefined]);
    expect(said.said.join()).not.toMatch(/would end/);
    expect(usual.said.join()).toMatch(/a live run would end after 3600 s, as its system does; .* or with --duration/);
  });
});
