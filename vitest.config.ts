import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";
import type { Reporter } from "vitest/node";

const root = import.meta.dirname;
// Tests run against the sources of every workspace package: nothing has to be built first.
const source = { conditions: ["@bp/source", ...defaultServerConditions] };
const project = (name: string, folder: string, extra: Record<string, unknown> = {}) => ({
  resolve: source,
  ssr: { resolve: source },
  test: { name, root: join(root, folder), include: ["src/**/*.test.ts"], ...extra },
});

// Generous: many speak over sockets, start processes or walk through whole recordings, on machines that do other things too.
const slow = { testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 60_000 } } };
// Bots of tests that are not about it serve no dashboard: a thread less for each. Those that are read its token from what the bot says.
const alone = { ...slow, env: { BP_DASHBOARD: "off", BP_DASHBOARD_TOKEN: "shown" } };
// The bot by the real clock, beside other work of the machine: in CI its tests have a second try, which is never silent.
const timed = { ...alone, retry: process.env["CI"] ? 1 : 0 };
const secondTries: Reporter = {
  onTestRunEnd(modules) {
    const tests = modules.flatMap(({ children }) => [...children.allTests("passed")]);
    const flaky = tests.filter((test) => test.diagnostic()?.flaky);
    const names = flaky.map(({ module, fullName }) => `${module.relativeModuleId} > ${fullName}`);
    mkdirSync(join(root, "reports"), { recursive: true });
    writeFileSync(join(root, "reports/second-tries.json"), JSON.stringify(names));
  },
};
const packages = ["packages/@bp", "packages/@aster"]
  .filter((scope) => existsSync(join(root, scope)))
  .flatMap((scope) => readdirSync(join(root, scope)).map((name) => `${scope}/${name}`));

export default defineConfig({
  test: {
    projects: [
      ...packages.map((folder) => project(folder.slice("packages/".length), folder, slow)),
      project("bot", "apps/bot", { include: ["src/**/*.test.ts", "test/**/*.test.ts"], ...timed }),
      project("dashboard", "apps/dashboard", { include: ["src/**/*.test.{ts,tsx}"], ...slow }),
      project("interop", "apps/interop", { include: ["test/**/*.test.ts"], ...timed }),
      project("bench", "bench", slow),
      project("site", "apps/site", slow),
      project("repo", ".", { include: ["scripts/**/*.test.ts"], ...alone }),
    ],
    bail: process.env["CI"] ? 5 : 0, // what is broken may keep many tests waiting for long, and CI has an end
    maxWorkers: Math.max(2, availableParallelism() - 1), // most tests wait for sockets, not for the processor
    reporters: ["default", ["json", { outputFile: "reports/vitest.json" }], secondTries],
    coverage: { provider: "v8", include: ["packages/@*/*/src/**", "apps/*/src/**"] },
  },
});
