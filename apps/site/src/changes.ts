// The page of changes: what the next release brings, from the notes that wait for it, and what earlier ones brought.

/** A note that waits for a release. */
export interface Note {
  /** Packages that it is about, with the kind of change: `@bp/core: minor`. */
  readonly about: readonly string[];
  readonly text: string;
}

/** Reads a file of `.changeset/`; `undefined` for one that names no package. */
export function noteOf(file: string): Note | undefined {
  const [, head = "", text = ""] = /^---\n([\s\S]*?)---\n([\s\S]*)$/.exec(file) ?? [];
  const about = [...head.matchAll(/^"?([^":\n]+)"?: (major|minor|patch)$/gm)].map(
    ([, name, kind]) => `${name}: ${kind}`,
  );
  return about.length === 0 ? undefined : { about, text: text.trim() };
}

/**
 * @param notes - those that wait
 * @param logs - CHANGELOG.md of each package that has one, by the package's name
 * @returns the page
 */
export function changesPage(notes: readonly Note[], logs: ReadonlyMap<string, string>): string {
  const waiting = new Map<string, string[]>();
  for (const { about, text } of notes)
    for (const each of about) {
      const [name = "", kind = ""] = each.split(": ");
      waiting.set(name, [
        ...(waiting.get(name) ?? []),
        `- ${kind === "patch" ? "" : `**${kind}** · `}${text.replaceAll("\n", "\n  ")}`,
      ]);
    }
  const coming = [...waiting]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, lines]) => `### ${name}\n\n${lines.join("\n")}`);
  const past = [...logs].map(
    ([name, log]) =>
      `### ${name}\n\n${log
        .replace(/^# .*\n/, "")
        .replaceAll(/^(#+) /gm, "##$1 ")
        .trim()}`,
  );
  return `# Changes

What each release changes for whoever uses a package. How versions are numbered, and how a release is made: [releasing](docs/releasing.md).

## In the next release

${coming.length === 0 ? "Nothing yet." : coming.join("\n\n")}
${past.length === 0 ? "" : `\n## Before\n\n${past.join("\n\n")}\n`}`;
}
