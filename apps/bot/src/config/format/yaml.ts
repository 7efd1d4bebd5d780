// YAML with its numbers as they were written, and its mistakes without the text of the file.
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { exactly } from "./exactly.ts";
import type { Parsed } from "./json.ts";

/** Reads one document. */
export function readYaml(text: string): Parsed {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter, logLevel: "silent" });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line } = lineCounter.linePos(error.pos[0]);
    return { why: `${error.code.toLowerCase().replaceAll("_", " ")} in line ${line}` };
  }
  try {
    document.toJS({ maxAliasCount: 100 }); // throws for names that lead nowhere and for those that grow without end
    return { value: readNode(document.contents, document) };
  } catch {
    return { why: "names (&, *) that cannot be followed" };
  }
}

type Document = ReturnType<typeof parseDocument>;

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
