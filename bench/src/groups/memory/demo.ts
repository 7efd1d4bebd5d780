// memory/demo: what the demo keeps resident, sandbox exchange included, and whether it grows.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Group } from "../../group.ts";
import { botLine, root } from "../../paths.ts";
import { slope } from "../../stats.ts";
import { short } from "../../table.ts";

const everyMs = 5_000;
/** MB a minute over the second half that still counts as flat: a garbage collector breathes. */
const flat = 1;

export const demo: Group = {
  about:
    "Resident memory of the demo (bot, sandbox exchange and journal in one process) at ten times the market's speed.",
  run: async ({ minutes }) => {
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    const output = ["--json", "--no-resume", "--journal", join(folder, "journal.sqlite")];
    const line = [...botLine(), "start", "--speed", "10", ...output];
    const child = spawn(process.execPath, line, { stdio: ["ignore", "pipe", "ignore"], cwd: root });
    let fills = 0;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      fills += text.split('"type":"fill"').length - 1;
    });
    const points: (readonly [minute: number, mb: number])[] = [];
    try {
      const start = performance.now();
      for (let next = everyMs; next <= minutes * 60_000; next += everyMs) {
        await sleep(start + next - performance.now());
        if (child.exitCode !== null) break;
        points.push([next / 60_000, residentMb(child)]);
      }
    } finally {
      child.kill("SIGTERM");
      await new Promise((resolve) => (child.exitCode === null ? child.once("exit", resolve) : resolve(0)));
      rmSync(folder, { recursive: true, force: true });
    }
    const second = points.slice(Math.floor(points.length / 2));
    const sizes = points.map(([, mb]) => mb);
    const whole = points.length >= (minutes * 60_000) / everyMs;
    return {
      unit: "MB",
      figures: [
        { contender: "most", role: "ours", rounds: [Math.max(...sizes)], goals: [{ atMost: 150 }] },
        { contender: "last", role: "ours", rounds: sizes.slice(-1), goals: [{ atMost: 150 }] },
        {
          contender: "growth, second half",
          role: "ours",
          rounds: [slope(second)],
          unit: "MB/min",
          goals: [{ atMost: flat }],
        },
      ],
      facts: [
        `${minutes} minutes, ${points.length} looks, ${fills} fills; after each fifth of the time: ${fifths(sizes).map(short).join(", ")} MB`,
      ],
      wrong:
        whole && fills > 0
          ? []
          : [whole ? "the demo traded nothing" : `the demo ended by itself with ${child.exitCode}`],
    };
  },
};

function fifths(sizes: readonly number[]): number[] {
  return [1, 2, 3, 4, 5].map((part) => sizes[Math.ceil((sizes.length * part) / 5) - 1] ?? Number.NaN);
}

function residentMb({ pid = 0 }: ChildProcess): number {
  const status = `/proc/${pid}/status`;
  if (existsSync(status)) return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(status, "utf8"))?.[1]) / 1_024;
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1_024;
}
