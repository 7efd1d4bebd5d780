// The journal in memory.
import { describe, expect, it } from "vitest";
import { type Entry, memoryJournal } from "./journal.ts";

describe("memoryJournal", () => {
  it("keeps what is appended, in order", () => {
    const journal = memoryJournal();
    const notes: Entry[] = [1, 2, 3].map((cause) => ({ dir: "note", cause, rule: "test", why: "because" }));
    for (const note of notes) journal.append(note);
    journal.commit();
    expect(journal.entries).toEqual(notes);
  });
});
