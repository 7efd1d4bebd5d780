// One decision of a recorded run: found by whatever a person has of it, and told.
import type { Entry } from "@bp/core";
import { type JournalStore, openJournal } from "@bp/journal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entriesOf, runNamed } from "../runs.ts";
import { engineOf, type Recipe } from "../wire-up.ts";
import { decisionAt } from "./decision.ts";
import { eventMeant } from "./find.ts";
import { recordedRun } from "./run.fixture.ts";
import { aligned } from "./table.ts";
import { decisionText } from "./text.ts";

const removals: (() => void)[] = [];
let store: JournalStore;
let entries: readonly Entry[];

beforeAll(async () => {
  const { file, run } = await recordedRun((remove) => removals.push(remove));
  store = openJournal(file, { access: "read" });
  entries = [...entriesOf(store, run)];
});
afterAll(() => {
  store.close();
  for (const remove of removals) remove();
});

const fresh = () => {
  const { params, instruments, clientRun } = runNamed(store, "last");
  return engineOf(params as Recipe, instruments, clientRun); // written by `begin`
};
const first = (type: string) => {
  const found = entries.find((each) => each.dir === "out" && each.command.type === type);
  if (found?.dir !== "out" || !("clientId" in found.command)) throw new Error(`no ${type}`);
  return { cause: found.cause, clientId: found.command.clientId };
};

describe("eventMeant", () => {
  it("takes a number, a moment, an order, a cancel, a fill, and the last one", () => {
    const fill = entries.flatMap((each) =>
      each.dir === "in" && each.event.type === "order.filled" ? [each.event] : [],
    )[0];
    const [placed, cancelled] = [first("order.place"), first("order.cancel")];
    const last = entries.flatMap((each) => (each.dir === "in" ? [each.event.seq] : [])).at(-1);
    expect(eventMeant("7", entries)).toBe(7);
    expect(eventMeant(`order:${placed.clientId}`, entries)).toBe(placed.cause);
    expect(eventMeant(String(placed.clientId), entries)).toBe(placed.cause);
    expect(eventMeant(`cancel:${cancelled.clientId}`, entries)).toBe(cancelled.cause);
    expect(eventMeant(`fill:${fill?.tradeId}`, entries)).toBe(fill?.seq);
    expect(eventMeant("last", entries)).toBe(last);
    const before = entries.flatMap((each) =>
      each.dir === "in" && each.event.at <= Date.UTC(2026, 0, 1, 0, 1) ? [each.event.seq] : [],
    );
    for (const said of ["2026-01-01T00:01:00Z", "2026-01-01 00:01", String(Date.UTC(2026, 0, 1, 0, 1))])
      expect(eventMeant(said, entries)).toBe(before.at(-1));
  });

  it("names what there is for what is not there", () => {
    for (const said of ["0", "99999999", "order:1", "fill:none", "2020-01-01T00:00", "2099-01-01T00:00Z"])
      expect(() => eventMeant(said, entries)).toThrow(/events 1 to \d+/);
    for (const said of ["", "yesterday", "-1", "1.5", "2026-13-40T99:99", "order:"])
      expect(() => eventMeant(said, entries)).toThrow(/--at: found/);
    expect(() => eventMeant("1", [])).toThrow(/has none yet/);
  });
});

describe("decisionAt", () => {
  it("explains every kind of event, with the commands that the journal has", () => {
    const seen = new Set<string>();
    for (const entry of entries) {
      if (entry.dir !== "in" || seen.has(entry.event.type)) continue;
      seen.add(entry.event.type);
      const decided = decisionAt(fresh(), entries, entry.event.seq);
      expect(decided.strayed).toBe(undefined);
      expect(decided.explained.commands).toEqual(decided.written);
      for (const lang of ["en", "zh"] as const)
        expect(decisionText(decided, "r", runNamed(store, "last").instruments, lang).join("\n")).toContain(
          entry.event.type,
        );
    }
    expect(seen.size).toBeGreaterThan(6);
  });

  it("says that this program decides otherwise, at that event or before it", () => {
    const { cause } = first("order.place");
    const spoilt = entries.filter((each) => each.dir !== "out" || each.cause !== cause);
    expect(decisionAt(fresh(), spoilt, cause).strayed).toBe(cause);
    expect(decisionAt(fresh(), spoilt, cause + 5).strayed).toBe(cause);
  });

  it("tells a placed order as a person reads it", () => {
    const { cause, clientId } = first("order.place");
    const text = decisionText(decisionAt(fresh(), entries, cause), "r", runNamed(store, "last").instruments, "en").join(
      "\n",
    );
    expect(text).toMatch(new RegExp(`place +maker/buy.0 +${clientId} +buy +[\\d.]+ at [\\d.]+ +its slot is free`));
    expect(text).toContain(`order.place ${clientId} backpack:SOL_USDC_PERP buy`);
    expect(text).toMatch(/maker\/buy\.0: approved \(passed by .*max-position/);
  });
});

describe("aligned", () => {
  it("leaves out columns that are empty, and ends no line in spaces", () => {
    expect(
      aligned([
        ["a", "", "long"],
        ["bbb", "", ""],
      ]),
    ).toEqual(["a    long", "bbb"]);
    expect(aligned([])).toEqual([]);
  });
});
