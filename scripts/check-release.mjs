// Checks that every package that is published says what a registry needs to know: who may have it, where it comes from, what is in it.
//
//   node scripts/check-release.mjs
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What is missing in the manifest of a package. @param folder - from the root */
export function flawsOf(folder, manifest) {
  const { name, license, files, publishConfig, repository, scripts = {} } = manifest;
  const flaws = [];
  const need = (isRight, what) => {
    if (!isRight) flaws.push(`${name}: ${what}`);
  };
  need(license === "MIT", "license is not MIT");
  need(String(files) === "dist,CHANGELOG.md", 'files is not ["dist", "CHANGELOG.md"]');
  need(publishConfig?.access === "public", "publishConfig.access is not public");
  need(publishConfig?.provenance === true, "publishConfig.provenance is not true");
  need(
    repository?.url?.startsWith("git+https://") === true,
    "repository.url is missing: provenance is refused without it",
  );
  need(repository?.directory === folder, `repository.directory is not ${folder}`);
  for (const hook of ["preinstall", "install", "postinstall", "prepare"])
    need(scripts[hook] === undefined, `a script "${hook}" would run at whoever installs it`);
  return flaws;
}

if (import.meta.main) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const flaws = globSync("packages/@*/*/package.json", { cwd: root })
    .toSorted()
    .flatMap((file) => {
      const manifest = JSON.parse(readFileSync(join(root, file), "utf8"));
      return manifest.private === true ? [] : flawsOf(dirname(file), manifest);
    });
  for (const flaw of flaws) console.error(flaw);
  console.log(flaws.length === 0 ? "release: every package is ready" : `release: ${flaws.length} flaws`);
  process.exitCode = flaws.length === 0 ? 0 : 1;
}
