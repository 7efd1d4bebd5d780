// `bot torture --wire`: processes of the bot against the sandbox's sockets, faults and all, and a flaw that it must find.
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runBot, spawnBot } from "../process.ts";
import type { Finished } from "../table.ts";

const root = join(import.meta.dirname, "../../../..");
const maker = join(root, "examples/own/maker.yaml");
const hedge = join(root, "examples/own/hedge.yaml");

/** A folder for temporary files of its own, so that what is left behind is seen. */
function folderFor(finished: Finished): string {
  const folder = mkdtempSync(join(tmpdir(), "bp-wire-"));
  finished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const torture = (...args: readonly string[]) => ["torture", "--wire", "--json", "--seconds", "5", ...args];

describe("torture over the wire", () => {
  it("keeps every promise of a hedge and of a maker, and leaves nothing behind", { timeout: 900_000 }, async ({
    onTestFinished,
  }) => {
    const TMPDIR = folderFor(onTestFinished);
    const args = torture(maker, hedge, "--seeds", "3", "--faults", "crash,acks-lost,lost,cut,nibble");
    const { code, stdout, stderr } = await runBot(onTestFinished, args, { env: { TMPDIR } });
    expect(code, stdout + stderr).toBe(0);
    const told = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    expect(told).toMatchObject({ seeds: 3, violations: [] });
    expect(Number(told["orders"])).toBeGreaterThan(10);
    expect(stderr).toContain("3 trials over the wire");
    expect(readdirSync(TMPDIR)).toEqual([]);
  });

  it("finds a kill that is only noted down", { timeout: 600_000 }, async ({ onTestFinished }) => {
    const TMPDIR = folderFor(onTestFinished);
    const args = torture(maker, "--seed", "12", "--faults", "kill");
    const plant = join(import.meta.dirname, "wirePlant.ts");
    const { code, stdout, stderr } = await runBot(onTestFinished, args, { env: { TMPDIR }, node: ["--import", plant] });
    expect(code, stdout + stderr).toBe(1);
    const { violations } = JSON.parse(stdout) as { readonly violations: readonly { readonly invariant: number }[] };
    expect(violations.map(({ invariant }) => invariant)).toContain(10);
  });

  it("ends its processes with Ctrl+C", { timeout: 300_000 }, async ({ onTestFinished }) => {
    const TMPDIR = folderFor(onTestFinished);
    const args = ["torture", "--wire", maker, "--seed", "1", "--faults", "none", "--story"];
    const process = spawnBot(onTestFinished, args, { env: { TMPDIR } });
    await process.says("the bot has started", 200_000);
    const folder = join(TMPDIR, readdirSync(TMPDIR).find((name) => name.startsWith("bp-torture-")) ?? "none");
    expect(existsSync(folder)).toBe(true);
    process.child.kill("SIGINT");
    const { code } = await process.ended;
    expect(code).toBe(1);
    expect(existsSync(folder)).toBe(false);
  });
});
