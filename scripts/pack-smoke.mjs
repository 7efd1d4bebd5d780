// Packs every publishable package and uses the tarballs the way a stranger would:
// plain ESM, plain CommonJS, strict TypeScript (nodenext and bundler resolution, d.ts
// files checked too), and browser bundles built with esbuild and Vite.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
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
const check = (name, body) => {
  try {
    body();
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n${error.stdout ?? ""}${error.stack}`);
  }
};

// For Node alone; every other package has to work in a browser too.
const nodeOnly = new Set(["@bp/journal", "@bp/sandbox"]);

const tarballs = {};
for (const file of globSync("packages/@*/*/package.json", { cwd: root }).toSorted()) {
  const dir = dirname(join(root, file));
  const manifest = JSON.parse(readFileSync(join(root, file), "utf8"));
  if (manifest.private) continue;
  const { filename } = [JSON.parse(sh(dir, "pnpm", "pack", "--json", "--pack-destination", work))].flat()[0];
  tarballs[manifest.name] = filename.startsWith("/") ? filename : join(work, filename);
  check(`${manifest.name}: packed manifest and file list`, () => {
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

// One install serves every consumer: each is a folder of it with a package.json of its own.
const consumer = (name, type = "module") => write(join(work, name), { "package.json": { name, private: true, type } });
const catalog = (name) => {
  const found = new RegExp(`^ {2}"?${name.replace("/", "\\/")}"?: (\\S+)$`, "m").exec(
    readFileSync(join(root, "pnpm-workspace.yaml"), "utf8"),
  );
  assert.ok(found, `${name} is not in the catalog`);
  return found[1];
};
check("the tarballs install together with npm", () => {
  const dependencies = Object.fromEntries(Object.entries(tarballs).map(([key, file]) => [key, `file:${file}`]));
  const devDependencies = {
    ts6: catalog("typescript"),
    ts7: catalog("@typescript/native"),
    "@types/node": catalog("@types/node"),
  };
  write(work, {
    "package.json": { name: "consumers", private: true, dependencies, devDependencies, overrides: dependencies },
  });
  sh(work, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline");
});
const all = Object.keys(tarballs);
const portable = all.filter((name) => !nodeOnly.has(name));
const imports = (names) => names.map((name, i) => `import * as p${i} from "${name}";\n`).join("");
const list = (names) => `{ ${names.map((name, i) => `"${name}": p${i}`).join(", ")} }`;
// The program that every consumer runs or compiles; `packages` holds each package by its name.
const program = `
  for (const [name, exported] of Object.entries(packages))
    if (typeof exported !== "object" || Object.keys(exported).length === 0) throw new Error(name + " exports nothing");
  console.log("consumer ok");
`;

check("ESM project", () => {
  const dir = consumer("esm");
  write(dir, { "main.js": `${imports(all)}const packages = ${list(all)};${program}` });
  assert.match(sh(dir, "node", "main.js"), /consumer ok/);
});
check("CommonJS project", () => {
  const dir = consumer("cjs", "commonjs");
  const required = all.map((name) => `"${name}": require("${name}")`).join(", ");
  write(dir, { "main.js": `const packages = { ${required} };${program}` });
  assert.match(sh(dir, "node", "--throw-deprecation", "main.js"), /consumer ok/);
});
check("strict TypeScript project (nodenext ESM + CJS, bundler; TypeScript 6 and 7)", () => {
  const dir = consumer("ts");
  const source = `${imports(all)}const packages: Record<string, object> = ${list(all)};
export function main(): void {${program}}
`;
  write(dir, { "src/esm.mts": source, "src/cjs.cts": source });
  for (const [module, moduleResolution] of [
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ]) {
    write(dir, {
      "tsconfig.json": {
        compilerOptions: {
          target: "es2022",
          lib: ["es2022", "dom", "dom.asynciterable"],
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
const browserEntry = `${imports(portable)}globalThis.smoke = ${list(portable)};`;
const noNode = (text) =>
  assert.doesNotMatch(
    text,
    /require\(["'](node:)?(http|https|net|tls|crypto|stream|events|zlib|url|fs|os|path|sqlite)["']\)|from\s*["']node:/,
  );
check("browser bundle: esbuild", () => {
  const dir = consumer("esbuild");
  write(dir, { "main.js": browserEntry });
  require("esbuild").buildSync({
    entryPoints: [join(dir, "main.js")],
    bundle: true,
    minify: true,
    platform: "browser",
    format: "esm",
    outfile: join(dir, "out.js"),
    logLevel: "error",
  });
  const out = readFileSync(join(dir, "out.js"), "utf8");
  noNode(out);
  console.log(`     esbuild bundle: ${out.length} bytes`);
});
const vite = await import("vite");
await (async () => {
  const dir = consumer("vite");
  write(dir, { "main.js": browserEntry, "index.html": `<script type="module" src="./main.js"></script>` });
  const warnings = [];
  const logger = vite.createLogger("warn");
  logger.warn = (message) => warnings.push(message);
  await vite.build({ root: dir, configFile: false, customLogger: logger, build: { outDir: "out", emptyOutDir: true } });
  check("browser bundle: Vite, no warning", () => {
    assert.deepEqual(warnings, []);
    const [asset] = readdirSync(join(dir, "out/assets"));
    const out = readFileSync(join(dir, "out/assets", asset), "utf8");
    noNode(out);
    console.log(`     Vite bundle: ${out.length} bytes`);
  });
})();

if (process.env.BP_SMOKE_KEEP) console.log(`kept ${work}`);
else rmSync(work, { recursive: true, force: true });
mkdirSync(join(root, "reports"), { recursive: true });
writeFileSync(
  join(root, "reports/smoke.json"),
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: 0, numTodoTests: 0 }),
);
console.log(`consumers: ${passed} of ${passed + failed} ok`);
process.exitCode = failed === 0 ? 0 : 1;
