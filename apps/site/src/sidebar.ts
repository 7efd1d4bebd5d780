// The order in which pages are offered. One that has no place here stands under "More", so that none is lost.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { staged } from "./documents.ts";

interface Entry {
  readonly text: string;
  readonly link: string;
}
interface Group {
  readonly text: string;
  readonly items: Entry[];
  readonly collapsed?: boolean;
}

const coming = [
  "coming-from/index",
  "coming-from/limit-buy",
  "coming-from/dca-ladder",
  "coming-from/market-making",
  "coming-from/hedge-loop",
  "coming-from/grid",
];

/** Groups of the English pages; what does not exist is left out. */
const english: readonly (readonly [string, readonly string[]])[] = [
  ["Start", ["quick-start", "bot", "dashboard", "glossary"]],
  ["You come from …", coming],
  ["Concepts", ["concepts", "architecture", "reconciliation", "outcomes", "systems"]],
  [
    "Operations",
    [
      "operations",
      "systemd",
      "docker",
      "deploy",
      "alerts",
      "metrics",
      "door",
      "watchdog",
      "recovery",
      "journal",
      "security",
    ],
  ],
  ["The past", ["backtest", "data", "sweeps", "resim", "report", "notebooks/index", "notebooks/*"]],
  ["Recipes", ["recipes/strategy", "recipes/rule", "recipes/endpoint", "recipes/venue", "recipes/*"]],
  ["Packages", ["packages/*"]],
  ["Types", ["api/@bp/*", "api/@aster/*"]],
  ["How good it is", ["performance", "bench", "torture", "mutation"]],
  ["Project", ["changes", "releasing", "licences"]],
];

const chinese: readonly (readonly [string, readonly string[]])[] = [
  ["开始", ["zh/quick-start"]],
  ["从别的机器人迁移", coming.map((page) => `zh/${page}`)],
  [
    "英文文档",
    [
      "bot",
      "dashboard",
      "concepts",
      "operations",
      "security",
      "watchdog",
      "reconciliation",
      "backtest",
      "glossary",
      "performance",
    ],
  ],
];

const folded = new Set(["Packages", "Types", "Recipes", "The past", "How good it is", "Project"]);

/** Pages that are laid out, without `.md`. */
const pagesOf = (folder: string) =>
  globSync("**/*.md", { cwd: folder })
    .map((file) => file.replaceAll("\\", "/").slice(0, -3))
    .toSorted();

/** First heading of a page; its own name where it has none. */
function titleOf(folder: string, page: string): string {
  const heading = /^# (.+)$/m.exec(readFileSync(join(folder, `${page}.md`), "utf8"))?.[1] ?? page;
  return heading.replaceAll(/[`\\]/g, "");
}

function groups(wanted: typeof english, folder: string, of: readonly string[]): { groups: Group[]; used: Set<string> } {
  const used = new Set<string>();
  const made = wanted.flatMap(([text, patterns]): Group[] => {
    const pages = patterns.flatMap((pattern) =>
      of.filter(
        (page) =>
          !used.has(page) &&
          (pattern.endsWith("/*") ? page.startsWith(pattern.slice(0, -1)) : page === pattern) &&
          used.add(page),
      ),
    );
    const items = pages.map((page) => ({
      text: titleOf(folder, page),
      link: `/${page.replace(/(^|\/)index$/, "$1")}`,
    }));
    return items.length === 0 ? [] : [{ text, items, ...(folded.has(text) ? { collapsed: true } : {}) }];
  });
  return { groups: made, used };
}

/**
 * @param folder - where pages are laid out
 * @returns the sidebars of both languages
 */
export function sidebars(folder: string = staged): { readonly en: Group[]; readonly zh: Group[] } {
  const pages = pagesOf(folder);
  const { groups: en, used } = groups(english, folder, pages);
  const rest = pages.filter(
    (page) => !used.has(page) && !page.startsWith("zh/") && page !== "index" && page !== "api/README",
  );
  if (rest.length > 0)
    en.push({ text: "More", items: rest.map((page) => ({ text: titleOf(folder, page), link: `/${page}` })) });
  return { en, zh: groups(chinese, folder, pages).groups };
}
