// Where the files of the page are: beside the bundled bot, or in the package that builds them.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folders in which they may be, likeliest first. */
export function pageFolders(): readonly string[] {
  const beside = join(dirname(fileURLToPath(import.meta.url)), "dashboard");
  try {
    const manifest = createRequire(import.meta.url).resolve("dashboard/package.json");
    return [beside, join(dirname(manifest), "dist")];
  } catch {
    return [beside];
  }
}
