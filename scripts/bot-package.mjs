// Makes the package that a stranger installs, @bp/bot, out of apps/bot: what is built, the page of the dashboard in it, and a manifest of its own.
//
//   node scripts/bot-package.mjs FOLDER             writes the package into FOLDER/package and FOLDER/bp-bot-VERSION.tgz; prints the latter
//   node scripts/bot-package.mjs FOLDER --publish   and publishes it, unless that version is there already; by release.yml alone
//
// In the workspace it is called `bot`, as `pnpm --filter bot start` wants it, and is private: nothing publishes it by mistake.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** For whoever runs the installed package under systemd. */
const unit = "bp-bot@.service";

const sh = (cwd, command, ...args) =>
  execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    shell: process.platform === "win32",
    maxBuffer: 1e8,
  });

/**
 * The manifest that is published.
 *
 * @param {Record<string, any>} packed - of the bot, as pnpm packs it: no `workspace:` and no `catalog:` in it
 * @param {Record<string, any>} sibling - of a package that is published, for what all of them say alike
 */
export function manifestOf(packed, sibling) {
  const { private: _, devDependencies: __, scripts: ___, publishConfig: ____, ...rest } = packed;
  const { dashboard: _____, ...dependencies } = rest.dependencies; // it is in dist
  const { repository } = sibling;
  return {
    ...rest,
    name: "@bp/bot",
    description:
      "Trades on Backpack and Aster from the command line: on sandbox exchanges of its own, on paper, or for real",
    license: sibling.license,
    ...(repository === undefined ? {} : { repository: { ...repository, directory: "apps/bot" } }),
    files: [...rest.files, "deploy"],
    bin: { "bp-bot": "dist/main.js" },
    dependencies,
    publishConfig: { access: "public", provenance: true },
  };
}

/**
 * Makes the package.
 *
 * @param {string} root - of the workspace, built
 * @param {string} folder - where to; made if it is not there
 * @returns {string} full path of the tarball
 * @throws Error if the bot or the dashboard is not built
 */
export function makeBotPackage(root, folder) {
  const bot = join(root, "apps/bot");
  for (const file of ["dist/main.js", "dist/dashboard/index.html"])
    if (!existsSync(join(bot, file))) throw new Error(`apps/bot/${file} is not there: pnpm build`);
  const work = mkdtempSync(join(tmpdir(), "bp-bot-"));
  const target = join(folder, "package");
  try {
    const { filename } = [JSON.parse(sh(bot, "pnpm", "pack", "--json", "--pack-destination", work))].flat()[0];
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    sh(folder, "tar", "-xzf", resolve(work, filename));
    const read = (file) => JSON.parse(readFileSync(file, "utf8"));
    const manifest = manifestOf(read(join(target, "package.json")), read(join(root, "packages/@bp/core/package.json")));
    writeFileSync(join(target, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    copyFileSync(join(root, "LICENSE"), join(target, "LICENSE"));
    mkdirSync(join(target, "deploy"));
    copyFileSync(join(bot, "deploy", unit), join(target, "deploy", unit));
    const [{ filename: made }] = JSON.parse(sh(target, "npm", "pack", "--json", "--pack-destination", ".."));
    return join(folder, made);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const [folder, flag] = process.argv.slice(2);
  if (folder === undefined || (flag !== undefined && flag !== "--publish")) {
    console.error("node scripts/bot-package.mjs FOLDER [--publish]");
    process.exit(2);
  }
  mkdirSync(folder, { recursive: true });
  const tarball = makeBotPackage(dirname(import.meta.dirname), resolve(folder));
  console.log(tarball);
  if (flag === "--publish") {
    const { name, version } = JSON.parse(readFileSync(join(folder, "package/package.json"), "utf8"));
    const isThere =
      spawnSync("npm", ["view", `${name}@${version}`, "version"], { encoding: "utf8" }).stdout.trim() !== "";
    if (isThere) console.log(`${name}@${version} is published already`);
    else sh(folder, "npm", "publish", tarball, "--provenance", "--access", "public");
  }
}
