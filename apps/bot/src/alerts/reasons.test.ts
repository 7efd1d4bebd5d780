import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { takeReason } from "./reasons.ts";

let folder = "";
beforeEach(() => {
  const state = mkdtempSync(join(tmpdir(), "bp-reasons-"));
  folder = join(state, "unstarted");
  vi.stubEnv("BP_STATE", state);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(state, { recursive: true, force: true });
  });
});

const hour = 3_600_000;
const isTold = (why: string, at: number, bot = "sol.yaml") => takeReason(bot, why, at) !== undefined;

describe("takeReason", () => {
  it("takes a reason once an hour, whatever numbers are in it, for each bot by itself", () => {
    expect([isTold("process 4711 trades it", hour), isTold("process 4712 trades it", hour + 10_000)]).toEqual([
      true,
      false,
    ]);
    expect([isTold("no answer", hour + 20_000), isTold("process 4711 trades it", hour, "btc.yaml")]).toEqual([
      true,
      true,
    ]);
    expect([isTold("process 4711 trades it", 2 * hour - 1), isTold("process 4711 trades it", 2 * hour)]).toEqual([
      false,
      true,
    ]);
  });

  it("takes five of a bot in an hour, also where each has a new name in it", () => {
    const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    expect(names.filter((name, at) => isTold(name, hour + at))).toEqual(["a", "b", "c", "d", "e"]);
    expect(names.filter((name, at) => isTold(name, 2 * hour + at))).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("takes one again that nobody has heard", () => {
    isTold("kept", hour);
    takeReason("sol.yaml", "no answer", hour)?.();
    expect([isTold("no answer", hour), isTold("kept", hour)]).toEqual([true, false]);
  });

  it("takes it also after the clock was set back, and where its file is damaged", () => {
    expect([isTold("no answer", 9 * hour), isTold("no answer", hour)]).toEqual([true, true]);
    const [file = ""] = readdirSync(folder);
    expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
    writeFileSync(join(folder, file), "{");
    expect(isTold("no answer", hour)).toBe(true);
  });
});
