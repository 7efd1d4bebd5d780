// A thread that dies, and a port that is taken: the bot goes on, and says so.
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { doorFile } from "./card.ts";
import type { Batch } from "./flow.ts";
import { createFlow } from "./flow.ts";
import { frameFixture } from "./frame.fixture.ts";
import { asked, opened } from "./open.fixture.ts";

/** What no thread survives: it is no message at all. */
const poison = { kind: "frame", frame: 1 } as never;

describe("a door whose thread dies", () => {
  it("is told once, started again once with the same tokens and port, and then stays closed", async () => {
    const { door, told, folder } = await opened();
    try {
      expect((await asked(door, "/api/hello")).status).toBe(200);
      door.post({ kind: "run", run: { id: "run-1", place: "sandbox", journal: undefined } });
      door.post(poison);
      await expect.poll(() => told).toEqual([expect.stringContaining("trading goes on, and it is started again")]);
      expect(door.watched()).toBe(false);
      door.post({ kind: "frame", frame: frameFixture() }); // nobody is there to take it
      await expect
        .poll(async () => (await asked(door, `/api/bots/${basename(folder)}/history`).catch(() => undefined))?.status)
        .toBe(200);
      const health = async () => {
        const answer = await asked(door, "/health", { headers: { authorization: "" } });
        return [answer.status, answer.json()];
      };
      await expect.poll(health).toEqual([200, { alive: true, trading: true, stale: false }]);
      door.post(poison);
      await expect.poll(() => told).toHaveLength(2);
      expect(told[1]).toContain("trading goes on without it");
      await sleep(100);
      door.post({ kind: "frame", frame: frameFixture() });
      await expect(asked(door, "/health")).rejects.toThrow("ECONNREFUSED");
    } finally {
      await door.close();
    }
  }, 180_000);
});

describe("a door that is closed while its thread is to be started again", () => {
  it("leaves nothing behind by which others would look for it", async () => {
    const { door, told, folder } = await opened();
    expect(existsSync(doorFile(folder))).toBe(true);
    door.post({ kind: "run", run: { id: "run-1", place: "sandbox", journal: undefined } });
    door.post(poison);
    await expect.poll(() => told).toHaveLength(1);
    await door.close();
    expect(existsSync(doorFile(folder))).toBe(false);
  });
});

describe("openDoor without a port", () => {
  it("takes the next one where the usual one is taken", async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => {
      holder.once("error", () => resolve()); // somebody else has it: just as well
      holder.listen(4480, "127.0.0.1", () => resolve());
    });
    const { door } = await opened({ place: {} });
    expect(Number(new URL(door.url).port)).toBeGreaterThan(4480);
    await door.close();
    holder.close();
  });
});

describe("createFlow", () => {
  it("keeps the newest frame and no other while two batches are on their way, and every line up to a thousand", () => {
    const sent: Batch[] = [];
    const flow = createFlow((batch) => sent.push(batch));
    for (let seq = 1; seq <= 5; seq += 1) flow.frame(frameFixture({ seq }));
    expect(sent.map(({ frame }) => frame?.seq)).toEqual([1, 2]);
    const line = { n: 1, at: 0, seq: 1, level: "info", kind: "run", say: "" } as const;
    for (let n = 1; n <= 1_500; n += 1) flow.news([{ ...line, n }]);
    expect(flow.dropped).toBe(500);
    flow.taken();
    expect(sent[2]?.frame?.seq).toBe(5);
    expect(sent[2]?.news.map(({ n }) => n)).toEqual(Array.from({ length: 1_000 }, (_, at) => at + 501));
  });
});
