// journal/append: entries into the log, made durable each time a decision waits for it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Entry, type Event, lots, millis, ticks } from "@bp/core";
import { openJournal } from "@bp/journal";
import type { Group } from "../../group.ts";
import { race } from "../../race.ts";

const start = millis(Date.UTC(2026, 0, 1));
const perCommit = 10;
const pieces = 100;

export const append: Group = {
  about: `Entries a second into a file, ${perCommit} to a commit that survives the death of the process.`,
  run: async (options) => {
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    const store = openJournal(join(folder, "ours.sqlite"));
    const limit = new DatabaseSync(join(folder, "limit.sqlite"));
    try {
      const journal = store.begin({
        id: "bench",
        mode: "bench",
        key: "bench",
        strategy: "none",
        params: {},
        instruments: [],
        version: "0",
        clientRun: 1,
        started: start,
      });
      let seq = 0;
      const ours = () => {
        for (let piece = 0; piece < pieces; piece++) {
          for (let count = 0; count < perCommit; count++) journal.append(entryOf(++seq));
          journal.commit();
        }
        return pieces * perCommit;
      };
      ours();
      const lines = store.read("bench")[Symbol.iterator]();
      const written = Array.from({ length: 20 }, (_, place) => entryOf(place + 1));
      const read = written.map(() => lines.next().value?.entry);
      const same = JSON.stringify(read) === JSON.stringify(written);
      const figures = race(
        [
          { name: "node:sqlite, text ready", role: "limit", work: bare(limit) },
          { name: "@bp/journal", role: "ours", work: ours },
        ],
        options,
      );
      return {
        unit: "/s",
        figures,
        facts: [],
        wrong: same ? [] : ["@bp/journal: what was read is not what was written"],
      };
    } finally {
      store.close();
      limit.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function eventOf(seq: number): Event {
  const at = millis(start + seq);
  return {
    type: "book.changed",
    instrument: "backpack:SOL_USDC_PERP",
    bids: [[ticks(15_000 + (seq % 100)), lots(120)]],
    asks: [],
    venueAt: at,
    at,
    seq,
  };
}

const entryOf = (seq: number): Entry => ({ dir: "in", event: eventOf(seq) });

/** The same rows with nothing to be worked out. */
function bare(db: DatabaseSync): () => number {
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = normal; PRAGMA wal_autocheckpoint = 16000");
  db.exec(
    "CREATE TABLE entry (run TEXT, seq INTEGER, at INTEGER, dir TEXT, type TEXT, body TEXT, PRIMARY KEY (run, seq)) STRICT, WITHOUT ROWID",
  );
  const insert = db.prepare("INSERT INTO entry (run, seq, at, dir, type, body) VALUES (?, ?, ?, ?, ?, ?)");
  const body = JSON.stringify(eventOf(1));
  let seq = 0;
  return () => {
    for (let piece = 0; piece < pieces; piece++) {
      db.exec("BEGIN IMMEDIATE");
      for (let count = 0; count < perCommit; count++) insert.run("bench", ++seq, start, "in", "book.changed", body);
      db.exec("COMMIT");
    }
    return pieces * perCommit;
  };
}
