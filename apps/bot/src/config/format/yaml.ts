// YAML with its numbers as they were written, and its mistakes without the text of the file.
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import { exactly } from "./exactly.ts";
import type { Parsed } from "./json.ts";

/** No configuration says more names (`*`): each of them may be a copy of everything before it. */
const mostNames = 100;

/** Reads one document. */
export function readYaml(text: string): Parsed {
  const lineCounter = new LineCounter();
  // Keys that come twice are found below: the library compares each key with each.
  const document = parseDocument(text, { prettyErrors: false, lineCounter, logLevel: "silent", uniqueKeys: false });
  const lineAt = (offset: number | undefined) => lineCounter.linePos(offset ?? 0).line;
  const [error] = document.errors;
  if (error !== undefined) return { why: `${words(error.code)} in line ${lineAt(error.pos[0])}` };
  const twice = keyTwice(document);
  if (twice !== undefined) return { why: `duplicate key in line ${lineAt(twice)}` };
  try {
    if (namesIn(document) > mostNames) throw new RangeError("names");
    document.toJS({ maxAliasCount: mostNames }); // throws for names that lead nowhere and for those that grow without end
    return { value: readNode(document.contents, document) };
  } catch {
    return { why: "names (&, *) that cannot be followed" };
  }
}

type Document = ReturnType<typeof parseDocument>;

const words = (code: string) => code.toLowerCase().replaceAll("_", " ");

function namesIn(document: Document): number {
  let count = 0;
  visit(document, {
    Alias: () => {
      count++;
    },
  });
  return count;
}

/** Where a key stands that its map has already. */
function keyTwice(document: Document): number | undefined {
  let found: number | undefined;
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        const name = keyOf(key);
        if (isScalar(key) && seen.has(name)) found ??= key.range?.[0] ?? 0;
        seen.add(name);
      }
      return found === undefined ? undefined : visit.BREAK;
    },
  });
  return found;
}

function readNode(node: unknown, document: Document): unknown {
  if (isAlias(node)) return readNode(node.resolve(document), document);
  if (isSeq(node)) return node.items.map((each) => readNode(each, document));
  if (isMap(node))
    return Object.fromEntries(node.items.map(({ key, value }) => [keyOf(key), readNode(value, document)]));
  if (!isScalar(node)) return undefined;
  const { value, source } = node;
  return typeof value === "number" && source !== undefined ? exactly(value, source) : value;
}

const keyOf = (key: unknown): string => (isScalar(key) ? String(key.value) : "a key that is no text");
