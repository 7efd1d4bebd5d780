// startup/import: how long a program waits for `import("...")` of a client.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Figure, Group } from "../../group.ts";
import { root } from "../../paths.ts";

const goals = [{ against: "ccxt", atMost: 0.4 }];
const contenders = [
  { contender: "@bp/client", role: "ours", goals },
  { contender: "@bp/client/core", role: "note" },
  { contender: "@aster/client", role: "ours", goals },
  { contender: "@aster/client/core", role: "note" },
  { contender: "ccxt", role: "peer" },
] as const satisfies readonly Omit<Figure, "rounds">[];

export const importing: Group = {
  about: "Wall time of `await import(...)`, each in a process of its own; Node's start is not in it.",
  run: async ({ rounds }) => {
    const isBuilt = ["@bp", "@aster"].every((scope) =>
      existsSync(join(root, "packages", scope, "client/dist/whole.js")),
    );
    const flags = isBuilt ? [] : ["--conditions=@bp/source"];
    const wrong = new Set<string>();
    const figures = contenders.map((each) => ({ ...each, rounds: [] as number[] }));
    for (let round = -1; round < rounds * 3; round++) {
      for (let turn = 0; turn < figures.length; turn++) {
        const figure = figures[(turn + Math.max(round, 0)) % figures.length];
        if (figure === undefined) continue;
        const ms = importedMs(figure.contender, flags);
        if (ms === undefined) wrong.add(`${figure.contender} cannot be imported`);
        else if (round >= 0) figure.rounds.push(ms); // the first one fills the file cache
      }
    }
    const built = isBuilt
      ? "ours as `pnpm build` makes them"
      : "ours are not built: `pnpm build` first, these are the sources";
    const later = "ours read ky, ws and undici with the first request or connection";
    return { unit: "ms", figures, facts: [built, later], wrong: [...wrong] };
  },
};

function importedMs(name: string, flags: readonly string[]): number | undefined {
  const code = `const start = performance.now(); await import("${name}"); console.log(performance.now() - start);`;
  const options = { cwd: join(root, "bench"), encoding: "utf8" } as const;
  const { status, stdout } = spawnSync(process.execPath, [...flags, "--input-type=module", "-e", code], options);
  return status === 0 ? Number(stdout) : undefined;
}
