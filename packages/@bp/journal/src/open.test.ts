// The journal on real files: what is kept, who may write, what a broken file says.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type BpError, type Entry, isBpError, millis } from "@bp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type JournalStore, openJournal } from "./open.ts";
import { beat, everyKind, newRun, place, start } from "./run.fixture.ts";

let folder = "";
const opened: JournalStore[] = [];
const open = (name = "journal.sqlite", options: Parameters<typeof openJournal>[1] = {}): JournalStore => {
  const store = openJournal(join(folder, name), options);
  opened.push(store);
  return store;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
});
afterEach(() => {
  for (const each of opened.splice(0)) each.close();
  rmSync(folder, { recursive: true, force: true });
});

const entriesOf = (store: JournalStore, run: string, from?: number): readonly Entry[] =>
  [...store.read(run, from)].map((each) => each.entry);

function failure(work: () => unknown): BpError {
  try {
    work();
  } catch (error) {
    if (isBpError(error)) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("openJournal: writing and reading", () => {
  it("gives back exactly what was appended, in order", () => {
    const store = open();
    const journal = store.begin(newRun("r1"));
    for (const each of everyKind()) journal.append(each);
    journal.commit();
    expect(entriesOf(store, "r1")).toStrictEqual(everyKind());
    expect([...store.read("r1")].map((each) => each.seq)).toEqual(everyKind().map((_, at) => at + 1));
  });

  it("makes no file of :memory: and keeps no entries there, only the run", () => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      const store = openJournal(":memory:");
      opened.push(store);
      const journal = store.begin(newRun("r1"));
      for (const each of everyKind()) journal.append(each);
      journal.commit();
      journal.tidy();
      expect(journal.lines).toBe(everyKind().length);
      expect(entriesOf(store, "r1")).toEqual([]);
      journal.close({ fills: 0 });
      expect(store.run("r1").summary).toEqual({ fills: 0 });
      expect(store.file).toBe(":memory:");
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      process.chdir(before);
    }
  });

  it("dates commands and notes by the event before them", () => {
    const store = open();
    const journal = store.begin(newRun("r1"));
    for (const each of [beat(1), place(1), beat(2)]) journal.append(each);
    journal.commit();
    expect([...store.read("r1")].map((each) => each.at - start)).toEqual([1, 1, 2]);
  });

  it("reads from any line on, lazily, over many pages, and again", () => {
    const store = open();
    const journal = store.begin(newRun("r1"));
    for (let seq = 1; seq <= 2_500; seq++) journal.append(beat(seq));
    journal.commit();
    const lines = store.read("r1", 1_200);
    expect([...lines]).toHaveLength(1_301);
    expect([...lines].at(-1)?.seq).toBe(2_500);
    for (const { seq } of store.read("r1")) if (seq === 5) break; // leaving early is fine
  });

  it("shows a reader what was committed and nothing else", () => {
    const store = open();
    const journal = store.begin(newRun("r1"));
    journal.append(beat(1));
    const reader = open("journal.sqlite", { access: "read" });
    expect(entriesOf(reader, "r1")).toHaveLength(0);
    journal.commit();
    expect(entriesOf(reader, "r1")).toHaveLength(1);
    expect(failure(() => reader.begin(newRun("r2"))).code).toBe("journal/write");
  });

  it("writes a full buffer by itself, by count and by size", () => {
    const store = open("journal.sqlite", { bufferEntries: 3 });
    const journal = store.begin(newRun("r1"));
    journal.append(beat(1));
    journal.append(beat(2));
    expect(entriesOf(store, "r1")).toHaveLength(0);
    journal.append(beat(3));
    expect(entriesOf(store, "r1")).toHaveLength(3);
    const small = open("small.sqlite", { bufferChars: 10 });
    small.begin(newRun("r1")).append(beat(1));
    expect(entriesOf(small, "r1")).toHaveLength(1);
  });

  it("keeps runs apart and lists the newest first", () => {
    const store = open();
    const one = store.begin(newRun("r1"));
    const two = store.begin(newRun("r2", { key: "other", seed: undefined }));
    one.append(beat(1));
    two.append(beat(1));
    two.append(beat(2));
    one.commit();
    two.commit();
    expect(store.runs().map((each) => each.id)).toEqual(["r2", "r1"]);
    expect(entriesOf(store, "r1")).toHaveLength(1);
    expect(store.run("r2")).toStrictEqual({
      ...newRun("r2", { key: "other", seed: undefined }),
      ended: undefined,
      summary: undefined,
      lines: undefined,
      compacted: undefined,
      kept: undefined,
      cut: undefined,
      report: undefined,
    });
  });

  it("refuses to change or delete an entry, also by hand", () => {
    const store = open();
    const journal = store.begin(newRun("r1"));
    journal.append(beat(1));
    journal.close();
    const db = new DatabaseSync(store.file);
    expect(() => db.exec("UPDATE entry SET body = '{}'")).toThrow(/never changed/);
    expect(() => db.exec("DELETE FROM entry")).toThrow(/never deleted/);
    db.close();
  });

  it("makes its folder, and takes no entry that would come back changed", () => {
    const store = open("a/b/journal.sqlite");
    const journal = store.begin(newRun("r1"));
    expect(failure(() => journal.append({ dir: "note", cause: 1, rule: "x", why: null as never })).code).toBe(
      "journal/bad-entry",
    );
    expect(journal.lines).toBe(0);
  });
});

