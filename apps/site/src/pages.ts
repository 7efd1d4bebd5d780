// Lays out the pages that the site is made of: documents with their links led to one another, and pages that are worked out.
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { performancePage } from "./benchmarks.ts";
import { changesPage, noteOf } from "./changes.ts";
import { documentsOf, root, staged } from "./documents.ts";
import { withLinks } from "./links.ts";

/** What stands at the head of the first pages; the rest of them is docs/README.md and docs/zh/README.md. */
const heads: Readonly<Record<string, string>> = {
  "index.md": head(
    "A trading toolkit for Backpack Exchange and Aster",
    "Market making, hedging, ladders and grids with real risk limits, and a sandbox exchange to try them on. In TypeScript.",
    [
      ["Quick start", "/quick-start"],
      ["You come from …", "/coming-from/"],
    ],
  ),
  "zh/index.md": head(
    "Backpack 与 Aster 交易工具集",
    "做市、对冲、补仓阶梯、网格，自带真实风控和一个可以随便折腾的沙盒交易所。TypeScript 编写。",
    [
      ["快速上手", "/zh/quick-start"],
      ["从别的机器人迁移", "/zh/coming-from/"],
    ],
  ),
};

function head(text: string, tagline: string, actions: readonly (readonly [string, string])[]): string {
  const buttons = actions.map(
    ([name, link], at) => `    - theme: ${at === 0 ? "brand" : "alt"}\n      text: ${name}\n      link: ${link}\n`,
  );
  return `---\nlayout: home\nhero:\n  name: bp\n  text: ${text}\n  tagline: ${text === "" ? "" : JSON.stringify(tagline)}\n  actions:\n${buttons.join("")}---\n\n`;
}

/** Writes everything but the API below `pages/`, which is made anew. */
export function layOut(): void {
  rmSync(staged, { recursive: true, force: true });
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const write = (page: string, text: string) => {
    mkdirSync(dirname(join(staged, page)), { recursive: true });
    writeFileSync(join(staged, page), text);
  };
  const documents = documentsOf();
  const files = new Map(globSync("docs/images/*", { cwd: root }).map((file) => [file, file.slice("docs/".length)]));
  for (const [file, place] of files) cpSync(join(root, file), join(staged, place), { recursive: true });
  const led = new Map([...documents, [".changeset", "changes.md"]]);
  const places = { pages: led, files, repository: process.env["BP_REPOSITORY"] };
  const onSite = (text: string, document: string, page: string) => write(page, withLinks(text, document, page, places));
  for (const [document, page] of documents) {
    if (page === "index.md" && document !== "docs/README.md") continue; // the first page of the code host is another one
    if (page === "zh/index.md" && document !== "docs/zh/README.md") continue;
    onSite(`${heads[page] ?? ""}${read(document)}`, document, page);
  }
  onSite(performancePage(read("bench/README.md")), "performance.md", "performance.md");
  const notes = globSync(".changeset/*.md", { cwd: root })
    .toSorted()
    .flatMap((file) => noteOf(read(file)) ?? []);
  const logs = globSync("packages/@*/*/CHANGELOG.md", { cwd: root }).toSorted();
  const named = new Map(logs.map((file) => [dirname(file).slice("packages/".length), read(file)]));
  onSite(changesPage(notes, named), "changes.md", "changes.md");
}
