// A torture that cannot fail proves nothing: twelve flaws, each of which it must find.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { plants } from "./plants.ts";

const root = join(import.meta.dirname, "../../../..");
const main = join(root, "apps/bot/src/main.ts");

interface Summary {
  readonly seeds: number;
  readonly violations: readonly {
    readonly invariant: number;
    readonly seed: number;
    readonly kept?: readonly number[];
  }[];
}

/** `bot torture … --json` with a flaw planted into it. */
function tortured(invariant: number | undefined, args: readonly string[]): Promise<Summary> {
  const { PATH = "", HOME = "" } = process.env;
  const planting = invariant === undefined ? [] : ["--import", join(import.meta.dirname, "plant.ts")];
  const node = ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning", ...planting, main];
  const env = { PATH, HOME, ...(invariant === undefined ? {} : { BP_PLANT: String(invariant) }) };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [...node, "torture", ...args, "--json"], { cwd: root, env }, (_, stdout, stderr) => {
      if (stdout.startsWith("{"))
        resolve(JSON.parse(stdout) as Summary); // of summaryJson
      else reject(new Error(stderr));
    });
  });
}

describe("bot torture", { timeout: 600_000 }, () => {
  it.each(plants)("finds that $flaw ($invariant)", async ({ invariant, config }) => {
    const limits = ["--seeds", "2000", "--first", "--no-shrink", "--threads", "1", "--seconds", "40"];
    const { violations, seeds } = await tortured(invariant, [config, ...limits]);
    expect(violations.map((each) => each.invariant)).toContain(invariant);
    expect(seeds).toBeLessThanOrEqual(2_000);
  });

  it("finds nothing where nothing is planted, and says so", async () => {
    const { violations, seeds } = await tortured(undefined, [
      "examples/own/hedge.yaml",
      "--seeds",
      "40",
      "--threads",
      "1",
    ]);
    expect([violations, seeds]).toEqual([[], 40]);
  });
});
