// A bot that fails before its run begins, as a service does at night: its channels are told why, and not at each start again.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testKeys } from "@bp/sandbox";
import { describe, expect, it, type TestContext } from "vitest";
import { closedPort, service } from "../src/alerts/service.fixture.ts";
import { runBot, spawnBot } from "./process.ts";
import { layTable } from "./table.ts";

const maker = ["--symbol", "SOL_USDC_PERP", "--spread", "0.5", "--quantity", "0.1"];
const limits = ["--max-position", "5", "--position-threshold", "5"];

/** A folder with a place for a journal, and a webhook of the person's own. */
async function laid({ onTestFinished }: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "bp-unstarted-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { url, received } = await service(() => ({ status: 200 }));
  const journal = join(folder, "journal.sqlite");
  const options = { cwd: folder, env: { BP_WEBHOOK_URL: `${url}/hook` } };
  const args = ["start", ...maker, ...limits, "--journal", journal];
  return {
    journal,
    options,
    args,
    told: () => received.map(({ body }) => JSON.parse(body) as unknown),
    killFile: join(folder, "KILL"),
    start: (more: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
      runBot(onTestFinished, [...args, ...more], { ...options, env: { ...options.env, ...env } }),
  };
}

const unstarted = (account: string, text: RegExp) => ({
  kind: "run",
  topic: "unstarted",
  run: "",
  account: expect.stringMatching(new RegExp(`^backpack ${account}/\\w+ \\(${account}\\)$`)),
  text: expect.stringMatching(text),
  at: expect.any(Number),
});

describe("a bot that does not start", { timeout: 300_000 }, () => {
  it("tells once that its journal is damaged, however often its supervisor starts it again", async (context) => {
    const { journal, args, options, told } = await laid(context);
    const table = await layTable(context.onTestFinished);
    writeFileSync(journal, "# my notes\n".repeat(100));
    const there = ["--rest", table.rest, "--ws", table.ws];
    const supervisor = spawnBot(context.onTestFinished, [...args, ...there, "--supervise"], options);
    await supervisor.says(/(is started again in 10 s[\s\S]*){2}/, 200_000);
    supervisor.child.kill("SIGTERM");
    await supervisor.ended;
    expect(told()).toEqual([unstarted("sandbox", /^did not start: .*journal\.sqlite.* not an SQLite database/)]);
  });

  it("tells of each other reason: no way to the venue, a key that is refused, an account that another bot trades", async (context) => {
    const { told, start, args, options } = await laid(context);
    const table = await layTable(context.onTestFinished);
    const keysOf = (name: string) => {
      const { apiKey, secret } = testKeys(name);
      return { BACKPACK_KEY: apiKey, BACKPACK_SECRET: secret };
    };
    const [alice, nobody] = [keysOf("alice"), keysOf("nobody")];
    const at = (rest: string, ws: string) => ["--live", "--yes", "--rest", rest, "--ws", ws];
    const [there, nowhere] = [at(table.rest, table.ws), `127.0.0.1:${await closedPort()}`];
    const first = await start(at(`http://${nowhere}`, `ws://${nowhere}`), alice);
    const second = await start(there, nobody);
    spawnBot(context.onTestFinished, [...args, ...there], { ...options, env: alice });
    await table.until("another bot", () => table.open().length > 0);
    const third = await start([...there, "--journal", "other.sqlite"], alice);
    expect([first.code, second.code, third.code]).toEqual([1, 1, 2]);
    expect(told()).toEqual([
      unstarted("live", /^did not start: .* cannot be reached: connect ECONNREFUSED/),
      unstarted("live", /^did not start: backpack refused \(401 UNAUTHORIZED\)/),
      unstarted("live", /^did not start: .*backpack \(live\/\w+\)/),
    ]);
    for (const { BACKPACK_KEY, BACKPACK_SECRET } of [alice, nobody])
      for (const secret of [BACKPACK_KEY, BACKPACK_SECRET]) expect(JSON.stringify(told())).not.toContain(secret);
  });

  it("tells that it was killed before, by itself and by its supervisor the same", async (context) => {
    const { told, start, killFile } = await laid(context);
    const table = await layTable(context.onTestFinished);
    writeFileSync(killFile, "");
    const there = ["--rest", table.rest, "--ws", table.ws, "--kill-file", "KILL"];
    expect((await start([...there, "--supervise"])).code).toBe(3);
    expect((await start(there)).code).toBe(3);
    const refused = unstarted("sandbox", /^did not start: the kill file .*KILL is there/);
    expect(told()).toEqual([{ ...refused, account: "backpack (sandbox)" }]); // its supervisor has not asked for names yet
  });
});
