// sweep/queue: trials a second with one worker at a Redis of this machine, and with two.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Figure, Group } from "../../group.ts";
import { botLine, root } from "../../paths.ts";
import { enoughTrials, recording, sweep } from "../../sweep/work.ts";

export const queue: Group = {
  about: "Trials a second of a maker over the example's recording, by workers of one thread each over Redis.",
  run: async ({ rounds, quick }) => {
    if (spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status !== 0)
      return { unit: "/s", figures: [], facts: ["no redis-server on the PATH: not measured"], wrong: [] };
    const figures: (Figure & { rounds: number[] })[] = [
      { contender: "one worker", role: "floor", rounds: [] },
      { contender: "two workers", role: "ours", rounds: [], goals: [{ against: "one worker", atLeast: 1.7 }] },
    ];
    const rows = new Set<string>();
    for (let round = 0; round < (quick ? 1 : Math.min(rounds, 3)); round++)
      for (const [at, { rounds: rates }] of figures.entries()) {
        const swept = await sweptBy(at + 1, quick ? 3 : enoughTrials);
        rates.push(swept.rate);
        rows.add(swept.rows);
      }
    return {
      unit: "/s",
      figures,
      facts: [],
      wrong: rows.size === 1 ? [] : ["one worker and two found different things"],
    };
  },
};

async function sweptBy(workers: number, trials: number) {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const children: ChildProcess[] = [];
  const start = (program: string, line: readonly string[]) =>
    children.push(spawn(program, line, { cwd: root, stdio: "ignore" }));
  try {
    start("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
    await sleep(500);
    const line = [...botLine(), "worker", "--queue", url, "--data", recording, "--threads", "1"];
    for (let each = 0; each < workers; each++) start(process.execPath, line);
    await sleep(3_000); // both look for sweeps from now on
    return await sweep(trials, ["--queue", url]);
  } finally {
    for (const each of children.toReversed()) each.kill("SIGKILL");
  }
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
