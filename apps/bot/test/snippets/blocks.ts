// Fenced blocks of the documents, and the lines of their commands.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The repository. */
export const root = join(import.meta.dirname, "../../../..");

/** A fenced block of a document. */
export interface Block {
  readonly document: string;
  /** Line of the fence, from 1. */
  readonly at: number;
  /** First word behind the fence; empty where there is none. */
  readonly language: string;
  readonly text: string;
}

/** A command of a block, as a shell would read it: without its comment, lines that go on made one. */
export interface Line {
  readonly block: Block;
  readonly command: string;
}

/** Every document whose blocks a reader may try. */
export const documents: readonly string[] = globSync(
  ["*.md", "docs/**/*.md", "apps/*/README.md", "apps/*/deploy/**/*.md", "bench/README.md", "packages/@*/*/README.md"],
  { cwd: root, exclude: (name) => name === "node_modules" },
).toSorted();

/** @throws Error for a fence that is never closed */
export function blocksOf(document: string, text = readFileSync(join(root, document), "utf8")): readonly Block[] {
  const found: Block[] = [];
  let open: { at: number; language: string; lines: string[] } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const fence = /^ *```(\S*)/.exec(line);
    if (fence === null) open?.lines.push(line);
    else if (open === undefined) open = { at: index + 1, language: fence[1] ?? "", lines: [] };
    else {
      found.push({ document, at: open.at, language: open.language, text: open.lines.join("\n") });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`${document}:${open.at} is never closed`);
  return found;
}

/** Commands of a block in the shell's language. A comment begins at a `#` behind a blank. */
export function linesOf(block: Block): readonly Line[] {
  return block.text
    .replaceAll(/\\\n\s*/g, " ")
    .split("\n")
    .map((line) => line.replace(/(^|\s+)#.*$/, "").trim())
    .filter((command) => command !== "")
    .map((command) => ({ block, command }));
}
