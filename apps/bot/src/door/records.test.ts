// Journals over a door: lines, decisions, runs and reports of a run that really happened.
import { basename } from "node:path";
import type { Decision, JournalPage, Runs } from "dashboard/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedRun } from "../explain/run.fixture.ts";
import { asked, type OpenedDoor, opened } from "./open.fixture.ts";

describe("records of a door", () => {
  const removals: (() => void)[] = [];
  let open: OpenedDoor;
  let id = "";
  let run = "";
  const get = async (path: string) => asked(open.door, `/api/bots/${id}/${path}`, { token: open.door.tokens.viewer });
  const lines = async (query: string) => (await get(`journal?${query}`)).json() as unknown as JournalPage;
  beforeAll(async () => {
    const recorded = await recordedRun((remove) => removals.push(remove), 60);
    ({ run } = recorded);
    open = await opened();
    id = basename(open.folder);
    open.door.post({ kind: "run", run: { id: run, place: "sandbox", journal: recorded.file } });
  });
  afterAll(async () => {
    await open.door.close();
    for (const remove of removals) remove();
  });

  it("turns the pages of a journal from its end to its beginning, each line once", async () => {
    const seen: number[] = [];
    let page = await lines("limit=500");
    for (;;) {
      seen.push(...page.entries.map(({ seq }) => seq));
      if (page.before === undefined) break;
      page = await lines(`limit=500&before=${page.before}`);
    }
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, at) => seen.length - at));
  });

  it("finds lines by what they say, newest first", async () => {
    const { entries } = await lines("find=ORDER.PLACE&limit=5");
    expect(entries.map(({ type }) => type)).toEqual(Array.from({ length: 5 }, () => "order.place"));
    expect((await lines("find=nothing-says-this")).entries).toEqual([]);
  });

  it("tells the decision of an order, equal to what the run did", async () => {
    const [placed] = (await lines("find=order.place&limit=1")).entries;
    const answer = await get(`decision?at=${placed?.event}`);
    const decision = answer.json() as unknown as Decision;
    expect(decision.strayed).toBeUndefined();
    expect(decision.run).toBe(run);
    expect(decision.commands).toContain(placed?.say);
    expect(decision.books[0]).toMatchObject({ market: "backpack:SOL_USDC_PERP" });
    expect(decision.hearings.length).toBeGreaterThan(0);
  });

  it.each([
    ["decision?at=tomorrow", 400],
    ["decision?at=999999999999", 400],
    ["journal?limit=0", 400],
    ["journal?before=x", 400],
    ["journal?run=no-such-run", 404],
    [`journal?find=${"x".repeat(300)}`, 400],
    ["runs/no-such-run/report", 404],
  ])("answers %s with %i and a sentence", async (path, status) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(answer.json()["error"]).toBeTypeOf("string");
  });

  it("lists runs with what they came to", async () => {
    const { runs } = (await asked(open.door, "/api/runs")).json() as unknown as Runs;
    expect(runs.find((each) => each.id === run)).toMatchObject({ bot: id, brief: { quote: "USDC" } });
  });

  it("makes the report of a run, and opens it once without a token, shut into an origin of nobody's", async () => {
    const report = await get(`runs/${run}/report?language=zh`);
    expect(report.body).toMatch(/^<!doctype html>\n<html lang="zh/);
    const link = String((await get(`runs/${run}/report-link`)).json()["path"]);
    const none = { headers: { authorization: "" } };
    const page = await asked(open.door, link, none);
    expect(page.body).toMatch(/^<!doctype html>/);
    expect(page.headers["content-security-policy"]).toContain("sandbox allow-scripts");
    expect((await asked(open.door, link, none)).status).toBe(404);
  });

  it("answers others while a decision is being found, and the same question of another tab after it", async () => {
    const slow = get("decision?at=last");
    const same = get("decision?at=last");
    let isFound = false;
    const found = Promise.all([slow, same]).finally(() => (isFound = true));
    expect((await get("history")).status).toBe(200);
    expect(isFound).toBe(false);
    expect((await found).map(({ status }) => status)).toEqual([200, 200]);
  });
});
