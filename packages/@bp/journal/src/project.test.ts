// Tables made from entries.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { decimal, type Entry, type Event, type EventOf, lots, millis, ticks } from "@bp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openJournal } from "./open.ts";
import { a, b, beat, event, fill, newRun, perp, place, start } from "./run.fixture.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-project-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const seen = (told: Event): Entry => ({ dir: "in", event: told });

function projected(entries: readonly Entry[], times = 1) {
  const file = join(folder, "journal.sqlite");
  const store = openJournal(file);
  const journal = store.begin(newRun("r1"));
  for (const each of entries) journal.append(each);
  journal.close();
  for (let time = 0; time < times; time++) store.project("r1");
  store.close();
  const db = new DatabaseSync(file, { readOnly: true });
  const all = (sql: string) =>
    db
      .prepare(sql)
      .all()
      .map((row) => Object.values(row));
  const tables = {
    orders: all("SELECT client_id, price, size, filled, state, text FROM orders ORDER BY client_id"),
    fills: all("SELECT trade_id, price, size, fee, ours FROM fill ORDER BY trade_id"),
    equity: all("SELECT position, realized, unrealized, fees, funding, net FROM equity ORDER BY rowid"),
    refusals: all("SELECT who, why FROM refusal ORDER BY rowid"),
  };
  db.close();
  return tables;
}

const empty = { positions: [], balances: [], fills: [], orders: [] };

const story: readonly Entry[] = [
  beat(1),
  place(1),
  seen(event(2, { type: "order.accepted", clientId: a, venueOrderId: "v1" })),
  seen(fill(3, 50, 50)),
  seen(fill(4, 50, 50, { tradeId: "t3" })), // told twice
  seen(
    event(5, {
      type: "mark.changed",
      instrument: perp.id,
      mark: 15_100,
      index: 15_100,
      fundingRate: 0,
      fundingAt: millis(start),
    }),
  ),
  seen(fill(6, 150, 200)),
  seen(event(7, { type: "funding.paid", instrument: perp.id, amount: decimal("-0.01"), asset: "USDC" })),
  place(7, b),
  seen(event(8, { type: "order.rejected", clientId: b, reason: "no-funds", text: "Insufficient funds" })),
  { dir: "note", cause: 8, rule: "max-position", why: "trimmed" },
  seen({ ...fill(9, 5, 5), clientId: undefined }),
];

describe("project", () => {
  it("makes orders, fills, equity and refusals", () => {
    expect(projected(story)).toEqual({
      orders: [
        [a, "150.00", "2.00", "2.00", "filled", ""],
        [b, "150.00", "2.00", "0.00", "rejected", "Insufficient funds"],
      ],
      fills: [
        ["t3", "150.00", "0.50", "0.03", 1],
        ["t6", "150.00", "1.50", "0.03", 1],
        ["t9", "150.00", "0.05", "0.03", 0],
      ],
      equity: [
        ["0.50", "0", "0", "0.03", "0", "-0.03"],
        ["2.00", "0", "2", "0.06", "0", "1.94"],
        ["2.00", "0", "2", "0.06", "-0.01", "1.93"],
      ],
      refusals: [
        ["venue", "no-funds: Insufficient funds"],
        ["max-position", "trimmed"],
      ],
    });
  });

  it("gives the same however often it is done", () => {
    const once = projected(story);
    rmSync(folder, { recursive: true });
    expect(projected(story, 3)).toEqual(once);
  });

  it("ends an order that a snapshot lacks, unless it may be on the wire, and takes missed fills from it", () => {
    const snapshot = (seq: number, fills: readonly EventOf<"order.filled">[]) =>
      seen(event(seq, { type: "account.snapshot", venue: "backpack", asOf: millis(start + seq), ...empty, fills }));
    expect(projected([beat(1), place(1), snapshot(2_000, [])]).orders[0]?.[4]).toBe("placing");
    rmSync(folder, { recursive: true });
    expect(projected([beat(1), place(1), snapshot(20_000, [])]).orders[0]?.[4]).toBe("gone");
    rmSync(folder, { recursive: true });
    const partly = projected([beat(1), place(1), snapshot(2_000, [fill(3, 50, 50)])]).orders[0];
    expect(partly?.slice(3, 5)).toEqual(["0.50", "gone"]); // the fill shows that it had arrived
  });

  it("shows doubt until somebody knows", () => {
    const doubted = seen(event(2, { type: "order.doubted", clientId: a, request: "place", text: "no answer" }));
    expect(projected([beat(1), place(1), doubted]).orders[0]?.slice(4)).toEqual(["unknown", "no answer"]);
    rmSync(folder, { recursive: true });
    const open = {
      clientId: a,
      venueOrderId: "v",
      instrument: perp.id,
      side: "buy" as const,
      price: ticks(15_000),
      size: lots(200),
      filled: lots(20),
    };
    const snapshot = seen(
      event(3, { type: "account.snapshot", venue: "backpack", asOf: millis(start + 3), ...empty, orders: [open] }),
    );
    expect(projected([beat(1), place(1), doubted, snapshot]).orders[0]?.slice(3, 5)).toEqual(["0.20", "open"]);
  });

  it("leaves other runs' rows alone", () => {
    const file = join(folder, "two.sqlite");
    const store = openJournal(file);
    for (const id of ["r1", "r2"]) {
      const journal = store.begin(newRun(id, { key: id }));
      for (const each of story) journal.append(each);
      journal.commit();
    }
    store.project("r1");
    store.project("r2");
    store.project("r1");
    store.close();
    const db = new DatabaseSync(file, { readOnly: true });
    expect(
      db
        .prepare("SELECT run, count(*) AS n FROM fill GROUP BY run ORDER BY run")
        .all()
        .map((row) => Object.values(row)),
    ).toEqual([
      ["r1", 3],
      ["r2", 3],
    ]);
    db.close();
  });
});
