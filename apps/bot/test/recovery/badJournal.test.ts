// A journal that is not what it was: the bot says so and what to do, ends, has sent nothing, and leaves every file as it found it.
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { random } from "@bp/core";
import { testKeys } from "@bp/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, runBot, spawnBot } from "../process.ts";
import { type Finished, layTable, type Table } from "../table.ts";

const isLong = process.env["BP_LONG"] === "1";
const folder = mkdtempSync(join(tmpdir(), "bp-bad-journal-"));
const undo: (() => void | Promise<void>)[] = [];
const atTheEnd: Finished = (each) => void undo.push(each);
let table: Table;
/** What a bot that was killed with six quotes has left. */
const whole = join(folder, "whole");
const name = "journal.sqlite";

const keysOf = (account: string) => {
  const { apiKey, secret } = testKeys(account);
  return { env: { BACKPACK_KEY: apiKey, BACKPACK_SECRET: secret } };
};
const commandLine = (journal: string) => {
  const maker = ["--symbol", table.symbol, "--spread", "0.5", "--quantity", "0.1"];
  const limits = ["--max-position", "5", "--position-threshold", "5"];
  return [
    "start",
    "--live",
    "--yes",
    ...maker,
    ...limits,
    "--rest",
    table.rest,
    "--ws",
    table.ws,
    "--journal",
    journal,
  ];
};

beforeAll(async () => {
  table = await layTable(atTheEnd);
  mkdirSync(whole);
  const bot = spawnBot(atTheEnd, commandLine(join(whole, name)), keysOf("alice"));
  await bot.says("account link.restored", 60_000); // a machine that does other things too
  await table.until("six quotes", () => table.open().length === 6);
  table.take("sell", "0.1", "149.62");
  await table.until("a position", () => table.position() === "0.10");
  await table.until("six quotes again", () => table.open().length === 6);
  bot.child.kill("SIGKILL");
  await bot.ended;
  const half = join(whole, "half"); // the log in the file, and some of it not
  mkdirSync(half);
  for (const file of filesIn(whole)) copyFileSync(join(whole, file), join(half, file));
  const db = new DatabaseSync(join(half, name));
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
});
afterAll(async () => {
  for (const each of undo.toReversed()) await each();
  rmSync(folder, { recursive: true, force: true });
});

