// Writing on a disk that is slow or fails.
import { BpError, type Entry } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createWriting } from "./writing.ts";

const entry: Entry = { dir: "note", cause: 1, rule: "r", why: "w" };

/** A journal whose commits take what `took` says, in ms, or throw what it holds. */
function writing() {
  const told: string[] = [];
  let clock = 0;
  const disk: { takes: number | Error } = { takes: 1 };
  const made = createWriting({
    journal: {
      append: () => undefined,
      commit: () => {
        if (disk.takes instanceof Error) throw disk.takes;
        clock += disk.takes;
      },
    },
    onFailure: (error) => void told.push(`failed: ${String(error)}`),
    onSlow: (why) => void told.push(why),
    onQuick: () => void told.push("quick"),
    slowMs: 2_000,
    now: () => clock,
  });
  const pass = (ms: number) => {
    clock += ms;
  };
  return { ...made, disk, told, pass };
}

const locked = new BpError("journal/slow", { file: "j", why: "another program keeps it locked" });

describe("createWriting", () => {
  it("lets nothing go that adds risk after a commit that took too long, until three in a row were quick", () => {
    const { commit, beat, disk, told } = writing();
    expect(commit()).toBe(true);
    disk.takes = 2_001;
    expect(commit()).toBe(false); // durable, but decided two seconds ago
    expect(told).toEqual(["writing took 2.0 s"]);
    disk.takes = 600;
    beat();
    disk.takes = 1;
    beat();
    beat();
    disk.takes = 501; // not quick
    beat();
    disk.takes = 1;
    beat();
    expect(commit()).toBe(false);
    expect(told).toHaveLength(1);
    beat();
    expect(told).toEqual(["writing took 2.0 s", "quick"]);
    expect(commit()).toBe(true);
  });

  it("takes a locked file for a slow one, and tries again at each beat", () => {
    const { commit, beat, disk, told } = writing();
    disk.takes = locked;
    expect(commit()).toBe(false);
    beat();
    beat();
    disk.takes = 1;
    for (let each = 0; each < 3; each++) beat();
    expect(told).toEqual(["another program keeps it locked", "quick"]);
  });

  it("writes nothing any more once it failed, also while it was slow", () => {
    const { append, commit, beat, disk, told } = writing();
    disk.takes = locked;
    commit();
    disk.takes = new BpError("journal/write", { file: "j", why: "the disk is full" });
    beat();
    disk.takes = 1;
    append(entry);
    for (let each = 0; each < 5; each++) beat();
    expect(commit()).toBe(false);
    expect(told).toEqual([
      "another program keeps it locked",
      "failed: BpError: journal j cannot be written: the disk is full",
    ]);
  });

  it("makes durable at a beat what has waited for a second, and so finds out that the journal is slow", () => {
    const { beat, commit, disk, told, pass } = writing();
    commit();
    disk.takes = locked;
    beat();
    expect(told).toEqual([]); // not yet
    pass(1_000);
    beat();
    expect(told).toEqual(["another program keeps it locked"]);
  });
});
