// The address of a bot's dashboard: in no log with its token, and shown to its user who asks for it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedCertificates } from "../src/door/tls.fixture.ts";
import { runBot, spawnBot } from "./process.ts";

const folder = mkdtempSync(join(tmpdir(), "bp-address-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const env = { BP_DASHBOARD_TOKEN: "" }; // as a service has it

interface Address {
  readonly bot: string;
  readonly url: string;
  readonly operator: string;
  readonly viewer: string;
}

describe("the token of a dashboard", () => {
  it("is not in what a bot writes into a pipe, and bot dashboard --address shows it", async ({ onTestFinished }) => {
    const journal = join(folder, "journal.sqlite");
    const start = ["start", "--sandbox", "--journal", journal, "--dashboard", "0"];
    const bot = spawnBot(onTestFinished, start, { env, cwd: folder });
    await bot.says(/dashboard http:\/\/127\.0\.0\.1:\d+\/ \(.*bot dashboard --address\)/, 60_000);
    const { code, stdout } = await runBot(onTestFinished, ["dashboard", "--address", "--json"], { env });
    expect(code).toBe(0);
    const [address] = JSON.parse(stdout) as readonly Address[]; // its own list
    if (address === undefined) throw new Error("none");
    const answer = await fetch(`${address.url}api/hello`, { headers: { Authorization: `Bearer ${address.operator}` } });
    expect(await answer.json()).toMatchObject({ role: "operator", self: address.bot });
    const asText = await runBot(onTestFinished, ["dashboard", "--address"], { env });
    expect(asText.stdout).toContain(`${address.url}#${address.operator}`);
    bot.child.kill("SIGINT");
    const said = await bot.ended;
    expect(said.stdout + said.stderr).not.toContain(address.operator);
    expect(said.stdout + said.stderr).not.toContain(address.viewer);
    expect(readFileSync(journal, "latin1")).not.toContain(address.operator);
    expect((await runBot(onTestFinished, ["dashboard", "--address"], { env })).code).toBe(1);
  });

  it("is not in what bot dashboard writes there either, unless a program asks", async ({ onTestFinished }) => {
    const quiet = spawnBot(onTestFinished, ["dashboard", "--port", "0"], { env, cwd: folder });
    await quiet.says(/dashboard http:\S+ \(.*BP_DASHBOARD_TOKEN=shown/, 60_000);
    expect(quiet.stdout).not.toContain("#");
    const asked = spawnBot(onTestFinished, ["dashboard", "--port", "0", "--json"], { env, cwd: folder });
    await asked.says('"operator"', 60_000);
  });
});

describe("a dashboard that cannot be as it was asked for", { timeout: 180_000 }, () => {
  beforeAll(() => {
    const [own, other] = signedCertificates(folder, 2).leaves; // a key that is another certificate's
    writeFileSync(join(folder, "own.pem"), own?.cert ?? "");
    writeFileSync(join(folder, "other.pem"), other?.key ?? "");
  });

  it.for([
    ["--dashboard-tls-cert", "/nowhere/cert.pem", "--dashboard-tls-key", "/nowhere/key.pem"],
    ["--dashboard-tls-cert", join(folder, "own.pem"), "--dashboard-tls-key", join(folder, "other.pem")],
  ])("ends the start: %s", async (flags, { onTestFinished }) => {
    const start = ["start", "--sandbox", "--journal", join(folder, "none.sqlite"), "--duration", "5", ...flags];
    const { code, stderr } = await runBot(onTestFinished, start, { env: { ...env, BP_DASHBOARD: "" }, cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .*(\/nowhere\/cert\.pem|the dashboard cannot stand on )/m);
  });
});
