// Packs every publishable package and uses the tarballs the way a stranger would:
// the programs of consumer/ in plain ESM, plain CommonJS and strict TypeScript (nodenext
// and bundler resolution, d.ts files checked too), and in browser bundles; every program of
// their READMEs; and the bot, which is installed and trades.
import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import ts from "typescript";
import { build, createLogger } from "vite";
import { makeBotPackage } from "./bot-package.mjs";
import { broken, offline, programsOf, promisedBy, venue, venuesOf } from "./readme.programs.mjs";

const root = dirname(import.meta.dirname);
const work = mkdtempSync(join(tmpdir(), "bp-smoke-"));
const sh = (cwd, command, ...args) =>
  execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    shell: process.platform === "win32",
  });
const write = (dir, files) => {
  mkdirSync(dir, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), typeof text === "string" ? text : JSON.stringify(text, null, 2));
  }
  return dir;
};
let passed = 0;
let failed = 0;
const check = async (name, body) => {
  try {
    await body();
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n${error.stdout ?? ""}${error.name}: ${error.message}`);
  }
};

// For Node alone; every other package has to work in a browser too.
const nodeOnly = new Set(["@bp/data", "@bp/journal", "@bp/sandbox"]);

const tarballs = {};
for (const file of globSync("packages/@*/*/package.json", { cwd: root }).toSorted()) {
  const dir = dirname(join(root, file));
  const manifest = JSON.parse(readFileSync(join(root, file), "utf8"));
  if (manifest.private) continue;
  const { filename } = [JSON.parse(sh(dir, "pnpm", "pack", "--json", "--pack-destination", work))].flat()[0];
  tarballs[manifest.name] = filename.startsWith("/") ? filename : join(work, filename);
  await check(`${manifest.name}: packed manifest and file list`, () => {
    const packed = JSON.parse(sh(work, "tar", "-xzOf", tarballs[manifest.name], "package/package.json"));
    assert.doesNotMatch(JSON.stringify(packed.dependencies ?? {}), /workspace:|catalog:|link:|file:/);
    assert.doesNotMatch(JSON.stringify(packed.exports), /@bp\/source|\/src\//);
    const files = sh(work, "tar", "-tzf", tarballs[manifest.name]).trim().split("\n");
    assert.ok(files.includes("package/LICENSE"), "LICENSE is missing");
    assert.deepEqual(
      files.filter((file) => !/^package\/(dist\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/.test(file)),
      [],
    );
  });
}

let bot;
await check("@bp/bot: made of the bot and the dashboard that are built", () => {
  bot = makeBotPackage(root, work);
  const files = sh(work, "tar", "-tzf", bot).trim().split("\n");
  assert.ok(files.includes("package/dist/dashboard/index.html"));
  const expected = /^package\/(dist\/|deploy\/bp-bot@\.service$|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/;
  assert.deepEqual(
    files.filter((file) => !expected.test(file)),
    [],
  );
  const packed = JSON.parse(sh(work, "tar", "-xzOf", bot, "package/package.json"));
  assert.doesNotMatch(JSON.stringify(packed), /workspace:|catalog:|link:|file:|@bp\/source|"private"/);
  for (const name of Object.keys(packed.dependencies))
    assert.ok(!/^@(bp|aster)\//.test(name) || name in tarballs, name);
});

// One install serves every consumer: each is a folder of it with a package.json of its own.
const consumer = (name, type = "module") => write(join(work, name), { "package.json": { name, private: true, type } });
const catalog = (name) => {
  const found = new RegExp(`^ {2}"?${name.replace("/", "\\/")}"?: (\\S+)$`, "m").exec(
    readFileSync(join(root, "pnpm-workspace.yaml"), "utf8"),
  );
  assert.ok(found, `${name} is not in the catalog`);
  return found[1];
};
await check("the tarballs install together with npm", () => {
  const ours = Object.fromEntries(Object.entries(tarballs).map(([key, file]) => [key, `file:${file}`]));
  const dependencies = bot === undefined ? ours : { ...ours, "@bp/bot": `file:${bot}` };
  const devDependencies = {
    ts6: catalog("typescript"),
    ts7: catalog("@typescript/native"),
    "@types/node": catalog("@types/node"),
  };
  write(work, {
    "package.json": { name: "consumers", private: true, dependencies, devDependencies, overrides: ours },
  });
  sh(work, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline");
});
const all = Object.keys(tarballs);
const portable = all.filter((name) => !nodeOnly.has(name));

// The programs of consumer/ are TypeScript; who writes JavaScript gets them as TypeScript's own compiler turns them out.
const source = (name) => readFileSync(join(import.meta.dirname, `consumer/${name}.ts`), "utf8");
const programs = { portable: source("portable"), main: source("node") };
const browserProgram = `${programs.portable}
sign();
const lines = trade().length;
connect().then(() => console.log("consumer ok", lines > 1000), console.error);
`;
const javascript = (text, module) =>
  ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module } }).outputText;
// Ends by itself: whatever the packages open, they have to close.
const runs = (dir, file) => assert.match(sh(dir, "node", "--throw-deprecation", file), /^consumer ok$/m);
for (const name of all)
  await check(`${name}: used by the programs below`, () =>
    assert.ok(Object.values(programs).some((text) => text.includes(`from "${name}"`))),
  );

await check("ESM project: sign, trade in memory and on the sandbox, keep a journal", () => {
  const dir = consumer("esm");
  for (const [name, text] of Object.entries(programs))
    write(dir, { [`${name}.js`]: javascript(text, ts.ModuleKind.ES2022) });
  runs(dir, "main.js");
});
await check("CommonJS project: the same", () => {
  const dir = consumer("cjs", "commonjs");
  for (const [name, text] of Object.entries(programs))
    write(dir, { [`${name}.js`]: javascript(text, ts.ModuleKind.CommonJS) });
  runs(dir, "main.js");
});
await check("strict TypeScript project (nodenext ESM + CJS, bundler; TypeScript 6 and 7)", () => {
  const dir = consumer("ts");
  for (const [name, text] of Object.entries(programs))
    for (const kind of ["mts", "cts"])
      write(dir, { [`src/${name}.${kind}`]: text.replace("./portable.js", `./portable.${kind.replace("t", "j")}`) });
  for (const [module, moduleResolution] of [
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ]) {
    write(dir, {
      "tsconfig.json": {
        compilerOptions: {
          target: "es2023",
          lib: ["es2023", "dom", "dom.asynciterable"],
          module,
          moduleResolution,
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
          noEmit: true,
          types: ["node"],
        },
        include: moduleResolution === "bundler" ? ["src/*.mts"] : ["src"],
      },
    });
    sh(dir, "node", "../node_modules/ts6/bin/tsc6", "-p", ".");
    sh(dir, "node", "../node_modules/ts7/bin/tsc", "-p", ".");
  }
});

const noNode = (text) =>
  assert.doesNotMatch(
    text,
    /require\(["'](node:)?(http|https|net|tls|crypto|stream|events|zlib|url|fs|os|path|sqlite)["']\)|from\s*["']node:/,
  );
/** Runs a bundle in a world that has what browsers have, and neither `process` nor `Buffer` nor `require`. */
const runsInBrowser = async (code) => {
  const said = [];
  const say = (...words) => said.push(words.map(String).join(" "));
  const world = { console: { log: say, error: say, warn: say } };
  for (const name of [
    ..."AbortController AbortSignal Event EventTarget Headers Request Response TextDecoder TextEncoder URL".split(" "),
    ..."URLSearchParams WebSocket atob btoa clearTimeout crypto fetch performance queueMicrotask setTimeout".split(" "),
  ])
    world[name] = globalThis[name];
  world.self = world.window = world;
  runInNewContext(code, world);
  for (let tries = 0; said.length === 0 && tries < 100; tries++) await sleep(50);
  assert.deepEqual(said, ["consumer ok true"]);
};
const bundle = (contents, format) =>
  buildSync({
    stdin: { contents, resolveDir: work, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    platform: "browser",
    format,
    logLevel: "error",
  }).outputFiles[0].text;
const addressIn = (text) => /http:\/\/127\.0\.0\.1:\d+\/(?=[\s#])/.exec(text)?.[0];
const size = (text) =>
  `${(text.length / 1024).toFixed(1)} KiB, ${(gzipSync(text).length / 1024).toFixed(1)} KiB gzipped`;

await check("browser bundle: esbuild, no Node module, runs without Node's globals", async () => {
  const out = bundle(browserProgram, "iife");
  noNode(out);
  console.log(`     the program: ${size(out)}`);
  await runsInBrowser(out);
});
for (const name of portable)
  await check(`browser bundle: ${name} alone`, () => {
    const out = bundle(`export * from "${name}";`, "esm");
    noNode(out);
    console.log(`     ${name}: ${size(out)}`);
  });
await check("browser bundle: Vite, no warning, no Node module", async () => {
  const dir = consumer("vite");
  write(dir, { "main.ts": browserProgram, "index.html": `<script type="module" src="./main.ts"></script>` });
  const warnings = [];
  const logger = createLogger("warn");
  logger.warn = (message) => warnings.push(message);
  await build({
    root: dir,
    configFile: false,
    customLogger: logger,
    logLevel: "warn",
    build: { outDir: "out", chunkSizeWarningLimit: 1_000 },
  }); // kB: all packages in one page
  assert.deepEqual(warnings, []);
  const out = readdirSync(join(dir, "out/assets"))
    .map((file) => readFileSync(join(dir, "out/assets", file), "utf8"))
    .join("");
  noNode(out);
  console.log(`     the program: ${size(out)}`);
});

/** Ends with what it printed; rejects with all of it when it fails. */
const ran = (dir, args, env = {}) =>
  new Promise((resolve, reject) => {
    const options = { cwd: dir, env: { ...process.env, NO_COLOR: "1", NODE_OPTIONS: "", ...env }, timeout: 60_000 };
    execFile(process.execPath, args, options, (error, out, said) =>
      error === null ? resolve(out) : reject(new Error(`${error.message}\n${out}${said}`)),
    );
  });

// A README's first lines are what a stranger runs first: they see what npm has installed and no source of ours.
const readmes = consumer("readmes");
write(readmes, { "offline.mjs": offline, "venue.mjs": venue });
const exchange = spawn(process.execPath, ["venue.mjs"], { cwd: readmes, stdio: ["pipe", "pipe", "inherit"] });
const [told] = await Promise.race([
  once(createInterface(exchange.stdout), "line"),
  once(exchange, "exit").then(() => [undefined]),
]);
const given = told === undefined ? undefined : venuesOf(told);
const offlineFirst = `--import=${pathToFileURL(join(readmes, "offline.mjs")).href}`;
for (const name of all)
  await check(`${name}: the programs of its README, as it is packed`, async () => {
    assert.ok(given !== undefined, "the sandbox has not begun");
    const programs = programsOf(name, readFileSync(join(work, "node_modules", name, "README.md"), "utf8"));
    assert.ok(programs.length > 0, "it has none");
    const kept = programs.map(async (program) => {
      const file = `${program.name}.ts`;
      write(readmes, { [file]: given.local(program.text) });
      const env = { ...given.env, TMPDIR: readmes, XDG_STATE_HOME: readmes };
      const out = await ran(readmes, ["--disable-warning=ExperimentalWarning", offlineFirst, file], env);
      assert.equal(broken(promisedBy(program.text), out), undefined, `is not printed by ${file}. Printed is:\n${out}`);
    });
    await Promise.all(kept);
  });
exchange.stdin.end();

const npx = ["--no", "--", "bp-bot"]; // asks no registry
await check("npx bp-bot: says what it can", () => {
  const { version } = JSON.parse(readFileSync(join(root, "apps/bot/package.json"), "utf8"));
  assert.match(sh(work, "npx", ...npx, "--help"), /^Usage: .* \[options\] \[command\]/m);
  assert.equal(sh(work, "npx", ...npx, "--version").trim(), version);
});
await check("npx bp-bot start: trades on the sandbox, and serves its page", async () => {
  const child = spawn("npx", [...npx, "start", "--duration", "30", "--json"], {
    cwd: work,
    env: { ...process.env, NO_COLOR: "1", BP_STATE: join(work, "state") },
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  const lines = [];
  let said = "";
  let page = Promise.resolve("no address");
  createInterface(child.stdout).on("line", (line) => lines.push(JSON.parse(line)));
  child.stderr.on("data", (text) => {
    const before = addressIn(said);
    said += text;
    const url = addressIn(said);
    if (before === undefined && url !== undefined) page = fetch(url).then((answer) => answer.text(), String);
  });
  const [code] = await once(child, "close");
  const end = lines.find(({ type }) => type === "end");
  assert.equal(code, 0, said);
  assert.ok(
    lines.some(({ type }) => type === "fill"),
    `no fill in ${lines.length} lines`,
  );
  assert.equal(end?.summary.openOrdersAtExit, 0);
  assert.equal(end?.summary.ledger.equal, true);
  assert.match(await page, /<script type="module"/, said);
});

if (process.env.BP_SMOKE_KEEP) console.log(`kept ${work}`);
else rmSync(work, { recursive: true, force: true });
mkdirSync(join(root, "reports"), { recursive: true });
writeFileSync(
  join(root, "reports/smoke.json"),
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: 0, numTodoTests: 0 }),
);
console.log(`consumers: ${passed} of ${passed + failed} ok`);
process.exitCode = failed === 0 ? 0 : 1;
