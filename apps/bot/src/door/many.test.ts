// Clients that are many, slow or silent, and what the others notice of them.

import { connect, type Socket } from "node:net";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Frame } from "dashboard/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { frameFixture } from "./frame.fixture.ts";
import { streamsMost } from "./hub.ts";
import { asked, type OpenedDoor, opened, streamed } from "./open.fixture.ts";

describe("many clients", () => {
  let open: OpenedDoor;
  let id = "";
  const sockets: Socket[] = [];
  beforeAll(async () => {
    open = await opened();
    id = basename(open.folder);
    open.door.post({ kind: "frame", frame: frameFixture() });
  });
  afterAll(async () => {
    for (const each of sockets) each.destroy();
    await open.door.close();
  });
  const address = () => ({ host: "127.0.0.1", port: Number(new URL(open.door.url).port) });
  const head = (path: string) =>
    `GET ${path} HTTP/1.1\r\nHost: ${new URL(open.door.url).host}\r\nAuthorization: Bearer ${open.door.tokens.viewer}\r\n\r\n`;
  /** A connection that sends this and reads nothing, unless it is told to. */
  const raw = (text: string): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = connect(address(), () => {
        socket.write(text);
        resolve(socket);
      });
      socket.pause();
      socket.once("error", reject);
      sockets.push(socket);
    });
  const over = async (list: readonly Socket[]) => {
    for (const each of list) each.destroy();
    await expect.poll(() => open.door.watched()).toBe(false);
  };
  /** What is read of a socket until it ends, or until there is enough. */
  const rest = (socket: Socket, isEnough: (text: string) => boolean = () => false): Promise<string> =>
    new Promise((resolve) => {
      let text = "";
      socket.on("data", (part: Buffer) => {
        text += part.toString("latin1");
        if (isEnough(text)) resolve(text);
      });
      socket.once("close", () => resolve(text));
      socket.on("error", () => undefined);
      socket.resume();
    });

  /** One answer in JSON. */
  const answer = (socket: Socket) => rest(socket, (text) => text.endsWith("}"));

  it("do not hold up one another: a slow one gets the newest frame when it reads on, and no backlog", async () => {
    const slow = await raw(head(`/api/bots/${id}/stream`));
    await expect.poll(() => open.door.watched()).toBe(true);
    const about = "x".repeat(200_000);
    const { run } = frameFixture();
    for (let at = 1; at <= 120; at += 1) {
      open.door.post({ kind: "frame", frame: frameFixture({ seq: at, run: { ...run, about } }) });
      await sleep(20);
    }
    const quick = async () => ((await streamed(open.door, id, "frame")) as Frame).seq;
    await expect.poll(quick).toBe(120);
    let text = "";
    slow.on("data", (part: Buffer) => (text += part.toString("latin1")));
    slow.resume();
    await expect.poll(() => text.includes('"seq":120')).toBe(true);
    const seen = text.match(/"seq":\d+/g) ?? [];
    expect(seen.length).toBeLessThan(60); // what the system's own buffers took, not what was made
    await over([slow]);
  }, 180_000);

  it(`are ${streamsMost} at most, and one more is told so`, async () => {
    const streams = await Promise.all(Array.from({ length: streamsMost }, () => raw(head(`/api/bots/${id}/stream`))));
    await expect
      .poll(async () => (await asked(open.door, "/metrics")).body)
      .toContain(`bp_door_streams ${streamsMost}\n`);
    const answer = await asked(open.door, `/api/bots/${id}/stream`);
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "10"]);
    await over(streams);
  });

  it("hear a clear no beyond what is served, a thousand at once, and whoever was served before goes on", async () => {
    const before = raw(head(`/api/bots/${id}/stream`));
    await before;
    const some = await Promise.all(Array.from({ length: 1_000 }, () => raw(head("/api/hello")))); // and stay: each takes a place
    const answers = await Promise.all(some.map(answer));
    const served = answers.filter((each) => each.startsWith("HTTP/1.1 200")).length;
    const refused = answers.filter((each) => each.startsWith("HTTP/1.1 503") && each.includes("close some"));
    expect(served).toBeGreaterThan(200);
    expect(served + refused.length).toBe(1_000);
    expect(open.door.watched()).toBe(true);
    for (const each of some) each.destroy();
    await expect.poll(async () => (await asked(open.door, "/api/hello")).status).toBe(200);
    await over([await before]);
  }, 180_000);

  it("shut nobody out by silence: those that ask nothing make room", async () => {
    const silent = await Promise.all(Array.from({ length: 300 }, () => raw("")));
    const halves = await Promise.all(Array.from({ length: 300 }, () => raw("GET /api/hello HTTP/1.1\r\nHost: 127")));
    await expect
      .poll(async () => (await asked(open.door, "/api/hello").catch(() => undefined))?.status, { timeout: 180_000 }) // half of what silence may last
      .toBe(200);
    await over([...silent, ...halves]);
  }, 180_000);

  it("are cut off while they send their head byte by byte, and nobody waits for them", async () => {
    const began = performance.now();
    const socket = await raw("GET /api/hello HTTP/1.1\r\nHost: 127");
    const drip = setInterval(() => socket.write("x"), 200);
    expect((await asked(open.door, "/api/hello")).status).toBe(200);
    await rest(socket);
    clearInterval(drip);
    expect(performance.now() - began).toBeLessThan(12_000);
  }, 180_000);

  it("are told nothing where they never asked: a browser would take it for the answer to what it asks later", async () => {
    const [ahead, half] = await Promise.all([raw(""), raw("GET /api/hello HTTP/1.1\r\nHost: 127")]);
    expect(await rest(ahead)).toBe("");
    expect(await rest(half)).toMatch(/^HTTP\/1\.1 408 /);
  }, 180_000);

  it.each([
    "\x16\x03\x01\x02",
    "GET / HTTP/9\r\n\r\n",
    "GET http://evil.example/ HTTP/1.1\r\n\r\n",
    "\r\n\r\n\r\nx\r\n\r\n",
  ])("get a short answer to what is no HTTP: %j", async (text) => {
    const socket = await raw(text);
    socket.end();
    expect(await rest(socket)).toMatch(/^(HTTP\/1\.1 4|$)/);
  });
});
