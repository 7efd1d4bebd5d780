// The decision behind what a page has shown a moment before it was written.
import { join } from "node:path";
import { type Line, openJournal, type RunJournal } from "@bp/journal";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordedRun } from "../../explain/run.fixture.ts";
import { decisionOf } from "./decision.ts";

const isFill = ({ entry }: Line) => entry.dir === "in" && entry.event.type === "order.filled";

describe("decisionOf", () => {
  const undo: (() => void)[] = [];
  let file = "";
  let run = "";
  let trade = "";
  let journal: RunJournal;
  /** From the first fill on: what the run has not written yet. */
  let rest: readonly Line[] = [];
  beforeEach(async () => {
    const recorded = await recordedRun((remove) => undo.push(remove), 60);
    const before = openJournal(recorded.file, { access: "read" });
    const [record] = before.runs();
    const lines = [...before.read(recorded.run)];
    before.close();
    const at = lines.findIndex(isFill);
    const fill = lines[at]?.entry;
    if (record === undefined || fill?.dir !== "in" || fill.event.type !== "order.filled") throw new Error("no fill");
    [run, trade, rest] = [record.id, fill.event.tradeId, lines.slice(at)];
    file = join(recorded.file, "../growing.sqlite");
    const store = openJournal(file);
    undo.push(() => store.close());
    journal = store.begin(record);
    for (const { entry } of lines.slice(0, at)) journal.append(entry);
    journal.commit();
  });
  afterEach(() => {
    for (const each of undo.splice(0).toReversed()) each();
  });

  const write = () => {
    for (const { entry } of rest) journal.append(entry);
    journal.commit();
  };

  it("waits for a fill that a run has told and not yet written", async () => {
    const decision = decisionOf({ kind: "decision", file, run, at: `fill:${trade}` });
    write();
    expect((await decision).event).toContain("order.filled");
  });

  it("says at once that there is no such event", async () => {
    const decision = decisionOf({ kind: "decision", file, run, at: "999999999999" });
    write();
    await expect(decision).rejects.toMatchObject({ code: "config/invalid" });
  });

  it("says after some looks that there is no such fill", async () => {
    await expect(decisionOf({ kind: "decision", file, run, at: "fill:none" })).rejects.toMatchObject({
      code: "config/invalid",
    });
  });
});
