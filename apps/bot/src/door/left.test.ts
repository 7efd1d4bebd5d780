// What bots leave that are in no list any more, as a door tells it that was opened later: runs, reports, killed accounts.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openJournal } from "@bp/journal";
import type { Hello, Kills, Runs } from "dashboard/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enter } from "../bots/enter.ts";
import { mark, unmark } from "../bots/marks.ts";
import { writeRecord } from "../bots/registry.ts";
import { recordedRun } from "../explain/run.fixture.ts";
import { asked, type OpenedDoor, opened } from "./open.fixture.ts";

describe("what bots have left", () => {
  const state = mkdtempSync(join(tmpdir(), "bp-left-"));
  const before = process.env["BP_STATE"];
  const removals: (() => void)[] = [];
  const record = { role: "bot", place: "sandbox", lasts: true, accounts: [] } as const;
  let open: OpenedDoor;
  let journal = "";
  let ended = "";
  const bot = (file: string) => enter({ record: { ...record, journal: file }, killFile: undefined, killed: () => {} });
  const lineOf = async (id: string) => {
    const { runs } = (await asked(open.door, "/api/runs")).json() as unknown as Runs;
    return runs.find((each) => each.id === id);
  };
  beforeAll(async () => {
    process.env["BP_STATE"] = state;
    const recorded = await recordedRun((remove) => removals.push(remove), 60);
    ({ file: journal, run: ended } = recorded);
    const store = openJournal(journal);
    const [run] = store.runs();
    if (run === undefined) throw new Error("nothing was recorded");
    store.begin({ ...run, id: "cut-off", mode: "sandbox" });
    store.close();
    open = await opened();
  });
  afterAll(async () => {
    await open.door.close();
    if (before === undefined) delete process.env["BP_STATE"];
    else process.env["BP_STATE"] = before;
    rmSync(state, { recursive: true, force: true });
    for (const remove of removals) remove();
  });

  it("has the runs of a journal of its own when its bot is forgotten, with their reports", async () => {
    expect(await lineOf(ended)).toBeUndefined();
    const one = bot(journal);
    const listed = await lineOf(ended);
    one.leave("nothing");
    expect(statSync(one.folder, { throwIfNoEntry: false })).toBeUndefined();
    const line = await lineOf(ended);
    expect(line).toMatchObject({ id: ended, brief: { quote: "USDC" } });
    expect(line).toEqual(listed); // a page that has the list from before can open it
    const report = await asked(open.door, `/api/bots/${line?.bot}/runs/${ended}/report`);
    expect([report.status, report.body.startsWith("<!doctype html>")]).toEqual([200, true]);
  });

  it("says of a run without an end whether a bot has it in hand", async () => {
    const one = bot(journal);
    writeRecord(one.folder, { ...one.record, run: "cut-off" });
    expect(await lineOf("cut-off")).toMatchObject({ inHand: true });
    writeRecord(one.folder, { ...one.record, run: "cut-off", pid: 2 ** 30 });
    expect(await lineOf("cut-off")).not.toHaveProperty("inHand");
    one.leave("nothing");
    expect(await lineOf("cut-off")).not.toHaveProperty("inHand");
    expect(await lineOf(ended)).not.toHaveProperty("inHand");
  });

  it("tells which accounts are killed, to who may look too", async () => {
    const kills = async () => {
      const answer = await asked(open.door, "/api/kills", { token: open.door.tokens.viewer });
      return (answer.json() as unknown as Kills).kills;
    };
    expect(await kills()).toEqual([]);
    const kill = { account: "sandbox/0a", venue: "backpack", by: "the dashboard", at: 1_000 };
    mark(kill);
    expect(await kills()).toEqual([kill]);
    unmark(kill.account);
    expect(await kills()).toEqual([]);
  });

  it("says how the command line finds the runs of the bot here, from its first moment on", async () => {
    const flagOf = async ({ door }: OpenedDoor) =>
      ((await asked(door, "/api/hello")).json() as unknown as Hello).journalFlag;
    const one = bot("/elsewhere/it is mine.sqlite");
    const here = await opened({ folder: one.folder });
    expect(await flagOf(here)).toBe(" --journal '/elsewhere/it is mine.sqlite'");
    await here.door.close();
    one.leave("nothing");
    expect(await flagOf(open)).toBeUndefined();
  });
});
