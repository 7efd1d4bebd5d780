// Builds the site into dist/: pages of the documents and of the types, then HTML, then a look at it.
//
//   node src/build.ts            everything; exit code 1 for a dead link, a broken anchor, or a request to another host
//   node src/build.ts --pages    the pages alone, for `vitepress dev`
import { join } from "node:path";
import { build } from "vitepress";
import { writeApi } from "./api.ts";
import { faultsOf } from "./check.ts";
import { layOut } from "./pages.ts";

const site = join(import.meta.dirname, "..");
layOut();
await writeApi();
if (!process.argv.includes("--pages")) {
  await build(site);
  const faults = faultsOf(join(site, "dist"));
  for (const fault of faults) console.error(fault);
  console.log(faults.length === 0 ? "site: every link and anchor leads somewhere" : `site: ${faults.length} broken`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
