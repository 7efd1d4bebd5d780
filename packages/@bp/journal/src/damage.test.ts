// A journal that was cut anywhere, or in which a bit has flipped: whole, or refused in words; never silently less.
import {
  copyFileSync,
  mkdirSync,
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
import { isBpError } from "@bp/core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openJournal } from "./open.ts";
import { beat, everyKind, newRun } from "./run.fixture.ts";

let folder = "";
/** A journal as a killed bot leaves it: an ended run, one that goes on, most of both in the log (`-wal`). */
let killed = "";
/** The same after all of it was moved into the file. */
let tidied = "";
let whole = "";
let copies = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-damage-"));
  const store = openJournal(join(folder, "made", "journal.sqlite"));
  const first = store.begin(newRun("r1", { key: "other" }));
  for (const entry of everyKind()) first.append(entry);
  first.close({ net: "1" });
  const journal = store.begin(newRun("r2"));
  for (let seq = 1; seq <= 300; seq++) {
    journal.append(beat(seq));
    if (seq % 20 === 0) journal.commit();
  }
  whole = told(store);
  killed = copyOf(join(folder, "made"));
  store.close();
  tidied = copyOf(join(folder, "made"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function copyOf(from: string): string {
  const to = join(folder, `copy-${++copies}`);
  mkdirSync(to);
  for (const name of readdirSync(from)) if (!name.endsWith("-shm")) copyFileSync(join(from, name), join(to, name));
  return to;
}

/** Everything that is in it. */
function told(store: ReturnType<typeof openJournal>): string {
  const runs = store.runs().map((run) => [run, [...store.read(run.id)]]);
  return JSON.stringify([runs, store.unfinished("backpack/config-1")?.id]);
}

/** What a start and a reader make of it: `whole`, or the words of the refusal. Anything else is a defect. */
function found(journal: string): string {
  const store = openJournal(join(journal, "journal.sqlite"));
  try {
    const all = told(store);
    store.resume("r2").close();
    return all === whole ? "whole" : "less";
  } finally {
    store.close();
  }
}

const inWords = /damaged|cut off|newer version|another program|not an SQLite database|does not parse/;

function judge(journal: string): string {
  try {
    return found(journal);
  } catch (error) {
    if (!isBpError(error, "journal/unreadable") || !inWords.test(error.message)) throw error;
    return "refused";
  } finally {
    rmSync(journal, { recursive: true });
  }
}

describe("a journal that was cut", () => {
  it("is whole or refused, wherever its file or its log was cut", () => {
    const verdicts = { whole: 0, refused: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom("journal.sqlite", "journal.sqlite-wal"),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (name, part) => {
          const copy = copyOf(killed);
          const size = statSync(join(copy, name)).size;
          truncateSync(join(copy, name), Math.min(size - 1, Math.floor(size * part)));
          const verdict = judge(copy);
          expect(verdict).not.toBe("less");
          verdicts[verdict as "whole"] += 1;
        },
      ),
      { numRuns: 300 },
    );
    expect(verdicts.refused).toBeGreaterThan(250);
  });

  it("is refused without its log, and with an empty file", () => {
    const copy = copyOf(killed);
    rmSync(join(copy, "journal.sqlite-wal"));
    expect(judge(copy)).toBe("refused");
    const empty = copyOf(tidied);
    writeFileSync(join(empty, "journal.sqlite"), "");
    expect(judge(empty)).toBe("refused");
  });

  it("is whole as it was left, and after its witness was lost", () => {
    expect(judge(copyOf(killed))).toBe("whole");
    const copy = copyOf(killed);
    for (const name of readdirSync(copy)) if (name.endsWith(".tail")) rmSync(join(copy, name));
    expect(judge(copy)).toBe("whole");
  });

  it("goes on where a power cut has left it, if the witness is as old as the rest: the venue knows more then", () => {
    const cut = copyOf(killed);
    const store = openJournal(join(cut, "journal.sqlite"));
    const journal = store.resume("r2");
    const before = copyOf(cut); // what the disk had
    for (let seq = 301; seq <= 320; seq++) journal.append(beat(seq));
    journal.commit();
    const witness = readdirSync(cut).filter((name) => name.endsWith(".tail"));
    store.close();
    const ahead = copyOf(before);
    for (const name of witness) copyFileSync(join(cut, name), join(ahead, name));
    expect(judge(ahead)).toBe("refused");
    expect(judge(before)).toBe("whole"); // as it was then
  });

  it("begins anew where it was taken away", () => {
    const copy = copyOf(tidied);
    rmSync(join(copy, "journal.sqlite"));
    const store = openJournal(join(copy, "journal.sqlite"));
    expect(store.runs()).toEqual([]);
    store.close();
  });
});

describe("a journal with a flipped bit", () => {
  it("is whole or refused, wherever the bit is", () => {
    const verdicts = { whole: 0, refused: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom("killed", "tidied"),
        fc.constantFrom("journal.sqlite", "journal.sqlite-wal", ".tail"),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.nat(7),
        (state, which, part, bit) => {
          const copy = copyOf(state === "killed" ? killed : tidied);
          const name = readdirSync(copy).find((each) => (which === ".tail" ? each.endsWith(which) : each === which));
          if (name === undefined) return rmSync(copy, { recursive: true });
          const bytes = readFileSync(join(copy, name));
          const at = Math.floor(bytes.length * part);
          bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
          writeFileSync(join(copy, name), bytes);
          const verdict = judge(copy);
          expect(verdict).not.toBe("less");
          verdicts[verdict as "whole"] += 1;
        },
      ),
      { numRuns: 600 },
    );
    expect(verdicts.refused).toBeGreaterThan(100);
  });
});