const filesIn = (where: string) =>
  readdirSync(where, { withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => each.name);
/** What is in the files. Locks, shared memory and an empty log of SQLite are nobody's record. */
const contentOf = (where: string) =>
  filesIn(where)
    .filter((file) => !file.endsWith(".lock") && !file.endsWith("-shm"))
    .filter((file) => !file.endsWith("-wal") || readFileSync(join(where, file)).length > 0)
    .map(
      (file) =>
        `${file} ${createHash("sha256")
          .update(readFileSync(join(where, file)))
          .digest("hex")}`,
    );

let count = 0;
/** A copy of the journal, to be damaged. @param from - `whole`: all of it in the log, `half`: all of it in the file */
function copied(from: "whole" | "half"): { readonly where: string; readonly file: string } {
  const where = join(folder, `copy-${++count}`);
  mkdirSync(where);
  const source = from === "whole" ? whole : join(whole, "half");
  for (const each of filesIn(source)) copyFileSync(join(source, each), join(where, each));
  return { where, file: join(where, name) };
}

/** Starts a bot on it and expects that it refuses: nothing sent, nothing changed. */
async function refused(
  finished: Finished,
  { where, file }: { readonly where: string; readonly file: string },
): Promise<Ended> {
  const before = { sent: table.sent().length, cancels: table.cancels().length, content: contentOf(where) };
  const ended = await runBot(finished, commandLine(file), keysOf("alice"));
  const said = `${ended.stdout}${ended.stderr}`;
  expect([1, 2], said).toContain(ended.code);
  expect({ sent: table.sent().length, cancels: table.cancels().length }, said).toEqual({
    sent: before.sent,
    cancels: before.cancels,
  });
  expect(contentOf(where), said).toEqual(before.content);
  expect(ended.stderr).toMatch(/^error: journal /m);
  expect(ended.stderr, "no stack").not.toMatch(/^\s+at /m);
  return ended;
}

describe("bot start on a journal", () => {
  it("that is whole goes on; that is why the others are refused", async ({ onTestFinished }) => {
    const { file } = copied("half");
    const bot = spawnBot(onTestFinished, commandLine(file), keysOf("alice"));
    await bot.says(/resumes run \S+-live-/, 60_000);
    expect(bot.stderr).not.toContain("error:");
    bot.child.kill("SIGKILL"); // the others find the table as it was
    await bot.ended;
  });

  it("of a newer version says which one it reads, and to update", async ({ onTestFinished }) => {
    const copy = copied("half");
    const db = new DatabaseSync(copy.file);
    db.exec("PRAGMA user_version = 99");
    db.close();
    const { stderr } = await refused(onTestFinished, copy);
    expect(stderr).toMatch(/newer version \(schema 99, this one reads up to \d+\); update the bot/);
  });

  it.for([
    ["HTML", "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>"],
    ["JSON", JSON.stringify({ orders: [] })],
    ["noise", Buffer.from(Array.from({ length: 20_000 }, (_, at) => (at * 7_919) % 256))],
  ] as const)("that is %s says that it is no journal", async ([, content], { onTestFinished }) => {
    const where = join(folder, `other-${++count}`);
    mkdirSync(where);
    writeFileSync(join(where, name), content);
    const { stderr } = await refused(onTestFinished, { where, file: join(where, name) });
    expect(stderr).toContain("not an SQLite database");
  });

  it("that is a folder says what cannot be done", async ({ onTestFinished }) => {
    const where = join(folder, `other-${++count}`);
    mkdirSync(join(where, name), { recursive: true });
    const { stderr } = await refused(onTestFinished, { where, file: join(where, name) });
    expect(stderr).toContain("this is a folder; name a file in it");
  });

  it("of another program says so", async ({ onTestFinished }) => {
    const where = join(folder, `other-${++count}`);
    mkdirSync(where);
    const db = new DatabaseSync(join(where, name));
    db.exec("CREATE TABLE trades (id INTEGER); INSERT INTO trades VALUES (1)");
    db.close();
    const { stderr } = await refused(onTestFinished, { where, file: join(where, name) });
    expect(stderr).toContain("another program");
  });

  it.skipIf(process.getuid?.() === 0)("that may not be written says which", async ({ onTestFinished }) => {
    const copy = copied("half");
    chmodSync(copy.file, 0o400);
    chmodSync(copy.where, 0o500);
    onTestFinished(() => chmodSync(copy.where, 0o700));
    const { stderr } = await refused(onTestFinished, copy);
    expect(stderr).toMatch(/read-only|opened/);
  });

  it("whose place has no folder that could be made names it", async ({ onTestFinished }) => {
    const { stderr } = await refused(onTestFinished, { where: whole, file: "/proc/nowhere/journal.sqlite" });
    expect(stderr).toMatch(/the folder \/proc\/nowhere cannot be made/);
  });

  const cuts = isLong ? 24 : 3;
  it.for(Array.from({ length: cuts }, (_, at) => (at + 0.5) / cuts))(
    "cut off after a share of %f says that its end is missing, or that it is damaged",
    async (share, { onTestFinished }) => {
      const copy = copied("half");
      truncateSync(copy.file, Math.floor(readFileSync(copy.file).length * share));
      const { stderr } = await refused(onTestFinished, copy);
      expect(stderr).toMatch(/damaged|cut off|not an SQLite database/);
    },
  );

  it.for(Array.from({ length: cuts }, (_, at) => at / cuts))(
    "whose log is cut off after a share of %f says that its end is missing",
    async (share, { onTestFinished }) => {
      const copy = copied("whole");
      const log = `${copy.file}-wal`;
      truncateSync(log, Math.floor(readFileSync(log).length * share));
      const { stderr } = await refused(onTestFinished, copy);
      expect(stderr).toMatch(/cut off|damaged/);
      expect(stderr).toMatch(/bot journal accept|--no-resume|new file/); // the next step
    },
  );

  const flips = isLong ? 60 : 4;
  it.for(Array.from({ length: flips }, (_, at) => at))(
    "with a flipped bit, %i, refuses or has lost nothing",
    async (seed, { onTestFinished }) => {
      const copy = copied("half");
      const chance = random(seed + 1);
      const bytes = readFileSync(copy.file);
      const at = Math.floor(chance.next() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(chance.next() * 8));
      writeFileSync(copy.file, bytes);
      const bot = spawnBot(onTestFinished, commandLine(copy.file), keysOf("alice"));
      const before = table.sent().length;
      const code = await Promise.race([
        bot.ended.then((ended) => ended.code),
        bot.says(/resumes run/).then(() => "resumes"),
      ]).catch(() => bot.ended.then((ended) => ended.code));
      if (code === "resumes") {
        bot.child.kill("SIGKILL"); // a byte that nobody uses: the run is as it was
        await bot.ended;
        return;
      }
      expect([1, 2], bot.stderr).toContain(code);
      expect(bot.stderr).toMatch(/^error: journal /m);
      expect(table.sent().length).toBe(before);
    },
  );

  it("of another account begins a run of its own and touches nothing of the other", async ({ onTestFinished }) => {
    const { file } = copied("half");
    const before = table.open();
    const { code, stdout } = await runBot(onTestFinished, [...commandLine(file), "--duration", "1"], keysOf("bob"));
    expect(stdout).not.toContain("resumes run");
    expect(code).toBe(0);
    expect(table.open()).toEqual(before);
  });

  it("that is damaged is passed by with a new file, and the orders of the old run are told as the user's own", async ({
    onTestFinished,
  }) => {
    const copy = copied("whole");
    truncateSync(`${copy.file}-wal`, 0);
    await refused(onTestFinished, copy);
    const fresh = [...commandLine(join(copy.where, "new.sqlite")), "--existing", "ignore"];
    const bot = spawnBot(onTestFinished, fresh, keysOf("alice"));
    await bot.says("6 resting orders that nobody here placed are left alone");
    bot.child.kill("SIGINT");
    const { code, stdout, stderr } = await bot.ended;
    expect(code, stdout + stderr).toBe(0);
    expect(table.open().length).toBe(6);
  });
});
