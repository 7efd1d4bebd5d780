// The health check of the image, asked about doors that say this and that. What it does where there is none: image.test.ts.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signedCertificates } from "../../src/door/tls.fixture.ts";

const script = join(import.meta.dirname, "../../deploy/health.mjs");
let folder = "";
let server: Server;
let answer = 200;

/** What `bot status` says. */
const shows = (...bots: readonly { readonly pid: number; readonly config?: string }[]) => {
  const all = { bots: bots.map((bot) => ({ ...bot, alive: true, silentMs: 40 })) };
  writeFileSync(join(folder, "main.mjs"), `console.log(${JSON.stringify(JSON.stringify(all))});`);
};
const running = (...pids: readonly number[]) => shows(...pids.map((pid) => ({ pid })));
const door = (pid: number, port: number, { cert = "", viewer = "v" } = {}) => {
  mkdirSync(join(folder, `bots/${pid}-a`), { recursive: true });
  const url = `http${cert === "" ? "" : "s"}://127.0.0.1:${port}/`;
  const card = { url, operator: "o".repeat(43), viewer: viewer.repeat(43), cert };
  writeFileSync(join(folder, `bots/${pid}-a/door.json`), JSON.stringify(card));
};
async function health() {
  const env = { ...process.env, BP_STATE: folder, BP_MAIN: join(folder, "main.mjs"), NODE_OPTIONS: "" };
  const { port } = server.address() as AddressInfo; // it listens on a port
  const child = spawn(process.execPath, [script, "--port", `${port}`, "--token", join(folder, "viewer")], { env });
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  const [code] = await once(child, "close");
  return { code, said };
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "bp-health-"));
  server = createServer((request, response) => {
    response.statusCode = request.url === "/health" ? answer : 404;
    response.end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  answer = 200;
  running(10);
  door(10, (server.address() as AddressInfo).port);
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("the health check", () => {
  it("is content with a door that is, and gives Prometheus the token for looking, never the other", async () => {
    expect(await health()).toEqual({ code: 0, said: "" });
    expect(readFileSync(join(folder, "viewer"), "utf8")).toBe("v".repeat(43));
    expect(statSync(join(folder, "viewer")).mode & 0o777).toBe(0o644);
  });

  it("gives Prometheus the token of the door that it scrapes, whatever other bots run", async () => {
    const other = createServer((_, response) => response.end("{}")).listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo; // it listens on a port
    for (const pid of [8, 9, 11, 12]) door(pid, port, { viewer: "x" });
    running(8, 9, 10, 11, 12);
    expect(await health()).toEqual({ code: 0, said: "" });
    expect(readFileSync(join(folder, "viewer"), "utf8")).toBe("v".repeat(43));
    other.close();
  });

  it("asks nothing of a bot that a page has started, which neither makes the container ill nor keeps it well", async () => {
    const fromPage = { pid: 11, config: join(folder, "started/grid-a.yaml") };
    shows({ pid: 10, config: "/config/bot.yaml" }, fromPage);
    door(11, 9);
    expect(await health()).toEqual({ code: 0, said: "" });
    shows(fromPage);
    expect(await health()).toEqual({ code: 1, said: "no bot runs\n" });
  });

  it("says what a door says that is not", async () => {
    answer = 503;
    expect(await health()).toEqual({ code: 1, said: "the door of the bot 10 says: 503\n" });
  });

  it("is not content with a door that is gone, nor without a bot", async () => {
    door(10, 9);
    expect((await health()).code).toBe(1);
    running();
    expect(await health()).toEqual({ code: 1, said: "no bot runs\n" });
  });

  it("is content with a door whose certificate somebody has signed for another name, and with no other there", async () => {
    const [own, other] = signedCertificates(folder, 2).leaves;
    const secure = createSecureServer({ ...own }, (_, response) => response.end("{}")).listen(0, "127.0.0.1");
    await once(secure, "listening");
    const { port } = secure.address() as AddressInfo; // it listens on a port
    door(10, port, { cert: own?.cert });
    const elsewhere = expect.stringMatching(/^note: no door stands at port \d+; .+ has no token that holds\s*$/);
    expect(await health()).toEqual({ code: 0, said: elsewhere });
    door(10, port, { cert: other?.cert });
    expect((await health()).code).toBe(1);
    secure.close();
  });

  it("forgets the door that a killed bot has left behind", async () => {
    door(9, 9);
    expect(await health()).toEqual({ code: 0, said: "" });
  });
});
