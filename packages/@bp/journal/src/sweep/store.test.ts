import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { millis } from "@bp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkJournal, openJournal } from "../index.ts";
import type { KeptTrial } from "./row.ts";
import { openSweeps, type SweepStore } from "./store.ts";

let folder = "";
const stores: SweepStore[] = [];
const path = () => join(folder, "journal.sqlite");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sweeps-"));
});
afterEach(() => {
  for (const each of stores.splice(0)) each.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(access: "read" | "write" = "write"): SweepStore {
  const store = openSweeps(path(), { access });
  stores.push(store);
  return store;
}
const sweep = { id: "s1", name: "maker.yaml", spec: { a: [1] }, version: "0.1.0", started: 1_000 };
const trial = (key: string, net = "1.5", worker = "thread 1"): KeptTrial => ({
  key,
  part: { name: "all", from: 0, to: 1 },
  values: { a: key },
  outcome: { net, returns: [0.1, -0.2, 1 / 3], figures: { sharpe: 1.25, none: null } },
  ms: 12.5,
  worker,
});

describe("openSweeps", () => {
  it("gives back what was put, in its order, after closing as well", () => {
    const { outcome: _, ...failed } = { ...trial("c"), failed: "no market" };
    const all: readonly KeptTrial[] = [trial("b"), trial("a", "-2"), failed];
    open().begin(sweep).put(all);
    for (const each of stores.splice(0)) each.close();
    const store = open("read");
    expect([...store.trials("s1")]).toEqual(all);
    expect(store.sweeps()).toEqual([{ ...sweep, trials: 3 }]);
  });

  it("goes on with a sweep, and takes what another sweep has found", () => {
    const store = open();
    store.begin(sweep).put([trial("a")]);
    const other = store.begin({ ...sweep, id: "s2" });
    expect(other.take("a")).toEqual(trial("a"));
    expect(other.take("b")).toBeUndefined();
    other.put([trial("b")]);
    expect([...store.trials("s2")].map(({ key }) => key)).toEqual(["a", "b"]);
    expect([...store.trials("s1")].map(({ key }) => key)).toEqual(["a"]);
  });

  it("keeps a result once, however often it comes", () => {
    const writer = open().begin(sweep);
    expect(writer.put([trial("a"), trial("a", "1.5", "thread 2")])).toEqual({ added: 1, equal: 1, differing: [] });
  });

  it("keeps the first of two results that differ, and tells of the second", () => {
    const store = open();
    const writer = store.begin(sweep);
    writer.put([trial("a")]);
    const other = trial("a", "1.6");
    expect(writer.put([other])).toEqual({ added: 0, equal: 0, differing: [other] });
    expect(writer.put([{ ...trial("a"), outcome: undefined, failed: "died" }]).differing).toHaveLength(1);
    expect(writer.take("a")?.outcome?.net).toBe("1.5");
    expect(store.differing("s1")).toBe(2);
  });

  it("lets a result take the place of a failure", () => {
    const writer = open().begin(sweep);
    writer.put([{ ...trial("a"), outcome: undefined, failed: "died" }]);
    expect(writer.put([trial("a")]).added).toBe(1);
    expect(writer.take("a")?.outcome?.net).toBe("1.5");
  });

  it("lets one process make a sweep at a time", () => {
    const writer = open().begin(sweep);
    expect(() => open().begin(sweep)).toThrow(/in use by this very process, sweep s1/);
    open().begin({ ...sweep, id: "s2" }); // another one may be made meanwhile
    writer.close();
    expect(open().begin(sweep).record.trials).toBe(0);
  });

  it("lives in one file with runs, and leaves a journal without sweeps as it is", () => {
    const journal = openJournal(path());
    const run = {
      id: "r1",
      mode: "paper",
      key: "k",
      strategy: "maker",
      params: {},
      instruments: [],
      version: "0",
      clientRun: 1,
      started: millis(1),
    };
    journal.begin(run);
    journal.close();
    expect(open("read").sweeps()).toEqual([]);
    expect([...open("read").trials("s1")]).toEqual([]);
    open()
      .begin(sweep)
      .put([trial("a")]);
    expect(checkJournal(path()).findings).toEqual([]);
    const again = openJournal(path());
    expect(again.runs().map(({ id }) => id)).toEqual(["r1"]);
    again.close();
  });

  it("does not believe a row that is not what was written", () => {
    open()
      .begin(sweep)
      .put([trial("a")]);
    for (const each of stores.splice(0)) each.close();
    const db = new DatabaseSync(path());
    db.exec(`UPDATE trial SET outcome = replace(outcome, '1.5', '9.5')`);
    db.close();
    expect(() => [...open("read").trials("s1")]).toThrow(/trial a is not what was written/);
    expect(() => open().begin(sweep).take("a")).toThrow(/trial a is not what was written/);
  });

  it("walks through many trials page by page", () => {
    const store = open();
    const keys = Array.from({ length: 1_250 }, (_, at) => `k${at}`);
    store.begin(sweep).put(keys.map((key) => trial(key)));
    expect([...store.trials("s1")].map(({ key }) => key)).toEqual(keys);
  });
});
