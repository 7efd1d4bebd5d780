// Mutation testing of the code that must not be wrong: small mistakes are planted one at a time, and a test has to notice each.
//
//   pnpm mutation                     all targets, one after the other
//   pnpm mutation plan                one target
//   pnpm mutation hedge cycle pair    only these files of a target
//
// Prints what no test noticed; reports are in reports/mutation/. Fails below 80 % of a target. See docs/mutation.md.
import { globSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { Stryker } from "@stryker-mutator/core";

const root = join(import.meta.dirname, "..");
const least = 80; // percent of a target's mutants

const beside = (folder, ...names) => names.map((name) => `packages/@bp/${folder}/${name}.test.ts`);
const engine = (first) => [
  ...new Set(
    beside("engine/src", first, "plan", "snapshot", "engine", "still", "rests", "twin", "flatten", "liquidation"),
  ),
];
const hedge = [
  "carry",
  "check",
  "prices",
  "scale",
  "stamps",
  "xemm",
  "legs",
  "tally",
  "pair",
  "watch",
  "cycle",
  "wishes",
];

/** What is mutated, and the tests that belong to it: first those beside it, then those of what is made of it. */
const targets = {
  gate: { mutate: ["risk/src/gate"], tests: beside("risk/src", "gate", "laws") },
  plan: { mutate: ["engine/src/plan"], tests: engine("plan") },
  orders: { mutate: ["engine/src/orders"], tests: engine("orders") },
  snapshot: { mutate: ["engine/src/snapshot"], tests: engine("snapshot") },
  hedge: {
    mutate: ["strategies/src/hedge", ...hedge.map((name) => `strategies/src/hedge/${name}`)],
    // The bot's tests play the loop on a board, which takes too long here.
    tests: [...beside("strategies/src/hedge", ...hedge), ...beside("strategies/src", "hedge")],
  },
  nonce: {
    mutate: ["nonce", "nonceStore", "files"].map((name) => `signing/src/${name}`),
    tests: beside("signing/src", "files", "nonceStore", "nonce", "nonce.names"),
  },
};

const [wanted, ...only] = process.argv.slice(2);
if (wanted !== undefined && !Object.hasOwn(targets, wanted)) {
  console.error(`there is no target ${wanted}, only ${Object.keys(targets).join(", ")}`);
  process.exit(2);
}
process.chdir(root);
const rows = [];
for (const [name, target] of Object.entries(targets))
  if (wanted === undefined || name === wanted) rows.push(await measured(name, target));
for (const { name, killed, total, score } of rows)
  console.log(`${name}: ${killed} of ${total} noticed, ${score.toFixed(1)} %`);
process.exitCode = rows.every(({ score }) => score >= least) ? 0 : 1;

async function measured(name, { mutate, tests }) {
  const files = mutate
    .filter((file) => only.length === 0 || only.includes(basename(file)))
    .map((file) => `packages/@bp/${file}.ts`);
  const folder = `reports/mutation/${[name, ...only].join("-")}`;
  mkdirSync(folder, { recursive: true });
  process.env["MUTATION_TESTS"] = tests.filter((test) => globSync(test).length > 0).join(",");
  const results = await new Stryker({
    mutate: files,
    testRunner: "vitest",
    vitest: { configFile: "scripts/mutation.vitest.ts", related: false },
    plugins: ["@stryker-mutator/vitest-runner"],
    coverageAnalysis: "perTest",
    concurrency: Number(process.env["MUTATION_WORKERS"] ?? 1),
    timeoutMS: 10_000,
    tempDirName: `${folder}/copy`,
    ignorePatterns: ["dist", "/reports", "/runs", "/.tools", "coverage"],
    disableTypeChecks: false,
    allowConsoleColors: false,
    reporters: ["progress-append-only", "json", "html"],
    jsonReporter: { fileName: `${folder}/mutation.json` },
    htmlReporter: { fileName: `${folder}/mutation.html` },
    logLevel: "warn",
    warnings: { slow: false },
  }).runMutationTest();

  const counted = results.filter(({ status }) => !["Ignored", "CompileError", "RuntimeError"].includes(status));
  const missed = counted.filter(({ status }) => status === "Survived" || status === "NoCoverage");
  for (const {
    status,
    fileName,
    location: { start },
    mutatorName,
    replacement,
  } of missed)
    console.log(
      `${basename(fileName)}:${start.line}:${start.column} ${mutatorName} -> ${replacement}${status === "NoCoverage" ? " (no test comes by)" : ""}`,
    );
  const [total, killed] = [counted.length, counted.length - missed.length];
  return { name, killed, total, score: (100 * killed) / total };
}
