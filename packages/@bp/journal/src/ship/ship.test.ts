// Shipping to a real server: in order, at least once, there once, through every break.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isBpError } from "@bp/core";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { compactJournal } from "../compact.ts";
import { type JournalStore, openJournal } from "../open.ts";
import { beat, everyKind, newRun } from "../run.fixture.ts";
import { storeAddress } from "./address.ts";
import { startProxy } from "./proxy.fixture.ts";
import { open, password, serverHere, type TestServer } from "./server.fixture.ts";
import { type ShipState, shipJournal, startShipper } from "./shipper.ts";

const found = await serverHere();
const server = found as TestServer; // without one nothing of this is run
let database = "";
let folder = "";
let stores: JournalStore[] = [];
let children: ChildProcess[] = [];
const cleanups: (() => Promise<unknown>)[] = [];

const file = () => join(folder, "journal.sqlite");
const address = (port?: number) => storeAddress(server.url(database, port), "--store");

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "journal-ship-"));
  if (found !== undefined) database = await server.database();
});
afterEach(async () => {
  for (const each of children) each.kill("SIGKILL");
  for (const each of cleanups.splice(0)) await each();
  for (const each of stores) each.close();
  stores = [];
  children = [];
  rmSync(folder, { recursive: true, force: true });
});

/** A journal with one run of so many lines. */
function journalOf(lines: number, id = "r1") {
  const store = openJournal(file());
  stores.push(store);
  const journal = store.begin(newRun(id));
  const write = (from: number, to: number) => {
    for (let seq = from; seq <= to; seq++) {
      journal.append(beat(seq));
      if (seq % 10 === 0) journal.commit();
    }
    journal.commit();
  };
  write(1, lines);
  return { store, journal, write };
}

async function rowsOf(run: string): Promise<readonly string[]> {
  const connection = await open(server.url(database));
  const rows = await connection.query(
    "SELECT seq, at, dir, type, body::text AS body FROM bp_entry WHERE run = $1 ORDER BY seq",
    [run],
  );
  await connection.close();
  return rows.map((row) =>
    JSON.stringify([Number(row["seq"]), Number(row["at"]), row["dir"], row["type"], row["body"]]),
  );
}

async function countOf(run: string): Promise<number> {
  const connection = await open(server.url(database));
  const [row] = await connection
    .query("SELECT count(*) AS count FROM bp_entry WHERE run = $1", [run])
    .catch(() => [{ count: 0 }]); // no tables yet
  await connection.close();
  return Number(row?.["count"]);
}

/** What the journal has of a run, as the store would show it. */
function linesOf(store: JournalStore, run: string): readonly string[] {
  return [...store.read(run)].map(({ seq, at, entry }) => {
    const [type, body] = entry.dir === "in" ? [entry.event.type, entry.event] : ["", entry];
    return JSON.stringify([seq, at, entry.dir, type, JSON.stringify(body)]);
  });
}

