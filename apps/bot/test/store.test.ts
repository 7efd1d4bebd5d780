// The journal of a real bot: shipped to a real server, its accounts held there, its commands, a disk that is slow or full.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { type BotProcess, runBot, spawnBot } from "./process.ts";
import type { Finished } from "./table.ts";

const folder = mkdtempSync(join(tmpdir(), "bp-store-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

/** A throw-away PostgreSQL; `undefined` where there can be none, which it has said. */
const server = await serve();
afterAll(() => server?.child.stdin?.end());

async function serve(): Promise<
  { readonly child: ChildProcess; readonly url: string; readonly password: string } | undefined
> {
  const script = join(import.meta.dirname, "../../../packages/@bp/journal/src/ship/serve.fixture.ts");
  const node = ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning", script];
  const child = spawn(process.execPath, node, { stdio: ["pipe", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const { url, password } = JSON.parse(line) as { url?: string; password?: string };
    return url === undefined || password === undefined ? undefined : { child, url, password };
  }
  return undefined;
}

/** How long a bot may take to say something on a machine that does much else, ms. */
const patience = 90_000;
const slowly = { timeout: 600_000 };

const maker = ["--symbol", "SOL_USDC_PERP", "--spread", "0.5", "--quantity", "0.1", "--max-orders", "2"];

/** An exchange in a process of its own, which outlives the bots on it, and alice's way to it. */
async function exchange(finished: Finished) {
  const bot = spawnBot(finished, ["sandbox", "--json"]);
  await bot.says("}\n", patience);
  const { backpack } = JSON.parse(bot.stdout) as {
    backpack: { rest: string; ws: string; accounts: readonly { apiKey: string; secret: string }[] };
  };
  const [alice] = backpack.accounts;
  const way = ["--live", "--yes", "--rest", backpack.rest, "--ws", backpack.ws];
  return {
    args: ["start", ...maker, "--max-position", "5", "--existing", "adopt", ...way],
    env: { BACKPACK_KEY: alice?.apiKey ?? "", BACKPACK_SECRET: alice?.secret ?? "" },
  };
}

async function rows(sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server?.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const runIn = (journal: string) => {
  const db = new DatabaseSync(journal, { readOnly: true });
  const row = db
    .prepare("SELECT id, (SELECT count(*) FROM entry WHERE run = id) AS lines FROM run ORDER BY number DESC")
    .get();
  db.close();
  return { id: String(row?.["id"]), lines: Number(row?.["lines"]) };
};

describe.skipIf(server === undefined)("--store", slowly, () => {
  it("has all of the run when the bot has ended, and the password is in no output, journal or process list", async ({
    onTestFinished,
  }) => {
    const journal = at("shipped.sqlite");
    const args = [
      "start",
      ...maker,
      "--sandbox",
      "--duration",
      "6",
      "--journal",
      journal,
      "--store",
      server?.url ?? "",
    ];
    const bot = spawnBot(onTestFinished, args);
    await bot.says("journal", patience);
    const listed = existsSync("/proc") ? readFileSync(`/proc/${bot.child.pid}/cmdline`, "utf8") : "";
    const { code, stdout, stderr } = await bot.ended;
    expect(code).toBe(0);
    expect(stderr).not.toContain("warning");
    const { id, lines } = runIn(journal);
    const [there] = await rows(
      `SELECT count(*) AS count, min(seq) AS low, max(seq) AS high FROM bp_entry WHERE run = '${id}'`,
    );
    expect(there).toEqual({ count: String(lines), low: "1", high: String(lines) });
    expect((await rows(`SELECT ended IS NOT NULL AS ended FROM bp_run WHERE id = '${id}'`))[0]).toEqual({
      ended: true,
    });
    const secret = server?.password ?? "";
    for (const text of [listed, stdout, stderr, readFileSync(journal, "latin1")]) expect(text).not.toContain(secret);
  });

  it("goes on without a store that is away, says once what is left, and catches up by hand", async ({
    onTestFinished,
  }) => {
    const journal = at("away.sqlite");
    const url = new URL(server?.url ?? "");
    const { port } = url;
    url.port = "1";
    const args = ["start", ...maker, "--sandbox", "--journal", journal];
    const bot = spawnBot(onTestFinished, args, { env: { BP_STORE: url.href } });
    await bot.says("does not keep up", patience);
    await untilRun(bot);
    bot.child.kill("SIGINT");
    const { code, stderr } = await bot.ended;
    expect(code).toBe(0);
    expect(stderr.match(/does not keep up/g)).toHaveLength(1);
    expect(stderr).toMatch(/lines are not in the store postgres:\/\/bp@127\.0\.0\.1:1\/.*bot journal ship/);
    expect(stderr).not.toContain(server?.password);
    url.port = port;
    const shipped = await runBot(onTestFinished, ["journal", "ship", journal], { env: { BP_STORE: url.href } });
    const { id, lines } = runIn(journal);
    expect(shipped.stdout).toContain(`${lines} lines sent`);
    expect(await rows(`SELECT count(*)::int AS count FROM bp_entry WHERE run = '${id}'`)).toEqual([{ count: lines }]);
  });

  it("lets one bot trade an account, on this machine and on all that share the store, whatever their journals", async ({
    onTestFinished,
  }) => {
    const { args, env } = await exchange(onTestFinished);
    const store = server?.url ?? "";
    const here = { ...env, BP_STORE: store, BP_STATE: at("here") };
    const first = spawnBot(onTestFinished, [...args, "--journal", at("one.sqlite")], { env: here });
    await untilRun(first);
    const { id } = runIn(at("one.sqlite"));
    const second = await runBot(onTestFinished, [...args, "--journal", at("two.sqlite")], { env: here });
    const said = new RegExp(
      `account backpack .* is traded by process ${first.child.pid}, run ${id}, since .*stop that bot first`,
    );
    expect(second.stderr).toMatch(said);
    expect(second.code).toBe(2);
    const elsewhere = await runBot(onTestFinished, [...args, "--journal", at("three.sqlite")], {
      env: { ...here, BP_STATE: at("elsewhere") },
    });
    expect(elsewhere.stderr).toMatch(said);
    expect(elsewhere.code).toBe(2);
    first.child.kill("SIGKILL");
    await first.ended;
    const third = spawnBot(onTestFinished, [...args, "--journal", at("three.sqlite")], {
      env: { ...here, BP_STATE: at("elsewhere") },
    });
    await untilRun(third);
    third.child.kill("SIGINT");
    expect((await third.ended).code).toBe(0);
  });

  it("halts when another machine took the account while the connection was gone", async ({ onTestFinished }) => {
    const { args, env } = await exchange(onTestFinished);
    const bot = spawnBot(onTestFinished, [...args, "--journal", at("taken.sqlite")], {
      env: { ...env, BP_STORE: server?.url ?? "", BP_STATE: at("taken") },
    });
    await untilRun(bot);
    const other = new pg.Client({ connectionString: server?.url });
    await other.connect();
    onTestFinished(() => other.end());
    const [lock] = (
      await other.query<{ key: string; pid: number }>(
        "SELECT ((classid::bigint << 32) | objid::bigint)::text AS key, pid FROM pg_locks WHERE locktype = 'advisory' AND granted",
      )
    ).rows;
    const waiting = other.query("SELECT pg_advisory_lock($1::bigint)", [lock?.key]); // first in the queue
    await rows("UPDATE bp_account SET pid = 4242, host = 'elsewhere', run = 'their-run', token = 'theirs'");
    await rows(`SELECT pg_terminate_backend(${lock?.pid})`);
    await waiting;
    const { code, stderr } = await bot.ended;
    expect(stderr).toMatch(/account backpack .* is traded by process 4242 on elsewhere, run their-run/);
    expect(code).toBe(3);
    const status = await runBot(onTestFinished, ["status", "--json"], { env: { BP_STATE: at("taken") } });
    expect(JSON.parse(status.stdout)).toMatchObject({ killed: [] }); // nobody has killed it
  });

  it("refuses an address that is none, and a store for a journal that is not kept, without showing the password", async ({
    onTestFinished,
  }) => {
    const canary = "canary-1234-word";
    for (const more of [
      ["--store", `mysql://u:${canary}@h/d`],
      ["--store", canary],
      ["--disable-db", "--store", `postgres://u:${canary}@h/d`],
    ]) {
      const { code, stderr, stdout } = await runBot(onTestFinished, [
        "start",
        ...maker,
        "--sandbox",
        "--duration",
        "1",
        ...more,
      ]);
      expect(code).toBe(2);
      expect(stderr + stdout).not.toContain(canary);
    }
    const shown = await runBot(onTestFinished, [
      "config",
      ...maker,
      "--explain",
      "--store",
      `postgres://u:${canary}@h/d`,
    ]);
    expect(shown.stdout + shown.stderr).not.toContain(canary);
  });
});

async function untilRun(bot: BotProcess): Promise<void> {
  await bot.says("account link.restored", patience);
}

/** What its `/metrics` say. */
async function metricOf(bot: BotProcess, name: string): Promise<string | undefined> {
  const address = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(bot.stdout + bot.stderr)?.[0];
  if (address === undefined) throw new Error("no dashboard");
  const { origin, hash } = new URL(address);
  const answer = await fetch(`${origin}/metrics`, { headers: { Authorization: `Bearer ${hash.slice(1)}` } });
  const text = await answer.text();
  return text
    .split("\n")
    .find((line) => line.startsWith(`${name} `))
    ?.slice(name.length + 1);
}

describe("a journal on a bad disk", slowly, () => {
  it("locked by another program for seconds: quotes go, cancels leave, and it goes on", async ({ onTestFinished }) => {
    const journal = at("slow.sqlite");
    const bot = spawnBot(onTestFinished, [
      "start",
      ...maker,
      "--sandbox",
      "--json",
      "--journal",
      journal,
      "--dashboard",
      "0",
    ]);
    const isSlow = () => metricOf(bot, "bp_journal_slow");
    const count = (action: string) =>
      bot.stdout.split("\n").filter((line) => line.includes(`"action":"${action}"`)).length;
    await until(() => count("place") >= 4);
    const other = new DatabaseSync(journal, { timeout: 5_000 });
    other.exec("BEGIN IMMEDIATE");
    await bot.says("link.lost: the journal is slow: another program keeps it locked", patience);
    const placed = count("place");
    await until(() => count("cancel") >= 4);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const during = count("place") - placed;
    expect(await isSlow()).toBe("1");
    const before = count("place");
    other.exec("ROLLBACK");
    other.close();
    await bot.says("the journal is quick again", patience);
    await until(async () => (await isSlow()) === "0");
    await until(() => count("place") > before);
    bot.child.kill("SIGINT");
    const { code, stderr } = await bot.ended;
    expect(code).toBe(0);
    expect(during).toBe(0);
    expect(stderr.match(/the journal is slow/g)).toHaveLength(1);
    const replayed = await runBot(onTestFinished, ["replay", "last", "--journal", journal]);
    expect(replayed.code).toBe(0); // nothing is missing in it
  });

  it("full: halts, cancels go out, what was written before is whole", async ({ onTestFinished }) => {
    const journal = at("full.sqlite");
    const node = [
      "--conditions=@bp/source",
      "--disable-warning=ExperimentalWarning",
      join(import.meta.dirname, "../src/main.ts"),
    ];
    const args = ["start", ...maker, "--sandbox", "--speed", "20", "--journal", journal, "--summary", at("full.json")];
    const script = `trap '' XFSZ; ulimit -f 300; exec "$0" "$@"`; // blocks of 512 or 1,024 bytes
    const child = spawn("sh", ["-c", script, process.execPath, ...node, ...args], {
      env: { PATH: process.env["PATH"], HOME: folder, BP_STATE: at("full-state"), LANG: "C" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const code = await new Promise<number | null>((resolve) => child.once("close", (ended) => resolve(ended)));
    expect(stderr).toMatch(/journal .*full\.sqlite cannot be written: (the disk is full|the disk reports a fault)/);
    expect(code === 1 || code === 3).toBe(true);
    expect(JSON.parse(readFileSync(at("full.json"), "utf8"))).toMatchObject({ openOrdersAtExit: 0 });
    const checked = await runBot(onTestFinished, ["journal", "check", journal, "--json"]);
    expect(JSON.parse(checked.stdout)).toMatchObject({ ok: true, runs: [{ state: "unfinished" }] });
  });
});

async function until(isSo: () => boolean | Promise<boolean>, ms = patience): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error("it did not come to be");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("bot journal", slowly, () => {
  it("checks, exports, imports, compacts, and says of a compacted run that it cannot be replayed", async ({
    onTestFinished,
  }) => {
    const journal = at("commands.sqlite");
    await runBot(onTestFinished, ["start", "--memory", "--duration", "60", "--json", "--journal", journal]);
    const bot = (...args: readonly string[]) => runBot(onTestFinished, args);
    expect((await bot("journal", "check", journal)).code).toBe(0);
    const out = at("run.jsonl");
    expect((await bot("journal", "export", "last", "--journal", journal, "--out", out)).code).toBe(0);
    const again = await bot("journal", "export", "last", "--journal", journal, "--out", out);
    expect(again.stderr).toContain("it is there already");
    const copy = at("copy.sqlite");
    expect((await bot("journal", "import", out, "--journal", copy)).stdout).toMatch(/^run \S+: \d+ lines\n$/);
    expect((await bot("replay", "last", "--journal", copy)).code).toBe(0);
    const exported = await bot("journal", "export", "last", "--journal", copy);
    expect(exported.stdout).toBe(readFileSync(out, "utf8"));
    const report = (await bot("report", "last", "--journal", copy)).stdout;
    expect((await bot("journal", "compact", copy, "--days", "0")).stdout).toMatch(
      /lines of market data dropped.*\n.*cannot be replayed.*\n.*MB smaller/,
    );
    expect((await bot("report", "last", "--journal", copy)).stdout).toBe(report);
    const replayed = await bot("replay", "last", "--journal", copy);
    expect(replayed.stderr).toMatch(/was compacted at 20.*cannot be replayed/);
    expect(replayed.code).toBe(1);
    expect((await bot("journal", "check", copy)).code).toBe(0);
    const half = at("half.jsonl");
    writeFileSync(half, readFileSync(out, "utf8").slice(0, -40));
    const cut = await bot("journal", "import", half, "--journal", at("none.sqlite"));
    expect(cut.stderr).toMatch(/no JSON object|was cut off/);
    expect(JSON.parse((await bot("journal", "check", at("none.sqlite"), "--json")).stdout)).toMatchObject({ runs: [] });
  });

  it("goes on with a journal that lost its end only when a person has accepted that", async ({ onTestFinished }) => {
    const journal = at("cut.sqlite");
    const start = ["start", ...maker, "--sandbox", "--duration", "4", "--journal", journal];
    const bot = spawnBot(onTestFinished, [...start.slice(0, -4), "--journal", journal]);
    await untilRun(bot);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    bot.child.kill("SIGKILL");
    await bot.ended;
    rmSync(`${journal}-wal`);
    const refused = await runBot(onTestFinished, start);
    expect(refused.stderr).toMatch(/its end was cut off.*bot journal accept/);
    expect(refused.code).toBe(1);
    const checked = await runBot(onTestFinished, ["journal", "check", journal]);
    expect(checked.code).toBe(1);
    expect(checked.stdout).toMatch(/its end was cut off|it is empty/);
    expect((await runBot(onTestFinished, ["journal", "accept", journal])).stdout).toMatch(
      /lines are left|will not be resumed/,
    );
    expect((await runBot(onTestFinished, start)).code).toBe(0);
  });
});
