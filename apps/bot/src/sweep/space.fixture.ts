// What sweeps of tests have in common.
import { createHash } from "node:crypto";
import type { SweepPart, SweepValues, Trial } from "@bp/backtest";
import { millis } from "@bp/core";

export const part: SweepPart = { name: "all", from: millis(0), to: millis(2_400_000) };

export const trialOf = (values: SweepValues, of: SweepPart = part): Trial => ({
  key: createHash("sha256")
    .update(JSON.stringify([values, of]))
    .digest("hex"),
  values,
  part: of,
});
