// A watchdog in a process of its own, and what it says to its bot.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, type TestContext, vi } from "vitest";
import { filesOf, makeBotFolder } from "../bots/registry.ts";
import { hearWatchdog, type ToBot, type ToWatchdog } from "./protocol.ts";

const patience = { timeout: 60_000 };

/** One whose bot has been silent for too long: its fence stands. The bot trades nowhere. */
async function fired({ onTestFinished }: TestContext) {
  const state = mkdtempSync(join(tmpdir(), "bp-watch-"));
  vi.stubEnv("BP_STATE", state);
  const folder = makeBotFolder(Date.now());
  const main = join(import.meta.dirname, "../main.ts");
  const flags = ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning"];
  const child = spawn(process.execPath, [...flags, main, "watchdog", String(process.pid)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
    vi.unstubAllEnvs();
    rmSync(state, { recursive: true, force: true });
  });
  const heard: ToBot["type"][] = [];
  hearWatchdog(child.stdout, ({ type }) => heard.push(type));
  const say = (said: ToWatchdog) => child.stdin.write(`${JSON.stringify(said)}\n`);
  const hears = (type: ToBot["type"]) => vi.waitFor(() => expect(heard).toContain(type), patience);
  say({ type: "hello", folder, pid: process.pid, limitMs: 2_000, patienceMs: 1_000, doors: [], accounts: [] });
  await hears("ready");
  say({ type: "run", run: "r1", clientRun: 5, last: 0, others: [], symbols: {} });
  await hears("fenced");
  const { fence } = filesOf(folder);
  await vi.waitFor(() => expect(readFileSync(fence, "utf8")).toMatch(/\n$/), patience); // all of it
  return { fence, say, hears, heard, ended };
}

describe("watch", () => {
  it("lets its bot go on when it is awake again", async (context) => {
    const { fence, say, hears } = await fired(context);
    say({ type: "awake" });
    await hears("free");
    expect(existsSync(fence)).toBe(false);
  });

  it("never lets a killed bot go on, also where the fence is all that says so", async (context) => {
    const { fence, say, heard, hears, ended } = await fired(context);
    writeFileSync(fence, "the kill switch (bot kill)\n");
    say({ type: "awake" });
    say({ type: "beat" });
    await hears("heard");
    say({ type: "bye", clean: true });
    await ended;
    expect(heard).not.toContain("free");
    expect(readFileSync(fence, "utf8")).toBe("the kill switch (bot kill)\n");
  });
});
