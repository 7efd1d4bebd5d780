// The commands of the Dockerfile, run without a container: what they make is the bot of the image. It trades, its health check says so, and
// SIGTERM ends it with its orders gone. Layers, users and a file system that cannot be written need an engine, and are not tried here.
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join, relative, sep } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copies, isIgnored, said, stagesOf } from "./dockerfile.ts";

const root = join(import.meta.dirname, "../../../..");
const read = (file: string) => readFileSync(join(root, "apps/bot/deploy", file), "utf8");
const [build = []] = stagesOf(read("Dockerfile"));
const ignore = read("Dockerfile.dockerignore");
const work = realpathSync(mkdtempSync(join(tmpdir(), "bp-image-")));
const app = join(work, "out");

/** The context as Docker would send it: what is left out is not there. */
function copyContext(): void {
  const isIn = (path: string) => {
    const inside = relative(root, path).split(sep).join("/");
    return !isIgnored(ignore, inside);
  };
  for (const { from, to } of copies(build))
    for (const each of from) {
      const target = to.endsWith("/") ? join(work, "src", to, each.split("/").at(-1) ?? "") : join(work, "src", to);
      mkdirSync(join(target, ".."), { recursive: true });
      cpSync(join(root, each), target, { recursive: true, filter: isIn });
    }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // of a TCP server that listens
  server.close();
  return port;
}

/** The page has to be there to be built; the commands are a shell's. */
const canBuild = existsSync(join(root, "apps/dashboard/index.html")) && process.platform !== "win32";

describe.runIf(canBuild)("what the image runs", () => {
  beforeAll(() => {
    copyContext();
    const env = {
      ...process.env,
      CI: "true",
      PATH: [join(work, "global/bin"), process.env["PATH"]].join(delimiter),
      npm_config_prefix: join(work, "global"),
      npm_config_prefer_offline: "true",
      TURBO_CACHE_DIR: join(root, ".turbo/cache"), // what has not changed was built already
      NODE_OPTIONS: "",
    };
    for (const command of said(build, "RUN")) {
      const here = command.replaceAll(/(?<=[\s])\/(out|own|shown)\b/g, (path) => join(work, path));
      execFileSync("sh", ["-c", here], { cwd: join(work, "src"), env, stdio: ["ignore", "ignore", "inherit"] });
    }
  }, 400_000);
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  const state = join(work, "state");
  const env = { ...process.env, HOME: state, BP_STATE: join(state, "bp"), NODE_OPTIONS: "", INIT_CWD: "" };
  const node = ["--max-semi-space-size=1", "--disable-warning=ExperimentalWarning", join(app, "dist/main.js")];
  const health = (...args: string[]) =>
    spawnSync(process.execPath, [join(app, "health.mjs"), ...args], { env, encoding: "utf8" });

  it("has the page, and nothing that the page was built with", () => {
    expect(readFileSync(join(app, "dist/dashboard/index.html"), "utf8")).toContain("<script");
    const { dependencies } = JSON.parse(readFileSync(join(app, "package.json"), "utf8"));
    expect(Object.keys(dependencies).filter((name) => /react|vite|dashboard/.test(name))).toEqual([]);
  });

  it("is healthy while it trades, ends on SIGTERM with nothing left at the venue, and is not healthy after that", async ({
    onTestFinished,
  }) => {
    mkdirSync(state, { mode: 0o700 });
    expect(health()).toMatchObject({ status: 1, stderr: "no bot runs\n" });
    const port = String(await freePort()); // in the image the usual one is free
    const bot: ChildProcess = spawn(
      process.execPath,
      [...node, "start", "--supervise", "--json", "--dashboard", port],
      {
        cwd: state,
        env,
        stdio: ["ignore", "pipe", "inherit"],
        detached: true, // a group with what it supervises
      },
    );
    const closed = once(bot, "close");
    onTestFinished(() => {
      if (bot.exitCode === null && bot.pid !== undefined) process.kill(-bot.pid, "SIGKILL");
    });
    const lines: { readonly type: string; readonly summary?: object }[] = [];
    for await (const line of createInterface(bot.stdout as Readable)) {
      lines.push(JSON.parse(line));
      if (lines.filter(({ type }) => type === "fill").length !== 1 || bot.killed) continue;
      expect(health("--port", port, "--token", join(state, "viewer"))).toMatchObject({ status: 0, stderr: "" });
      bot.kill("SIGTERM"); // the supervisor, which is PID 1 there
    }
    expect(await closed).toEqual([0, null]);
    expect(lines.at(-1)).toMatchObject({ type: "end", summary: { openOrdersAtExit: 0, ledger: { equal: true } } });
    expect(health().status).toBe(1);
  }, 180_000);
});
