// Links of a document, as they must be on the site: to its pages, or, where they lead into the repository, to nothing that is not there.
import { posix } from "node:path";

/** Where links of the repository lead on the site. */
export interface Places {
  /** Page of the site (`recipes/aster.md`) by document of the repository (`docs/recipes/aster.md`). */
  readonly pages: ReadonlyMap<string, string>;
  /** Files that go along with the pages, such as pictures: the same, by file of the repository. */
  readonly files: ReadonlyMap<string, string>;
  /** Address of the repository's files, ends with a slash; without one, what is no page is named and not linked. */
  readonly repository: string | undefined;
}

/**
 * The text of a document with its links made anew. Fenced blocks and code in a line stay as they are.
 *
 * @param text - Markdown
 * @param document - its path in the repository, which its relative links start from
 * @param page - its path on the site
 */
export function withLinks(text: string, document: string, page: string, places: Places): string {
  let fenced = false;
  const lines = text.split("\n").map((line) => {
    if (/^ *```/.test(line)) fenced = !fenced;
    return fenced || line.startsWith("```") ? line : inLine(line, (link) => linked(link, document, page, places));
  });
  return lines.join("\n");
}

interface Link {
  readonly whole: string;
  /** `!` of a picture, or nothing. */
  readonly mark: string;
  readonly text: string;
  readonly target: string;
}

/** Code in a line comes first, so that a link that is only shown stays as it is. */
function inLine(line: string, change: (link: Link) => string): string {
  return line.replaceAll(
    /\[(`[^`]*`)\]\(([^()\s]+)\)|`[^`]*`|(!?)\[([^\][]*)\]\(([^()\s]+)\)/g,
    (whole: string, code?: string, codeTarget?: string, mark?: string, text?: string, target?: string) => {
      if (code !== undefined && codeTarget !== undefined)
        return change({ whole, mark: "", text: code, target: codeTarget });
      return target === undefined ? whole : change({ whole, mark: mark ?? "", text: text ?? "", target });
    },
  );
}

function linked({ whole, mark, text, target }: Link, document: string, page: string, places: Places): string {
  const [path = "", anchor] = target.split("#");
  if (/^[a-z]+:/.test(target) || path === "") return whole;
  const wanted = posix.join(posix.dirname(document), path).replace(/\/$/, "");
  const place = places.pages.get(wanted) ?? places.pages.get(`${wanted}/README.md`) ?? places.files.get(wanted);
  const there = anchor === undefined ? "" : `#${anchor}`;
  if (place !== undefined) {
    const way = posix.relative(posix.dirname(page), place);
    return `${mark}[${text}](${way.startsWith(".") ? way : `./${way}`}${there})`;
  }
  if (places.repository !== undefined) return `${mark}[${text}](${places.repository}${wanted}${there})`;
  return `<span class="in-repository" title="${wanted} in the repository">${text}</span>`;
}
