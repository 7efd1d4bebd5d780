// The files of the page: those that are there and no others, whatever is asked for.
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, sep } from "node:path";
import { systemCodeOf } from "../failures.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

/** Files whose names change with what is in them. */
const isHashed = (path: string) => path.startsWith("/assets/");

/** What is said where the page was not built. */
const notBuilt =
  "The bot runs, and this is its door, but the files of the dashboard are missing. Build them: pnpm --filter dashboard build, in the project's folder. Then reload this page.\n";

/** Answers a path. @param folders - the first that is there counts; they are looked at anew with each load of the page */
export function pageOf(folders: readonly string[]): (path: string) => Response | undefined {
  let files = filesIn(folders);
  return (path) => {
    const isPage = !path.includes(".") || path === "/index.html";
    if (isPage) files = filesIn(folders);
    const name = isPage ? "/index.html" : path;
    const file = files.get(name);
    if (file === undefined)
      return isPage ? new Response(notBuilt, { status: 404, headers: { "Content-Type": "text/plain" } }) : undefined;
    try {
      const type = types[extname(file)] ?? "application/octet-stream";
      const keeping: Record<string, string> = isHashed(name)
        ? { "Cache-Control": "public, max-age=31536000, immutable" }
        : {};
      return new Response(new Uint8Array(readFileSync(file)), { headers: { "Content-Type": type, ...keeping } });
    } catch (error) {
      if (systemCodeOf(error) === "ENOENT") return undefined; // it is being built anew
      throw error;
    }
  };
}

/** By their paths in addresses. */
function filesIn(folders: readonly string[]): ReadonlyMap<string, string> {
  for (const folder of folders)
    try {
      const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
      if (!names.includes("index.html")) continue;
      return new Map(names.map((name) => [`/${name.split(sep).join("/")}`, join(folder, name)]));
    } catch {
      // none there
    }
  return new Map();
}
