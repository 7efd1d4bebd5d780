// Two bots of one user: one's door passes on what is asked of the other, as the same kind of caller.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { BotNow } from "dashboard/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bornOf, makeBotFolder, writeRecord } from "../bots/registry.ts";
import { doorFile, writeCard } from "./card.ts";
import { frameFixture } from "./frame.fixture.ts";
import { asked, type OpenedDoor, opened, streamed } from "./open.fixture.ts";
import type { DoorAsk } from "./words.ts";

describe("doors of several bots", () => {
  const state = mkdtempSync(join(tmpdir(), "bp-doors-"));
  const before = process.env["BP_STATE"];
  const asks: DoorAsk[] = [];
  let here: OpenedDoor;
  let other: OpenedDoor;
  let otherId = "";
  const bot = (at: number) => {
    const folder = makeBotFolder(at);
    const born = bornOf(process.pid) ?? "";
    const who = { role: "bot", pid: process.pid, born, started: at, place: "sandbox", lasts: false } as const;
    writeRecord(folder, { ...who, accounts: [], journal: ":memory:" });
    return folder;
  };
  beforeAll(async () => {
    process.env["BP_STATE"] = state;
    here = await opened({ folder: bot(1_000_000) });
    const folder = bot(2_000_000);
    other = await opened({ folder });
    otherId = basename(folder);
    other.door.onAsk((ask) => {
      asks.push(ask);
      return { ok: { done: true } };
    });
  });
  afterAll(async () => {
    await here.door.close();
    await other.door.close();
    if (before === undefined) delete process.env["BP_STATE"];
    else process.env["BP_STATE"] = before;
    rmSync(state, { recursive: true, force: true });
  });

  it("are in each other's list, with a line of each that can be asked", async () => {
    const list = async () => {
      other.door.post({ kind: "frame", frame: frameFixture({ seq: 77 }) }); // old figures are not told
      return JSON.parse((await asked(here.door, "/api/bots")).body) as readonly BotNow[];
    };
    expect((await list()).find(({ self }) => self)).toMatchObject({ reachable: true });
    await expect
      .poll(async () => (await list()).find(({ id }) => id === otherId))
      .toMatchObject({ reachable: true, brief: { net: "2.5", fills: 7 } });
  });

  it("stream each other, and what is asked of one through the other arrives", async () => {
    expect(await streamed(here.door, otherId, "frame")).toMatchObject({ seq: 77 });
    const body = '{"what":"pause"}';
    const answer = await asked(here.door, `/api/bots/${otherId}/ask`, { method: "POST", body });
    expect([answer.status, answer.json()]).toEqual([200, { done: true }]);
    expect(asks).toEqual([{ what: "ask", ask: "pause" }]);
  });

  it("let a viewer of one be no more at the other", async () => {
    const { viewer: token } = here.door.tokens;
    const body = '{"what":"stop"}';
    const answer = await asked(here.door, `/api/bots/${otherId}/ask`, { method: "POST", token, body });
    expect(answer.status).toBe(403);
    expect((await asked(here.door, `/api/bots/${otherId}/history`, { token })).status).toBe(200);
    const strange = await asked(other.door, `/api/bots/${otherId}/history`, { token });
    expect(strange.status).toBe(401); // a token is that of one door
  });

  it("pass refusals on as they are, tokens of the other never", async () => {
    const answer = await asked(here.door, `/api/bots/${otherId}/ask`, { method: "POST", body: '{"what":"x"}' });
    expect(answer.status).toBe(400);
    expect(answer.json()["field"]).toBe("what");
    const { operator, viewer } = other.door.tokens;
    expect(`${answer.body}${JSON.stringify(answer.headers)}`).not.toMatch(new RegExp(`${operator}|${viewer}`));
  });

  it("say of one whose process is gone that it is, and not that it is silent", async () => {
    const folder = makeBotFolder(3_000_000);
    const who = { role: "bot", pid: 2 ** 30, born: "long ago", started: 1, place: "sandbox", lasts: false } as const;
    writeRecord(folder, { ...who, accounts: [], journal: ":memory:", run: "cut off, so that it stays listed" });
    writeCard(folder, { ...other.door.tokens, url: other.door.url, cert: "" }); // a door that answers by now to another
    const answer = await asked(here.door, `/api/bots/${basename(folder)}/stream`);
    expect([answer.status, answer.body]).toEqual([404, expect.stringContaining("is gone")]);
  });

  it("say so where the other does not answer, and ask nobody beyond this machine", async () => {
    writeCard(other.folder, { ...other.door.tokens, url: "http://127.0.0.1:9/", cert: "" });
    expect((await asked(here.door, `/api/bots/${otherId}/history`)).status).toBe(503);
    writeCard(other.folder, { ...other.door.tokens, url: "http://203.0.113.7/", cert: "" });
    const answer = await asked(here.door, `/api/bots/${otherId}/history`);
    expect([answer.status, answer.body]).toEqual([503, expect.stringContaining("has no door that can be asked")]);
    rmSync(doorFile(other.folder));
    const list = JSON.parse((await asked(here.door, "/api/bots")).body) as readonly BotNow[];
    expect(list.find(({ id }) => id === otherId)).toMatchObject({ reachable: false, alive: true });
  });
});
