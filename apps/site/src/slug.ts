// The anchor of a heading, as code hosts make it: one address of a section, on the site and where the sources are read.

/** Markdown's own signs, which are no part of what a heading says: links keep their text. */
const plain = (heading: string): string => heading.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll(/[`*]/g, "");

/**
 * @param heading - text of the heading, as Markdown or without it
 * @returns lower case, blanks as hyphens, and of everything else letters, digits, hyphens and underscores alone
 */
export function slug(heading: string): string {
  return plain(heading)
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

/** Anchors of all headings of a page, in order; a second one of the same name ends with `-1`. Fenced blocks have none. */
export function anchorsOf(page: string): readonly string[] {
  const seen = new Map<string, number>();
  let fence: string | undefined;
  const found: string[] = [];
  for (const line of page.split("\n")) {
    const mark = /^ *(```+|~~~+)/.exec(line)?.[1];
    if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence;
    const heading = fence === undefined ? /^#{1,6} +(.*?)(?: +#+)?$/.exec(line)?.[1] : undefined;
    if (heading === undefined) continue;
    const name = slug(heading);
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    found.push(before === 0 ? name : `${name}-${before}`);
  }
  return found;
}
