// What `debug: true` adds to the log of a hedge loop: S3.30.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asterKeys, testKeys } from "@bp/sandbox";
import { describe, expect, it } from "vitest";
import { example } from "../files.ts";
import { spawnBot } from "../process.ts";

describe("S3, debug", () => {
  it("S3.30 `debug: true` adds request lines with method, path, status and time, never keys, signatures or secrets", async ({
    onTestFinished,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), "bp-debug-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "hedge.yaml");
    writeFileSync(file, readFileSync(example("hedge_futures.yaml"), "utf8").replace("debug: false", "debug: true"));
    const flags = ["--sandbox", "--speed", "20", "--disable-db"];
    const bot = spawnBot(onTestFinished, ["hedge", file, ...flags], { cwd: folder });
    const path = join(folder, "logs/hedge.log");
    const logged = () => (existsSync(path) ? readFileSync(path, "utf8") : "");
    for (const wanted of [
      /\[DEBUG\] bot: request: GET http:\/\/\S+\/api\/v1\/\S+ 200 in \d+ ms/,
      /\[DEBUG\] bot: request: POST http:\/\/\S+\/api\/v1\/order 200 in \d+ ms/,
      /\[DEBUG\] bot: request: GET http:\/\/\S+\/fapi\/v\d\/\S+ 200 in \d+ ms/,
    ])
      await expect.poll(logged, { timeout: 60_000 }).toMatch(wanted);
    bot.child.kill("SIGINT");
    const { code, stdout, stderr } = await bot.ended;
    expect(code).toBe(0);
    const log = logged();
    for (const line of log.split("\n").filter((each) => each.includes("request: "))) {
      expect(line).not.toContain("?");
      expect(line).not.toMatch(/signature|x-api|nonce/i);
    }
    const { agent, hmac } = asterKeys("alice");
    const keys = testKeys("alice");
    const canaries = [keys.apiKey, keys.secret, agent.privateKey.replace("0x", ""), agent.signer, agent.user];
    for (const canary of [...canaries, hmac.key, hmac.secret])
      for (const text of [log, stdout, stderr]) expect(text).not.toContain(canary.slice(0, 12));
  });
});
