import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gridTrials } from "@bp/backtest";
import { afterAll, describe, expect, it } from "vitest";
import { readSweepFile } from "./space.ts";

const folder = mkdtempSync(join(tmpdir(), "space-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [named, numbered] = ["strategies.one.params.spreadPct", "strategies.0.params.spreadPct"];

/** The spreads of a sweep of two makers that a constraint leaves; `maxOrders` is both's, `intervalMs` the first one's alone. */
async function left(constraint: string, ...swept: readonly string[]): Promise<readonly unknown[]> {
  const [first = named] = swept;
  const file = join(folder, "two.yaml");
  writeFileSync(
    file,
    `
strategies:
  - { use: maker, name: one, params: { instrument: "backpack:SOL_USDC", spreadPct: 0.2, maxOrders: 3, intervalMs: 2, maxPosition: "6" } }
  - { use: maker, name: two, params: { instrument: "backpack:BTC_USDC", maxOrders: 4 } }
limits: { maxLoss: 5 }
accounts: { backpack: { window: 5000 } }
sweep:
  values: { ${[first, ...swept.slice(1)].map((path) => `${path}: [1, 2, 3]`).join()} }
  constraints: ["${constraint}"]
`,
  );
  const { space } = await readSweepFile(file, {});
  return [...gridTrials(space)].map((values) => values[first]);
}

describe("constraints of a file", () => {
  it.for([
    ["spreadPct > intervalMs", [3]],
    ["spreadPct > params.intervalMs", [3]],
    ["spreadPct > strategies.one.params.intervalMs", [3]],
    ["spreadPct * 3 >= maxPosition", [2, 3]],
    ["spreadPct > limits.maxLoss / 2", [3]],
    ["spreadPct > maxLoss / 2", [3]],
    ["intervalMs > 3", []],
    ["spreadPct < strategies.two.params.maxOrders", [1, 2, 3]],
  ] as const)("may name a value that is not swept by its path or the end of it: %s", async ([constraint, values]) => {
    expect(await left(constraint)).toEqual(values);
  });

  it.for([
    ["spreadPct < maxOrders", "maxOrders"], // two have it
    ["levels > 3", "levels"], // none has it
    ["spreadPct > window", "window"], // of an account
    ["spreadPct > instrument", "instrument"], // no number
  ] as const)("name what stands for nothing, or for several, and what is allowed: %s", async ([constraint, name]) => {
    await expect(left(constraint)).rejects.toThrow(
      `sweep.constraints: found "${constraint}", expected names of swept values or of values of the file: strategies.one.params.spreadPct; ${name} is neither, or not one alone`,
    );
  });

  it("never take the file's value for one that is swept by its strategy's number, or the other way round", async () => {
    expect(await left("spreadPct > 2", numbered)).toEqual([3]);
    expect(await left(`${numbered} > 2`, numbered)).toEqual([3]);
    for (const [constraint, swept] of [
      [`${numbered} > 2`, named],
      [`${named} > 2`, numbered],
      ["one.params.spreadPct > 2", numbered],
    ] as const)
      await expect(left(constraint, swept)).rejects.toThrow(
        `sweep.constraints: found ${constraint.split(" ")[0]}, which is swept by another name, expected ${swept}`,
      );
  });
});

describe("values of a file", () => {
  it("refuses one that is swept under both of its names: only one of them would be tried", async () => {
    await expect(left("spreadPct > 2", named, numbered)).rejects.toThrow(
      `sweep.values.${numbered}: found the same value as ${named}, expected each value once`,
    );
  });
});
