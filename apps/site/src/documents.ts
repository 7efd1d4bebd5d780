// Which documents of the repository are pages of the site, and under which address.
import { globSync } from "node:fs";
import { dirname, join } from "node:path";

/** The repository. */
export const root = join(import.meta.dirname, "../../..");
/** Where pages are laid out before the site is made of them; git does not see it. */
export const staged = join(import.meta.dirname, "../pages");

/**
 * Pages by document. Of `docs/` all, at the same place; READMEs of packages below `packages/`; those of a folder are its first page.
 *
 * @param folder - the repository, or what stands for it in a test
 */
export function documentsOf(folder: string = root): ReadonlyMap<string, string> {
  const find = (...patterns: readonly string[]) =>
    globSync([...patterns], { cwd: folder, exclude: (name) => name === "node_modules" }).toSorted();
  const pages = new Map<string, string>();
  for (const document of find("docs/**/*.md"))
    pages.set(document, document.slice("docs/".length).replace(/(^|\/)README\.md$/, "$1index.md"));
  for (const document of find("packages/@*/*/README.md"))
    pages.set(document, `packages/${flat(dirname(document).slice("packages/".length))}.md`);
  for (const [document, page] of [
    ["apps/bot/README.md", "bot.md"],
    ["apps/dashboard/README.md", "apps/dashboard.md"],
    ["bench/README.md", "bench.md"],
    ["deploy/README.md", "deploy.md"],
  ] as const)
    if (find(document).length > 0) pages.set(document, page);
  // The first pages of the repository say what the first pages of the site say.
  if (pages.has("docs/README.md")) pages.set("README.md", "index.md");
  if (pages.has("docs/zh/README.md")) pages.set("README.zh-CN.md", "zh/index.md");
  return pages;
}

/** `@bp/core` as a name without signs: `bp-core`. */
const flat = (name: string): string => name.replace("@", "").replace("/", "-");
