// Looks at the site as it was built: every link of a page leads to a page and an anchor that exist, and nothing is asked of another host.
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";

/** Attributes by which a browser fetches something by itself. */
const fetched = /<(?:script|img|iframe|source|video|audio|embed)\b[^>]*?\bsrc="([^"]+)"|<link\b[^>]*?\bhref="([^"]+)"/g;
const outside = /^(?:[a-z]+:)?\/\//i;

/**
 * @param dist - folder of the built site
 * @returns what is wrong, a line each: page, and what
 */
export function faultsOf(dist: string): readonly string[] {
  const pages = globSync("**/*.html", { cwd: dist })
    .map((file) => file.replaceAll("\\", "/"))
    .toSorted();
  const texts = new Map(pages.map((page) => [page, readFileSync(join(dist, page), "utf8")]));
  const anchors = new Map(
    [...texts].map(([page, text]) => [
      page,
      new Set([...text.matchAll(/\bid="([^"]+)"/g)].map(([, id = ""]) => decoded(id))),
    ]),
  );
  const faults: string[] = [];
  for (const [page, text] of texts) {
    for (const [, src, href] of text.matchAll(fetched)) {
      const target = src ?? href ?? "";
      if (outside.test(target)) faults.push(`${page}: asks another host: ${target}`);
    }
    const targets = new Set(
      [...text.matchAll(/<a\b[^>]*?\bhref="([^"]+)"/g)].map(([, target = ""]) => decoded(target)),
    );
    for (const target of targets) {
      const fault = faultOf(target, page, dist, anchors);
      if (fault !== undefined) faults.push(`${page}: ${fault}: ${target}`);
    }
  }
  for (const file of globSync("**/*.css", { cwd: dist }))
    for (const [, target = ""] of readFileSync(join(dist, file), "utf8").matchAll(/(?:url\(|@import )["']?([^"')]+)/g))
      if (outside.test(target)) faults.push(`${file}: asks another host: ${target}`);
  return faults;
}

const decoded = (text: string) => decodeURIComponent(text.replaceAll("&amp;", "&").replaceAll("&quot;", '"'));

function faultOf(target: string, page: string, dist: string, anchors: ReadonlyMap<string, ReadonlySet<string>>) {
  if (/^https?:/.test(target)) return URL.canParse(target) ? undefined : "no address";
  if (/^[a-z]+:/.test(target))
    return target.startsWith("mailto:") ? undefined : "a scheme that a document has no use for";
  const [path = "", anchor] = target.split("#");
  const base = process.env["BP_SITE_BASE"] ?? "/";
  const from = path.startsWith(base) ? path.slice(base.length) : posix.join(posix.dirname(page), path);
  const place = path === "" ? page : placeOf(from.replace(/^\//, ""), dist);
  if (place === undefined) return "leads nowhere";
  if (anchor === undefined || anchor === "" || !place.endsWith(".html")) return undefined;
  return anchors.get(place)?.has(anchor) ? undefined : "no such anchor";
}

function placeOf(path: string, dist: string): string | undefined {
  const tries =
    path === "" || path.endsWith("/") ? [`${path}index.html`] : [path, `${path}.html`, `${path}/index.html`];
  return tries.find((each) => existsSync(join(dist, each)) && statSync(join(dist, each)).isFile());
}
