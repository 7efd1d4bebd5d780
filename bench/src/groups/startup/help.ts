// startup/help: how long a person waits for `bot --help`, of which Node itself takes its part.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Figure, Group } from "../../group.ts";
import { botLine, root } from "../../paths.ts";

const goals = [{ atMost: 150 }];

export const help: Group = {
  about: "Wall time of one process. `× limit`: of what an empty Node process takes.",
  run: async ({ rounds }) => {
    const source = [...botLine(), "--help"];
    const built = [join(root, "apps/bot/dist/main.js"), "--help"];
    const contenders: (Omit<Figure, "rounds"> & { readonly line: readonly string[] })[] = [
      { contender: "node -e 0", role: "limit", line: ["-e", "0"] },
      { contender: "bot --help, from source", role: "ours", line: source, goals },
    ];
    const isBuilt = existsSync(built[0] ?? "") && answers(built);
    if (isBuilt) contenders.push({ contender: "bot --help, built", role: "ours", line: built, goals });
    const figures = contenders.map((each) => ({ ...each, rounds: [] as number[] }));
    for (let round = -1; round < rounds * 3; round++) {
      for (const { line, rounds: times } of figures) {
        const start = performance.now();
        spawnSync(process.execPath, line, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
        if (round >= 0) times.push(performance.now() - start); // the first one fills the file cache
      }
    }
    const facts = isBuilt ? [] : ["apps/bot is not built: `pnpm build` first to see that too"];
    return { unit: "ms", figures, facts, wrong: answers(source) ? [] : ["bot --help gives no help"] };
  },
};

function answers(line: readonly string[]): boolean {
  const { status, stdout } = spawnSync(process.execPath, line, { cwd: root, encoding: "utf8" });
  return status === 0 && stdout.includes("sandbox");
}
