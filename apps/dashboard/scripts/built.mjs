// Builds the page where it is missing or older than its sources; where it is fresh, says nothing and is gone at once.
//
//   node apps/dashboard/scripts/built.mjs [--if-possible]
//
// With --if-possible a page that cannot be built is a warning: a bot trades without one.
import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const isSource = (name) => /\.\w+$/.test(name) && !/\.(test|fixture)\.tsx?$/.test(name);

/** What the page is made of, in the order of names. */
function sources() {
  const within = (folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`);
  const all = ["index.html", "vite.config.ts", "package.json", ...within("public"), ...within("src")];
  return all.filter(isSource).toSorted();
}

/** @returns one text for all that the page is made of: another one when any of it has changed */
function sourcesHash() {
  const hash = createHash("sha256");
  for (const name of [...sources(), "../../pnpm-lock.yaml"])
    hash
      .update(name)
      .update("\0")
      .update(readFileSync(join(root, name)))
      .update("\0");
  return hash.digest("hex");
}

function builtHash() {
  try {
    return readFileSync(join(dist, "sources.txt"), "utf8");
  } catch {
    return undefined; // it was never built, or by hand
  }
}

/** Builds beside the old one and changes places with it: whoever serves it meanwhile finds the one or the other. */
async function build(hash) {
  process.stderr.write("building the dashboard …\n");
  process.env.NODE_ENV = "production"; // whatever the caller's is: React for development is twice as large
  const { build: viteBuild } = await import("vite");
  const [made, old] = [`${dist}-${randomUUID()}`, `${dist}-${randomUUID()}`];
  try {
    await viteBuild({ root, logLevel: "error", build: { outDir: made, emptyOutDir: true } });
    writeFileSync(join(made, "sources.txt"), hash);
    try {
      renameSync(dist, old);
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
    try {
      renameSync(made, dist);
    } catch (error) {
      if (builtHash() !== hash) throw error; // else another one that was started at the same time was quicker
    }
  } finally {
    for (const folder of [made, old]) rmSync(folder, { recursive: true, force: true });
  }
}

const hash = sourcesHash();
const mayFail = process.argv.includes("--if-possible");
if (builtHash() !== hash)
  await build(hash).catch((error) => {
    if (!mayFail) throw error;
    process.stderr.write(
      `warning: the dashboard's page could not be built, the bot goes on without it: ${error.message}\n`,
    );
  });