describe("openJournal: runs", () => {
  it("ends a run with its summary, at the time of its newest event", () => {
    const store = open();
    const journal = store.begin(newRun("r1"));
    journal.append(beat(60));
    journal.close({ netQuote: "1.5", seed: null });
    journal.close({ twice: true });
    const run = store.run("r1");
    expect(run.summary).toEqual({ netQuote: "1.5", seed: null });
    expect(run.ended).toBe(millis(start + 60));
    expect(entriesOf(store, "r1")).toHaveLength(1);
    expect(store.unfinished("backpack/config-1")).toBeUndefined();
    expect(failure(() => store.resume("r1")).message).toContain("has ended");
  });

  it("resumes a run that was not ended, and goes on with its numbers", () => {
    const store = open();
    const first = store.begin(newRun("r1"));
    first.append(beat(1));
    first.append(place(1));
    first.append(beat(2));
    first.append({ dir: "note", cause: 2, rule: "x", why: "y" });
    first.close();
    const found = store.unfinished("backpack/config-1");
    expect(found?.id).toBe("r1");
    const again = store.resume("r1");
    expect(again.lastEvent).toBe(2);
    expect(again.lines).toBe(4);
    again.append(beat(3));
    again.close();
    expect([...store.read("r1")].map((each) => each.seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it("offers only the newest run of a key", () => {
    const store = open();
    store.begin(newRun("r1")).close();
    store.begin(newRun("r2")).close({});
    expect(store.unfinished("backpack/config-1")).toBeUndefined();
    expect(store.unfinished("nobody")).toBeUndefined();
  });

  it("says which runs there are when one is missing", () => {
    const store = open();
    expect(failure(() => store.run("r9")).message).toBe("no run r9; the journal is empty");
    store.begin(newRun("r1"));
    expect(failure(() => [...store.read("r9")]).message).toBe("no run r9; newest: r1");
    expect(failure(() => store.begin(newRun("r1"))).code).toBe("journal/bad-run");
    expect(failure(() => store.begin(newRun("a b"))).code).toBe("journal/bad-run");
    expect(failure(() => store.begin(newRun("r3", { clientRun: 256 }))).code).toBe("journal/bad-run");
  });

  it("does not lock a key for a run that could not begin", () => {
    const store = open();
    failure(() => store.begin(newRun("r1", { clientRun: -1 })));
    expect(store.begin(newRun("r1")).lines).toBe(0);
  });

  it("gives out client run numbers one after the other, round and round", () => {
    const store = open();
    const first = store.nextClientRun();
    const other = open(); // a second process would open the file like this
    expect(other.nextClientRun()).toBe((first + 1) % 256);
    const all = new Set(Array.from({ length: 254 }, () => store.nextClientRun()));
    expect(all.size).toBe(254);
    expect(store.nextClientRun()).toBe(first);
  });

  it("takes nothing after its end", () => {
    const journal = open().begin(newRun("r1"));
    journal.close();
    expect(failure(() => journal.append(beat(1))).message).toContain("has been closed");
  });

  it("keeps what is in the buffer when the store is closed, without ending the run", () => {
    const store = open();
    store.begin(newRun("r1")).append(beat(1));
    store.close();
    const again = open();
    expect(entriesOf(again, "r1")).toHaveLength(1);
    expect(again.unfinished("backpack/config-1")?.id).toBe("r1");
  });

  it("tidies the write-ahead log away on request", () => {
    const store = open();
    const journal = store.begin(newRun("r1"));
    for (let seq = 1; seq <= 5_000; seq++) journal.append(beat(seq));
    journal.commit();
    const before = statSync(store.file).size;
    journal.tidy();
    expect(statSync(store.file).size).toBeGreaterThan(before);
    expect(entriesOf(store, "r1")).toHaveLength(5_000);
  });
});

describe("openJournal: one writer per key", () => {
  it("refuses a second writer of the same key and says who the first is", () => {
    const store = open();
    store.begin(newRun("r1"));
    const other = open();
    const error = failure(() => other.begin(newRun("r2")));
    expect(error.code).toBe("journal/locked");
    expect(error.message).toBe(`journal ${store.file} is in use by this very process, run r1; stop that bot first`);
    expect(failure(() => other.resume("r1")).code).toBe("journal/locked");
  });

  it("lets another key write to the same file at the same time", () => {
    open().begin(newRun("r1")).append(beat(1));
    const other = open();
    const journal = other.begin(newRun("r2", { key: "backpack-2/config-1" }));
    journal.append(beat(1));
    journal.commit();
    expect(entriesOf(other, "r2")).toHaveLength(1);
  });

  it("gives the key free when the run is closed", () => {
    const journal = open().begin(newRun("r1"));
    journal.close();
    expect(open().begin(newRun("r2")).run.id).toBe("r2");
  });
});

describe("openJournal: files that are not as they should be", () => {
  it("tells a file that is no database", () => {
    writeFileSync(join(folder, "journal.sqlite"), "# my notes\n".repeat(100));
    const error = failure(() => open());
    expect(error.code).toBe("journal/unreadable");
    expect(error.message).toContain("not an SQLite database");
    expect(readdirSync(folder)).toEqual(["journal.sqlite"]); // and leaves it alone
  });

  it("tells another program's database, and does not touch it", () => {
    const file = join(folder, "journal.sqlite");
    const db = new DatabaseSync(file);
    db.exec("CREATE TABLE photos (id INTEGER)");
    db.close();
    const before = statSync(file).size;
    expect(failure(() => open()).message).toContain("database of another program");
    expect(statSync(file).size).toBe(before);
  });

  it("tells a journal of a newer version", () => {
    const store = open();
    store.close();
    const db = new DatabaseSync(store.file);
    db.exec("PRAGMA user_version = 7");
    db.close();
    expect(failure(() => open()).message).toContain("schema 7, this one reads up to 2");
  });

  it("tells a file that is not there, or empty, from one that can be read", () => {
    expect(failure(() => open("none.sqlite", { access: "read" })).message).toContain("no such file");
    writeFileSync(join(folder, "empty.sqlite"), "");
    expect(failure(() => open("empty.sqlite", { access: "read" })).message).toContain("it is empty");
    expect(existsSync(join(folder, "none.sqlite"))).toBe(false);
  });

  it("tells a damaged file", () => {
    const store = open();
    const journal = store.begin(newRun("r1"));
    for (let seq = 1; seq <= 3_000; seq++) journal.append(beat(seq));
    journal.close();
    store.close(); // the log is moved into the file
    truncateSync(store.file, 100_000);
    const error = failure(() => entriesOf(open(), "r1"));
    expect(error.code).toBe("journal/unreadable");
    expect(error.message).toContain("damaged");
  });

  it.for([0.3, 0.5, 0.7, 0.9])(
    "tells damage at %d of the file when it is opened to write, before anything relies on it",
    (part) => {
      const store = open();
      const journal = store.begin(newRun("r1"));
      for (let seq = 1; seq <= 3_000; seq++) journal.append(beat(seq));
      journal.close();
      store.close();
      const bytes = readFileSync(store.file);
      const page = Math.floor((bytes.length * part) / 4_096) * 4_096;
      writeFileSync(store.file, bytes.fill(0xa5, page, page + 4_096));
      const error = failure(() => open());
      expect(error.code).toBe("journal/unreadable");
      expect(error.message).toMatch(/the file is damaged \(.*copy it away/);
    },
  );

  it("tells the same of a large file, where it looks at what a start needs alone", () => {
    const store = open();
    const journal = store.begin(newRun("r1"));
    for (let seq = 1; seq <= 3_000; seq++) journal.append(beat(seq));
    journal.close();
    store.close();
    const end = statSync(store.file).size;
    truncateSync(store.file, 200_000_000); // a hole
    open().close();
    const bytes = readFileSync(store.file).subarray(0, end);
    writeFileSync(store.file, bytes.fill(0xa5, end - 40_960, end - 20_480));
    truncateSync(store.file, 200_000_000);
    expect(failure(() => open()).message).toContain("the file is damaged");
  });

  it("tells a line that does not parse", () => {
    const store = open();
    store.begin(newRun("r1")).append(beat(1));
    store.close();
    const db = new DatabaseSync(store.file);
    db.exec("INSERT INTO entry VALUES ('r1', 2, 0, 'in', 'timer.fired', '{\"type\":', NULL)");
    db.close();
    expect(failure(() => entriesOf(open(), "r1")).message).toContain("line 2 of run r1 does not parse");
  });

  it("tells a path that cannot be a file", () => {
    writeFileSync(join(folder, "plain"), "x");
    expect(failure(() => open("plain/journal.sqlite")).code).toBe("journal/write");
    expect(failure(() => openJournal(folder)).code).toBe("journal/write");
  });

  it.skipIf(process.platform !== "linux")(
    "tells a folder that can never be made, as in /proc, and does not try for ever",
    () => {
      const error = failure(() => openJournal("/proc/none/below/journal.sqlite"));
      expect(error.code).toBe("journal/write");
      expect(error.message).toContain("the folder /proc/none cannot be made (ENOENT)");
    },
  );

  it.skipIf(process.getuid?.() === 0)("tells a folder that it may not write in (skipped as root, who may)", () => {
    chmodSync(folder, 0o500);
    const error = failure(() => open());
    chmodSync(folder, 0o700);
    expect(error.code).toBe("journal/write");
  });

  it("loses without its witness only the torn end of a log that was cut off, and never half a batch", () => {
    const store = open();
    const journal = store.begin(newRun("r1"));
    for (let batch = 0; batch < 50; batch++) {
      for (let each = 1; each <= 20; each++) journal.append(beat(batch * 20 + each));
      journal.commit();
    }
    const copy = join(folder, "copy.sqlite");
    copyFileSync(store.file, copy);
    copyFileSync(`${store.file}-wal`, `${copy}-wal`);
    truncateSync(`${copy}-wal`, Math.floor(statSync(`${copy}-wal`).size * 0.7) + 13); // in the middle of a page
    const lines = entriesOf(open("copy.sqlite"), "r1");
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThan(1_000);
    expect(lines.length % 20).toBe(0);
    expect(lines).toStrictEqual(Array.from({ length: lines.length }, (_, at) => beat(at + 1)));
  });

  it("ignores rubbish behind the log", () => {
    const store = open();
    const journal = store.begin(newRun("r1"));
    journal.append(beat(1));
    journal.commit();
    const copy = join(folder, "copy.sqlite");
    copyFileSync(store.file, copy);
    copyFileSync(`${store.file}-wal`, `${copy}-wal`);
    writeFileSync(`${copy}-wal`, Buffer.alloc(5_000, 7), { flag: "a" });
    expect(entriesOf(open("copy.sqlite"), "r1")).toHaveLength(1);
  });
});
