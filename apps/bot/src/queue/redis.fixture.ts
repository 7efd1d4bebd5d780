// A real Redis for tests, on a free port of this machine, that keeps nothing.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";

/** A server that is up. */
export interface TestRedis {
  readonly url: string;
  /** `kill -9`: what it had is gone. */
  kill(): Promise<void>;
  /** Again, at the same port, empty. */
  start(): Promise<void>;
}

/** A server, or one line that says why there is none. */
export async function redisHere(): Promise<TestRedis | undefined> {
  if (spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status !== 0) {
    process.stderr.write("Redis suite skipped: no redis-server on the PATH\n");
    return undefined;
  }
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const start = async () => {
    const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    child = spawn("redis-server", options, { stdio: "ignore", cwd: "/" });
    await answering(url);
  };
  await start();
  return {
    url,
    start,
    kill: async () => {
      if (child === undefined || child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      child = undefined;
    },
  };
}

async function answering(url: string): Promise<void> {
  for (let left = 1_200; left > 0; left--) {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.ping();
      return;
    } catch {
      await sleep(50);
    } finally {
      client.disconnect();
    }
  }
  throw new Error(`no Redis came up at ${url}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
