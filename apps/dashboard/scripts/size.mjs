// Says how much a browser has to fetch for the page, and fails where that is too much, or where the page asks for anything that is not its own.
//
//   node apps/dashboard/scripts/size.mjs
import { globSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const most = 200_000;
const dist = join(import.meta.dirname, "../dist");
await import("./built.mjs");

const files = globSync("**/*.*", { cwd: dist }).filter((name) => name !== "sources.txt");
const sizes = files.map((name) => [name, gzipSync(readFileSync(join(dist, name)), { level: 9 }).length]);
const sum = sizes.reduce((sum, [, size]) => sum + size, 0);
const html = readFileSync(join(dist, "index.html"), "utf8");
const faults = [];
if (sum > most) faults.push(`${sum} bytes compressed, and ${most} is the most`);
// The door's policy would refuse these; a page of which a part is refused is worse than none.
if (/<script(?![^>]*\bsrc=)/.test(html))
  faults.push("index.html has a script of its own, which the door's policy refuses");
if (/(?:src|href)="(?:https?:)?\/\//.test(html)) faults.push("index.html asks another host");
for (const name of files.filter((name) => extname(name) === ".js"))
  if (/\bnew Function\(|\beval\(/.test(readFileSync(join(dist, name), "utf8")))
    faults.push(`${name} makes code of text, which the door's policy refuses`);

for (const [name, size] of sizes) console.log(`${String(size).padStart(8)}  ${name}`);
console.log(`${String(sum).padStart(8)}  all, compressed; at most ${most}`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
