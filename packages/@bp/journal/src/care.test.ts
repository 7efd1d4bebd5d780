// Looking through, exporting, importing, making smaller, accepting, and bringing up to date.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { type Entry, isBpError } from "@bp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptCut } from "./accept.ts";
import { claimAccount } from "./account.ts";
import { checkJournal } from "./check.ts";
import { compactJournal } from "./compact.ts";
import { exportRun, importRun } from "./export.ts";
import { type JournalStore, openJournal } from "./open.ts";
import { beat, everyKind, fill, newRun, place, start } from "./run.fixture.ts";

let folder = "";
const opened: JournalStore[] = [];
const children: ChildProcess[] = [];
const path = (name = "journal.sqlite") => join(folder, name);
const open = (name?: string, options: Parameters<typeof openJournal>[1] = {}) => {
  const store = openJournal(path(name), options);
  opened.push(store);
  return store;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-care-"));
});
afterEach(() => {
  for (const each of children.splice(0)) each.kill("SIGKILL");
  for (const each of opened.splice(0)) each.close();
  rmSync(folder, { recursive: true, force: true });
});

function why(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (isBpError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "nothing was thrown";
}

/** An ended run of every kind of entry, one with many beats, and one that goes on. */
function fillUp(beats = 3_000): void {
  const store = open();
  const first = store.begin(newRun("r1", { key: "a" }));
  for (const entry of everyKind()) first.append(entry);
  first.close({ net: "1" });
  const second = store.begin(newRun("r2", { key: "b" }));
  for (let seq = 1; seq <= beats; seq++) {
    second.append(beat(seq));
    if (seq % 100 === 0) second.append(place(seq));
  }
  second.append({ dir: "in", event: fill(beats + 1, 1, 1) });
  second.close({ net: "2" });
  const third = store.begin(newRun("r3", { key: "c" }));
  third.append(beat(1));
  store.close();
}

describe("checkJournal", () => {
  it("finds nothing wrong with a whole journal, also while it is written", () => {
    fillUp();
    const found = checkJournal(path());
    expect(found.findings).toEqual([]);
    expect(found.version).toBe(2);
    expect(found.runs.map(({ id, state }) => `${id} ${state}`)).toEqual(["r3 unfinished", "r2 ended", "r1 ended"]);
    expect(found.bytes).toBe(statSync(path()).size);
    const journal = open().resume("r3");
    journal.append(beat(2));
    journal.commit();
    expect(checkJournal(path()).findings).toEqual([]);
  });

  it("tells a changed line, a missing one, a cut end, a file that is none", () => {
    fillUp();
    const db = new DatabaseSync(path());
    db.exec("DROP TRIGGER entry_stays; DROP TRIGGER entry_as_it_was");
    db.exec("UPDATE entry SET body = replace(body, 'beat', 'best') WHERE run = 'r2' AND seq = 7");
    db.exec("DELETE FROM entry WHERE run = 'r2' AND seq IN (20, 21)");
    db.close();
    expect(checkJournal(path()).findings.join()).toContain("its tables are not those of version 2");
    const schema = new DatabaseSync(path());
    open("other.sqlite").close();
    const other = new DatabaseSync(path("other.sqlite"));
    for (const { sql } of other.prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").all())
      schema.exec(String(sql));
    for (const each of [schema, other]) each.close();
    const { findings } = checkJournal(path());
    expect(findings).toContain("run r2: line 7 is not what was written");
    expect(findings).toContain("run r2: lines 20 to 21 are missing");
    expect(why(() => [...open().read("r2")])).toMatch(/line 7 of run r2 is not what was written.*bot journal check/);
    writeFileSync(path("text"), "x".repeat(5_000));
    expect(checkJournal(path("text")).findings.join()).toContain("not an SQLite database");
    expect(checkJournal(path("none")).findings).toEqual(["there is no such file"]);
  });
});

describe("exportRun and importRun", () => {
  it("give back the same run in another journal, byte for byte", async () => {
    fillUp(50);
    for (const run of ["r1", "r2", "r3"]) {
      const text = [...exportRun(path(), run, "jsonl")];
      expect(await importRun(path("other.sqlite"), text, "x")).toEqual({ run, lines: text.length - 2 });
      const again = [...exportRun(path("other.sqlite"), run, "jsonl")];
      expect(again.slice(1)).toEqual(text.slice(1));
    }
    expect(checkJournal(path("other.sqlite")).findings).toEqual([]);
    const other = open("other.sqlite");
    expect([...other.read("r1")].map(({ entry }) => entry)).toStrictEqual(everyKind());
    expect(other.unfinished("c")).toBeUndefined(); // it may go on where it came from
  });

  it("take all or nothing", async () => {
    fillUp(50);
    const text = [...exportRun(path(), "r2", "jsonl")];
    const words = async (lines: readonly string[]) =>
      importRun(path("other.sqlite"), lines, "x.jsonl").then(
        () => "taken",
        (error: unknown) => String(error),
      );
    expect(await words(text.slice(0, -1))).toContain("was cut off");
    expect(await words(text.toSpliced(5, 1))).toContain(
      "has 51 lines of 52".replace("51", String(text.length - 3)).replace("52", String(text.length - 2)),
    );
    expect(await words(text.map((line) => line.replace('"name":"beat"', '"name":"best"')))).toContain(
      "is not what was exported",
    );
    expect(await words(["what"])).toContain("no JSON object");
    expect(await words(["{}"])).toContain("is no export of a run");
    expect(open("other.sqlite").runs()).toEqual([]);
    expect(await words(text)).toBe("taken");
    expect(await words(text)).toContain("is there already");
  });

  it("write tables that quote what must be quoted", () => {
    fillUp(3);
    const lines = [...exportRun(path(), "r1", "csv")];
    expect(lines[0]).toBe("seq,at,time,dir,type,body\r\n");
    expect(lines).toHaveLength(everyKind().length + 1);
    expect(lines[1]).toMatch(/^1,\d+,2025-.*Z,in,book\.reset,"\{""type""/);
  });
});

describe("compactJournal", () => {
  const options = { before: Number.MAX_SAFE_INTEGER, now: start };
  const kept = (entries: readonly Entry[]) =>
    entries.filter((each) => each.dir !== "in" || each.event.type !== "timer.fired");

  it("drops market facts of ended runs alone, keeps the rest in order, and gives the space back", () => {
    fillUp(12_000);
    const before = [...open().read("r2")].map(({ entry }) => entry);
    for (const each of opened.splice(0)) each.close();
    const result = compactJournal(path(), { ...options, reportOf: (run) => ({ of: run.id }) });
    expect(result.runs).toEqual(["r2", "r1"]);
    expect(result.vacuumed).toBe(true);
    expect(result.freed).toBeGreaterThan(1_000_000);
    const store = open();
    expect([...store.read("r2")].map(({ entry }) => entry)).toStrictEqual(kept(before));
    expect(store.run("r2")).toMatchObject({ compacted: start, report: { of: "r2" }, summary: { net: "2" } });
    expect([...store.read("r3")]).toHaveLength(1);
    expect(store.unfinished("c")?.id).toBe("r3");
    expect(checkJournal(path()).findings).toEqual([]);
    expect(compactJournal(path(), options).runs).toEqual([]);
    const db = new DatabaseSync(path());
    expect(() => db.exec("DELETE FROM entry WHERE run = 'r2' AND type = 'order.place'")).toThrow("never deleted");
    db.close();
  });

  it("leaves young runs, and the size of the file while a run is being written", () => {
    fillUp(5_000);
    expect(compactJournal(path(), { before: start, now: start }).runs).toEqual([]);
    const writer = open().resume("r3");
    const result = compactJournal(path(), options);
    expect(result).toMatchObject({ runs: ["r2", "r1"], vacuumed: false, freed: 0 });
    writer.append(beat(2));
    writer.commit();
    expect(checkJournal(path()).findings).toEqual([]);
  });

  it("loses nothing that is to be kept when it is killed anywhere, and goes on the next time", {
    timeout: 180_000,
  }, async () => {
    fillUp(20_000);
    const before = [...open().read("r2")].map(({ entry }) => entry);
    for (const each of opened.splice(0)) each.close();
    const script = fileURLToPath(new URL("./compact.fixture.ts", import.meta.url));
    for (const ms of [20, 80, 200]) {
      const child = spawn(process.execPath, ["--conditions=@bp/source", script, path()], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      children.push(child);
      await once(child.stdout, "data"); // it begins
      await new Promise((resolve) => setTimeout(resolve, ms));
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      const store = open();
      expect(kept([...store.read("r2")].map(({ entry }) => entry))).toStrictEqual(kept(before));
      store.close();
    }
    compactJournal(path(), options);
    expect([...open().read("r2")].map(({ entry }) => entry)).toStrictEqual(kept(before));
    expect(checkJournal(path()).findings).toEqual([]);
  });
});

describe("acceptCut", () => {
  it("goes on without the end that is missing: the run is not resumed, its numbers are not used again", () => {
    const store = open();
    const number = store.nextClientRun();
    const journal = store.begin(newRun("r1", { clientRun: number }));
    for (let seq = 1; seq <= 500; seq++) {
      journal.append(beat(seq));
      journal.commit();
    }
    for (const name of ["journal.sqlite", "journal.sqlite-wal"]) copyFileSync(path(name), path(`copy-${name}`));
    store.close();
    for (const name of ["journal.sqlite", "journal.sqlite-wal"]) copyFileSync(path(`copy-${name}`), path(name));
    rmSync(path("journal.sqlite-shm"), { force: true });
    truncateSync(path("journal.sqlite-wal"), Math.floor(statSync(path("journal.sqlite-wal")).size / 2));
    expect(why(() => open())).toMatch(
      /journal\/unreadable: .*its end was cut off: lines \d+ to 500 of run r1 are missing.*bot journal accept/,
    );
    expect(why(() => open(undefined, { access: "read" }))).toContain("its end was cut off");
    expect(open(undefined, { access: "read", end: "as it is" }).runs()).toMatchObject([
      { id: "r1", clientRun: number },
    ]);
    const [cut] = acceptCut(path());
    expect(cut).toMatchObject({ run: "r1", seq: 500 });
    const again = open();
    expect([...again.read("r1")]).toHaveLength(cut?.left ?? 0);
    expect(again.unfinished("backpack/config-1")).toBeUndefined();
    expect(why(() => again.resume("r1"))).toContain("has lost its end");
    expect(again.nextClientRun()).not.toBe(number);
    expect(acceptCut(path())).toEqual([]);
  });
});

describe("a journal of version 1", () => {
  it("is brought up to date by whoever opens it, a reader too, and its runs go on", () => {
    fillUp(10);
    const db = new DatabaseSync(path("old.sqlite"));
    const source = readFileSync(new URL("./version1.fixture.sql", import.meta.url), "utf8");
    db.exec(source);
    db.close();
    expect(checkJournal(path("old.sqlite")).findings.join()).toContain("version 1, without checksums");
    const store = open("old.sqlite", { access: "read" });
    expect([...store.read("old")].map(({ entry }) => entry)).toStrictEqual([beat(1), beat(2)]);
    store.close();
    const journal = open("old.sqlite").resume("old");
    expect(journal.lastEvent).toBe(2);
    journal.append(beat(3));
    journal.close({});
    expect(checkJournal(path("old.sqlite")).findings).toEqual([]);
  });
});

describe("a locked file", () => {
  it("is slow first, without waiting again, and a failure after its time; nothing is lost meanwhile", () => {
    const journal = open(undefined, { patienceMs: 400, giveUpMs: 8_000 }).begin(newRun("r1"));
    journal.append(beat(1));
    const other = new DatabaseSync(path());
    other.exec("BEGIN IMMEDIATE");
    const timed = () => {
      const began = performance.now();
      const said = why(() => journal.commit());
      return { said, ms: performance.now() - began };
    };
    const first = timed();
    expect(first.said).toContain("journal/slow");
    expect(first.ms).toBeGreaterThan(300);
    const rest = Array.from({ length: 20 }, timed);
    expect(rest.every(({ said }) => said.includes("journal/slow"))).toBe(true);
    expect(rest.map(({ ms }) => ms).toSorted((a, b) => a - b)[10]).toBeLessThan(200); // no more waiting
    for (let seq = 2; seq <= 1_200; seq++) journal.append(beat(seq)); // beyond the buffer
    other.exec("ROLLBACK");
    journal.commit();
    other.exec("BEGIN IMMEDIATE");
    journal.append(beat(1_201));
    timed();
    const deadline = performance.now() + 60_000;
    let last = "";
    while (!last.includes("journal/write") && performance.now() < deadline) last = timed().said;
    expect(last).toContain("another program has kept it locked for too long");
    other.exec("ROLLBACK");
    other.close();
    journal.commit();
    expect([...open().read("r1")]).toHaveLength(1_201);
  });
});

describe("claimAccount", () => {
  it("lets one have an account, says who has it, and lets go with the process", async () => {
    const state = join(folder, "state", "below");
    const lock = claimAccount(state, "live/1", "backpack");
    lock.tell("run-7");
    claimAccount(state, "live/2", "aster").release();
    expect(why(() => claimAccount(state, "live/1", "backpack"))).toMatch(
      /journal\/account-locked: account backpack is traded by this very process, run run-7, since 20.*Z; stop that bot first/,
    );
    lock.release();
    lock.release();
    const script = fileURLToPath(new URL("./claim.fixture.ts", import.meta.url));
    const child = spawn(process.execPath, ["--conditions=@bp/source", script, state, "live/1"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(child);
    await once(child.stdout, "data");
    expect(why(() => claimAccount(state, "live/1", "backpack"))).toContain(`process ${child.pid}, since`);
    child.kill("SIGKILL");
    await once(child, "exit");
    claimAccount(state, "live/1", "backpack").release();
  });
});
