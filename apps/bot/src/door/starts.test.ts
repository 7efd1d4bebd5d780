// Bots from a form: each example as it is, nonsense, and one that is really started.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Started, StartPlan, Strategies } from "dashboard/contract";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { formExamples } from "./examples.ts";
import { asked, type OpenedDoor, opened } from "./open.fixture.ts";

/** Of the bot whose page it is: another one has no use for them. */
const ofOurs = { MY_SECRET: "5ecret", BP_TELEGRAM_TOKEN: "1:5ecret", BP_TELEGRAM_COMMANDS: "1" };

describe("starts from a form", () => {
  const state = mkdtempSync(join(tmpdir(), "bp-starts-"));
  const before = process.env["BP_STATE"];
  let open: OpenedDoor;
  beforeAll(async () => {
    process.env["BP_STATE"] = state;
    Object.assign(process.env, ofOurs);
    open = await opened({ main: join(import.meta.dirname, "../main.ts") });
  });
  afterAll(async () => {
    const isOver = async () => (await asked(open.door, "/api/bots")).body === "[]";
    const ended = vi.waitUntil(isOver, { timeout: 60_000, interval: 200 }); // what they write while they end is in the folder too
    await ended.catch(() => undefined);
    await open.door.close();
    if (before === undefined) delete process.env["BP_STATE"];
    else process.env["BP_STATE"] = before;
    for (const name of Object.keys(ofOurs)) Reflect.deleteProperty(process.env, name);
    rmSync(state, { recursive: true, force: true });
  });
  const post = async (path: string, ask: object) =>
    asked(open.door, `/api/${path}`, { method: "POST", body: JSON.stringify(ask) });

  it("has a schema and values for each strategy", async () => {
    const { strategies } = (await asked(open.door, "/api/strategies")).json() as unknown as Strategies;
    expect(strategies.map(({ use }) => use).toSorted()).toEqual(Object.keys(formExamples).toSorted());
    for (const { schema, example } of strategies)
      for (const key of Object.keys(example)) expect(schema["properties"]).toHaveProperty(key);
  });

  it.each(Object.keys(formExamples))("plans the values that the form of %s begins with", async (use) => {
    const ask = { use, name: `my-${use}`, place: "sandbox", values: formExamples[use] };
    const plan = (await post("start/plan", ask)).json() as unknown as StartPlan;
    expect(plan.refused).toBeUndefined();
    expect(plan.yaml).toContain(`use: ${use}`);
    expect(plan.lines.join("\n")).toMatch(/backpack:/);
  });

  it("says which value of a form is wrong", async () => {
    const values = { ...formExamples["maker"], spreadPct: "a lot" };
    const plan = (await post("start/plan", { use: "maker", name: "m", place: "sandbox", values })).json();
    expect(plan["refused"]).toMatchObject({ field: "spreadPct" });
  });

  it.each([
    ["real money", { place: "live" }, "place"],
    ["a strategy that is none", { use: "constructor" }, "use"],
    ["a name that is a path", { name: "../../evil" }, "name"],
    ["a key too many", { more: 1 }, "more"],
    ["an id that is none", { id: "x" }, "id"],
  ])("refuses %s", async (_, wrong, field) => {
    const answer = await post("start", { use: "maker", name: "m", place: "sandbox", values: {}, ...wrong });
    expect([answer.status, answer.json()["field"]]).toEqual([400, field]);
  });

  it("starts nothing for somebody who has gone before it was begun", async () => {
    const hurried = new AbortController();
    const plan = { use: "maker", name: "m", place: "sandbox", values: formExamples["maker"] };
    const ahead = [post("start/plan", plan), post("start/plan", plan)]; // it waits for these
    const ask = { use: "maker", name: "of-nobody", place: "sandbox", values: formExamples["maker"], id: "of-nobody-1" };
    const answer = fetch(new URL("/api/start", open.door.url), {
      method: "POST",
      headers: { authorization: `Bearer ${open.door.tokens.operator}`, "content-type": "application/json" },
      body: JSON.stringify(ask),
      signal: hurried.signal,
    });
    setTimeout(() => hurried.abort(), 100);
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
    await Promise.all(ahead);
    await post("start/plan", plan); // behind it
    expect(JSON.parse((await asked(open.door, "/api/bots")).body)).toEqual([]);
    expect(existsSync(join(state, "started"))).toBe(false);
  }, 180_000);

  it("starts one bot for one start, however often it is asked for", async () => {
    const ask = { use: "maker", name: "twice", place: "sandbox", values: formExamples["maker"], id: "twice-00001" };
    const [one, other] = (await Promise.all([post("start", ask), post("start", ask)])).map((each) => each.json());
    try {
      expect(other).toEqual(one);
      expect((await post("start", ask)).json()).toEqual(one);
      expect(JSON.parse((await asked(open.door, "/api/bots")).body)).toHaveLength(1);
    } finally {
      process.kill((one as unknown as Started).pid, "SIGTERM");
    }
  }, 180_000);

  it("starts one as a process of its own, which is then among the bots", async () => {
    const ask = { use: "maker", name: "from-form", place: "sandbox", values: formExamples["maker"] };
    const started = (await post("start", ask)).json() as unknown as Started;
    try {
      expect(started.file).toMatch(/from-form-.*\.yaml$/);
      const bots = (await asked(open.door, "/api/bots")).body;
      expect(bots).toContain(started.bot);
      if (process.platform !== "linux") return;
      const environment = readFileSync(`/proc/${started.pid}/environ`, "utf8");
      expect(environment).toContain(`BP_STATE=${state}`);
      expect(environment).not.toMatch(/MY_SECRET|TELEGRAM|5ecret/);
    } finally {
      process.kill(started.pid, "SIGTERM");
    }
  }, 180_000);
});
