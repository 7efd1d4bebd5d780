// A door asked over real HTTP.

import { statSync } from "node:fs";
import { basename } from "node:path";
import type { Frame, Hello, Refused } from "dashboard/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cardIn, doorFile } from "./card.ts";
import { frameFixture } from "./frame.fixture.ts";
import { asked, type OpenedDoor, opened, streamed } from "./open.fixture.ts";
import { openDoor } from "./open.ts";
import type { DoorAsk } from "./words.ts";

describe("openDoor", () => {
  let open: OpenedDoor;
  let id = "";
  const asks: DoorAsk[] = [];
  beforeAll(async () => {
    open = await opened();
    id = basename(open.folder);
    open.door.onAsk((ask) => {
      asks.push(ask);
      return { ok: { done: true } };
    });
    open.door.post({ kind: "run", run: { id: "run-1", place: "sandbox", journal: undefined } });
    open.door.post({ kind: "frame", frame: frameFixture() });
  });
  afterAll(() => open.door.close());

  it("says who it is and who asks", async () => {
    const hello = (await asked(open.door, "/api/hello")).json() as unknown as Hello;
    expect(hello).toMatchObject({ role: "operator", language: "en", self: id });
    const viewer = await asked(open.door, "/api/hello", { token: open.door.tokens.viewer });
    expect(viewer.json()["role"]).toBe("viewer");
  });

  it("streams the newest frame first, and says that somebody looks", async () => {
    const frame = (await streamed(open.door, id, "frame")) as Frame;
    expect(frame.money.net).toBe("2.5");
  });

  it("hands what a person wants to the trading thread", async () => {
    const body = JSON.stringify({ what: "pause" });
    const answer = await asked(open.door, `/api/bots/${id}/ask`, { method: "POST", body });
    expect(answer.json()).toEqual({ done: true });
    expect(asks).toContainEqual({ what: "ask", ask: "pause" });
  });

  it("lets a viewer look and not act", async () => {
    const before = asks.length;
    const { viewer: token } = open.door.tokens;
    for (const [method, path] of [
      ["POST", "ask"],
      ["POST", "params"],
      ["DELETE", "faults"],
    ] as const) {
      const answer = await asked(open.door, `/api/bots/${id}/${path}`, {
        method,
        token,
        ...(method === "POST" ? { body: '{"what":"stop"}' } : {}),
      });
      expect([answer.status, answer.json()["error"]]).toEqual([403, "this token may look and not act"]);
    }
    expect(asks).toHaveLength(before);
  });

  it.each([
    ["no JSON", "{", 400, undefined],
    ["another kind", '"stop"', 400, undefined],
    ["a word that is none", '{"what":"sell everything"}', 400, "what"],
    ["a field that is none", '{"what":"stop","now":true}', 400, "now"],
    ["too much", `{"what":"${"x".repeat(300_000)}"}`, 413, undefined],
  ])("refuses a body of %s", async (_, body, status, field) => {
    const answer = await asked(open.door, `/api/bots/${id}/ask`, { method: "POST", body });
    expect(answer.status).toBe(status);
    expect((answer.json() as unknown as Refused).field).toBe(field);
  });

  it("refuses what a form of another site could send: no JSON by its type", async () => {
    const headers = { "content-type": "text/plain" };
    const answer = await asked(open.door, `/api/bots/${id}/ask`, { method: "POST", body: '{"what":"stop"}', headers });
    expect(answer.status).toBe(415);
  });

  it("answers for bots and things that are none", async () => {
    expect((await asked(open.door, "/api/bots/1-none/history")).status).toBe(404);
    expect((await asked(open.door, "/api/nothing")).status).toBe(404);
    expect((await asked(open.door, "/api/hello", { method: "PUT" })).status).toBe(405);
    expect((await asked(open.door, "/..%2f..%2fetc/passwd.txt")).status).toBe(404);
  });

  it("leaves its card for other doors of this user, and nobody else", () => {
    expect(cardIn(open.folder)).toMatchObject({ ...open.door.tokens, url: open.door.url });
    expect(statSync(doorFile(open.folder)).mode & 0o777).toBe(0o600);
  });

  it("has a history of what it was told", async () => {
    const answer = await asked(open.door, `/api/bots/${id}/history`);
    expect(answer.json()).toMatchObject({ net: [2.5], markets: [{ mid: [100.01], position: [1.5] }] });
  });

  it("says what to do where its port is taken", async () => {
    const taken = { port: Number(new URL(open.door.url).port) };
    const again = openDoor({ place: taken, folder: undefined, language: "en", tell: () => undefined });
    await expect(again).rejects.toMatchObject({
      code: "config/conflict",
      message: expect.stringContaining("--no-dashboard"),
    });
  });
});
