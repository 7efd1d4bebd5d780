// For tests: a run of one strategy, with no rules, on one account.
import type { Strategy, Tape } from "@bp/core";
import { createEngine } from "@bp/engine";
import type { BacktestOptions } from "./run.ts";

/** @param strategyOf - given the data, as only one that looks ahead needs them; @param usdc - what the account begins with */
export const runOf = (
  tape: Tape,
  strategyOf: (tape: Tape) => Strategy<undefined>,
  usdc = "10000",
): BacktestOptions => ({
  tape,
  seats: [{ venue: "backpack", balances: { USDC: usdc } }],
  engine: (known, data) => ({
    instruments: known,
    engine: createEngine({
      run: 1,
      instruments: known,
      strategies: [{ strategy: strategyOf(data), params: undefined }],
      rules: [],
    }),
  }),
});