async function until(isSo: () => Promise<boolean> | boolean, ms = 100_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error("it did not come to be");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const quiet = { onBehind: () => undefined, onBack: () => undefined, pollMs: 20, timeoutMs: 20_000 };

function spawnShipper(port?: number): ChildProcess {
  const script = fileURLToPath(new URL("./shipper.fixture.ts", import.meta.url));
  const child = spawn(
    process.execPath,
    ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning", script, file()],
    {
      env: { ...process.env, STORE: server.url(database, port) },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  children.push(child);
  return child;
}

describe.skipIf(found === undefined)("shipping to PostgreSQL", { timeout: 180_000 }, () => {
  afterAll(() => server.stop());

  it("ships every kind of entry byte for byte, in order, with the record of the run and its end", async () => {
    const store = openJournal(file());
    stores.push(store);
    const journal = store.begin(newRun("r1"));
    for (const entry of everyKind()) journal.append(entry);
    journal.commit();
    expect(await shipJournal({ file: file(), store: address() })).toBe(everyKind().length);
    journal.close({ net: "1.10" });
    expect(await shipJournal({ file: file(), store: address() })).toBe(0);
    const connection = await open(server.url(database));
    const bodies = await connection.query("SELECT body::text AS body, sum FROM bp_entry ORDER BY seq");
    const [run] = await connection.query(
      "SELECT id, params::text AS params, ended, summary::text AS summary FROM bp_run",
    );
    await connection.close();
    expect(bodies).toHaveLength(everyKind().length);
    expect(bodies.every(({ sum }) => Number(sum) > 0)).toBe(true);
    expect(run).toMatchObject({ id: "r1", params: JSON.stringify(newRun("r1").params), summary: '{"net":"1.10"}' });
    expect(Number(run?.["ended"])).toBeGreaterThan(0);
  });

  it("follows a run that is being written, several runs in one file, and catches up at the end", async () => {
    const { store, write, journal } = journalOf(50);
    const shipper = startShipper({ file: file(), store: address(), ...quiet });
    write(51, 400);
    const other = store.begin(newRun("r2", { key: "other" }));
    for (let seq = 1; seq <= 30; seq++) other.append(beat(seq));
    other.close({});
    write(401, 700);
    journal.close({});
    expect(await shipper.finish(60_000)).toEqual({ behind: 0, why: undefined });
    expect(await rowsOf("r1")).toEqual(linesOf(store, "r1"));
    expect(await countOf("r2")).toBe(30);
  });

  it("has each line once after its process was killed in the middle of a batch, again and again", async () => {
    const { store, write } = journalOf(0);
    const proxy = await startProxy(server.port);
    cleanups.push(() => proxy.close());
    let before = 0;
    for (let round = 1; round <= 4; round++) {
      write((round - 1) * 5_000 + 1, round * 5_000);
      const child = spawnShipper(proxy.port);
      await until(async () => (await countOf("r1")) > before || child.exitCode !== null);
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      before = await countOf("r1");
      expect(before % 1_000).toBe(0); // whole batches alone
    }
    await shipJournal({ file: file(), store: address() });
    expect(await rowsOf("r1")).toEqual(linesOf(store, "r1"));
  });

  it("is one story when two ship the same journal at once", async () => {
    const { store } = journalOf(12_000);
    await Promise.all([1, 2, 3].map(() => shipJournal({ file: file(), store: address() })));
    expect(await rowsOf("r1")).toEqual(linesOf(store, "r1"));
  });

  it("goes on after connections that were cut in the middle of what was sent", async () => {
    const { store } = journalOf(6_000);
    const proxy = await startProxy(server.port);
    cleanups.push(() => proxy.close());
    proxy.cutAfter(60_000, 200_000, 333_333);
    const shipper = startShipper({ file: file(), store: address(proxy.port), ...quiet, dice: () => 0 });
    await until(() => proxy.connections > 3);
    expect((await shipper.finish(60_000)).behind).toBe(0);
    expect(proxy.connections).toBeGreaterThan(3);
    expect(await rowsOf("r1")).toEqual(linesOf(store, "r1"));
  });

  it("goes on after the server was killed (kill -9) and started again; tells once that it is behind, and once that it is back", async () => {
    if (server.kill === undefined) return; // it is somebody's own
    const { store, write } = journalOf(100);
    const told: string[] = [];
    const shipper = startShipper({
      ...quiet,
      file: file(),
      store: address(),
      tellMs: 1_000,
      onBehind: (state: ShipState) => told.push(`behind: ${state.why ?? ""}`),
      onBack: () => told.push("back"),
    });
    await until(async () => (await countOf("r1")) === 100);
    await server.kill();
    write(101, 5_000);
    await until(() => told.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // it tries in vain meanwhile, and says no more
    expect(told).toHaveLength(1);
    await server.start();
    await until(() => told.length > 1);
    expect(told[1]).toBe("back");
    expect((await shipper.finish(60_000)).behind).toBe(0);
    expect(told).toHaveLength(2);
    expect(told.join()).not.toContain(password);
    expect(await rowsOf("r1")).toEqual(linesOf(store, "r1"));
  });

  it("ends within its time when the server hangs, and says what is left", async () => {
    journalOf(300);
    const proxy = await startProxy(server.port);
    cleanups.push(() => proxy.close());
    proxy.hang(true);
    const shipper = startShipper({ ...quiet, file: file(), store: address(proxy.port), timeoutMs: 60_000 });
    await until(() => proxy.connections > 0);
    const began = performance.now();
    const state = await shipper.finish(1_000);
    expect(performance.now() - began).toBeLessThan(30_000); // an answer would be waited for twice as long
    expect(state.behind).not.toBe(0);
    proxy.hang(false);
    expect(await shipJournal({ file: file(), store: address() })).toBe(300); // by hand, later
  });

  it("gives up a server that accepts and never answers after its time, in words without a secret", async () => {
    journalOf(10);
    const proxy = await startProxy(server.port);
    cleanups.push(() => proxy.close());
    proxy.hang(true);
    const error: unknown = await shipJournal({ file: file(), store: address(proxy.port), timeoutMs: 300 }).catch(
      (each: unknown) => each,
    );
    expect(isBpError(error, "journal/store")).toBe(true);
    expect(String(error)).toContain(`postgres://bp@127.0.0.1:${proxy.port}/`);
    expect(String(error)).not.toContain(password);
  });

  it("never shows a password: wrong ones, hosts that are not there, addresses that are none", async () => {
    journalOf(10);
    const canary = "canary-pass-word-1234";
    const urls = [
      `postgres://bp:${canary}@127.0.0.1:${server.port}/${database}`,
      `postgres://bp:${canary}@127.0.0.1:1/${database}`,
      `postgres://${canary}:${canary}@127.0.0.1:${server.port}/${database}?password=${canary}`,
    ];
    for (const url of urls) {
      const error: unknown = await shipJournal({
        file: file(),
        store: storeAddress(url, "--store"),
        timeoutMs: 2_000,
      }).catch((each: unknown) => each);
      expect(isBpError(error, "journal/store"), String(error)).toBe(true);
      expect(String(error).replaceAll(`//${canary}@`, "//")).not.toContain(canary); // a user's name is no secret
    }
    for (const text of [`mysql://u:${canary}@h/d`, canary, `postgres://u:${canary}@h`])
      expect(() => storeAddress(text, "--store")).toThrowError(/^(?!.*canary).*$/s);
  });

  it("refuses a store of a newer version, and makes its tables once when many come at the same time", async () => {
    journalOf(10);
    await Promise.all(Array.from({ length: 6 }, () => shipJournal({ file: file(), store: address() })));
    expect(await countOf("r1")).toBe(10);
    const connection = await open(server.url(database));
    await connection.query("UPDATE bp_version SET version = 99");
    await connection.close();
    await expect(shipJournal({ file: file(), store: address() })).rejects.toThrowError(
      /newer version \(schema 99.*update the bot/,
    );
  });

  it("does not go on with a run whose last line in the store is another one", async () => {
    const { store } = journalOf(100);
    await shipJournal({ file: file(), store: address() });
    store.close();
    stores = [];
    const connection = await open(server.url(database));
    await connection.query("UPDATE bp_entry SET sum = 1 WHERE seq = 100");
    await connection.close();
    const refused: string[] = [];
    const again = openJournal(file());
    stores.push(again);
    const journal = again.resume("r1");
    journal.append(beat(101));
    journal.commit();
    await shipJournal({ file: file(), store: address(), onRefused: (why) => refused.push(why) });
    expect(refused.join()).toContain("run r1: goes on differently in the store");
    expect(await countOf("r1")).toBe(100);
  });

  it("does not mix two copies of a journal that go on at the same time", async () => {
    const { store } = journalOf(100);
    const copy = join(folder, "copy.sqlite");
    store.close();
    stores = [];
    copyFileSync(file(), copy);
    const refused: string[] = [];
    const shipper = (from: string) =>
      startShipper({ ...quiet, file: from, store: address(), onRefused: (why) => refused.push(`${from}: ${why}`) });
    const goOn = (from: string) => {
      const opened = openJournal(from);
      stores.push(opened);
      return opened.resume("r1");
    };
    const [here, there] = [goOn(file()), goOn(copy)];
    const both = [shipper(file()), shipper(copy)];
    await until(async () => (await countOf("r1")) === 100); // both have compared what they have
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (let seq = 101; seq <= 150; seq++) here.append(beat(seq));
    here.commit();
    await until(async () => (await countOf("r1")) === 150);
    for (let seq = 101; seq <= 400; seq++) there.append(beat(seq + 1)); // another story, and a longer one
    there.commit();
    await until(() => refused.length > 0);
    here.close({});
    await Promise.all(both.map((each) => each.finish(10_000)));
    expect(refused).toEqual([expect.stringMatching(/^\S+copy.sqlite: run r1: goes on differently in the store/)]);
    expect(await countOf("r1")).toBe(150);
    expect(await rowsOf("r1")).toEqual(linesOf(stores[0] as JournalStore, "r1"));
  });

  it("does not go on with a run that has ended in the store", async () => {
    const { store } = journalOf(100);
    store.close();
    stores = [];
    const copy = join(folder, "copy.sqlite");
    copyFileSync(file(), copy);
    const ending = openJournal(copy);
    stores.push(ending);
    ending.resume("r1").close({});
    await shipJournal({ file: copy, store: address() });
    const going = openJournal(file());
    stores.push(going);
    const journal = going.resume("r1");
    journal.append(beat(101));
    journal.commit();
    const refused: string[] = [];
    await shipJournal({ file: file(), store: address(), onRefused: (why) => refused.push(why) });
    expect(refused.join()).toContain("run r1: goes on differently in the store");
    expect(await countOf("r1")).toBe(100);
  });

  it("sends what compacting has left of a run that was sent in part, and says from where on the market data is lost", async () => {
    const { store, journal } = journalOf(40);
    await shipJournal({ file: file(), store: address() });
    for (const entry of everyKind()) journal.append(entry);
    for (let seq = 100; seq <= 120; seq++) journal.append(beat(seq));
    journal.close({});
    compactJournal(file(), { before: Number.MAX_SAFE_INTEGER, now: 1 });
    const refused: string[] = [];
    await shipJournal({ file: file(), store: address(), onRefused: (why) => refused.push(why) });
    expect(refused).toEqual([
      expect.stringMatching(
        /^run r1: was compacted before all of it was in the store .*: the market data after line 40 is lost there/,
      ),
    ]);
    const seqs = (await rowsOf("r1")).map((row) => Number(/^\[(\d+)/.exec(row)?.[1]));
    const left = [...store.read("r1", 41)].map(({ seq }) => seq);
    expect(left.length).toBeGreaterThan(10); // what was decided and traded
    expect(seqs).toEqual([...Array.from({ length: 40 }, (_, at) => at + 1), ...left]);
    expect(await shipJournal({ file: file(), store: address() })).toBe(0);
  });
});
