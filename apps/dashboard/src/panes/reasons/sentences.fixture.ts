// The sentences that a source file can say: its texts and templates, read by a parser and not from a list that somebody must keep up.
import { parseSync } from "vite";

/** Stands where a template has a value. */
const hole = "7";

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

/**
 * Every text of more than one word in a module, each value in it replaced by `7`, each way of a condition within it by itself. Errors
 * that are thrown are none: a person reads them elsewhere. What a door refuses with is one, thrown or not.
 *
 * @param file - its name, for complaints
 * @param code - TypeScript
 */
export function sentencesIn(file: string, code: string): readonly string[] {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) visit(each);
    if (!isNode(node) || isSilent(node)) return;
    if (isText(node)) {
      for (const text of waysOf(node)) if (isSentence(text)) found.add(text);
      visitValues(node);
      return;
    }
    for (const [field, value] of Object.entries(node))
      if (!(field === "key" && node["computed"] !== true)) visit(value);
  };
  /** What stands in a text: its ways are in it already, what else is said in there is not. */
  const visitValues = (node: unknown): void => {
    if (!isNode(node)) return;
    if (isText(node)) for (const each of expressionsOf(node)) visitValues(each);
    else if (isChoice(node)) for (const each of [node["test"], ...choicesOf(node)]) visitValues(each);
    else visit(node);
  };
  visit(parseSync(file, code, { lang: "ts" }).program);
  return [...found];
}

/** All that an expression may put into a text. */
function waysOf(node: unknown): readonly string[] {
  if (!isNode(node)) return [hole];
  if (isChoice(node)) return choicesOf(node).flatMap(waysOf);
  if (node.type === "Literal") return typeof node["value"] === "string" ? [node["value"]] : [hole];
  if (node.type !== "TemplateLiteral") return [hole];
  const expressions = expressionsOf(node);
  return (node["quasis"] as readonly Node[]).reduce<readonly string[]>(
    // ESTree
    (texts, quasi, at) => {
      const { cooked } = quasi["value"] as { readonly cooked: string };
      const next = at < expressions.length ? waysOf(expressions[at]) : [""];
      return texts.flatMap((text) => next.map((each) => `${text}${cooked}${each}`));
    },
    [""],
  );
}

const isText = ({ type }: Node): boolean => type === "Literal" || type === "TemplateLiteral";
const isChoice = ({ type }: Node): boolean => type === "ConditionalExpression" || type === "LogicalExpression";
const expressionsOf = (node: Node): readonly unknown[] => (node["expressions"] ?? []) as readonly unknown[]; // ESTree
/** What stands for nothing is no way of its own: `why ?? ""`. */
const choicesOf = (node: Node): readonly unknown[] =>
  node.type === "ConditionalExpression"
    ? [node["consequent"], node["alternate"]]
    : [node["left"], node["right"]].filter((each) => !(isNode(each) && each["value"] === ""));
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value;

/** Types, imports, what is thrown. */
function isSilent(node: Node): boolean {
  if (/^(Import|Export(All|Default))/.test(node.type)) return true;
  if (node.type === "ThrowStatement") return !isRefusal(node["argument"]);
  if (node.type === "NewExpression" && isNode(node["callee"])) return String(node["callee"]["name"]).endsWith("Error");
  return node.type.startsWith("TS") && !/^TS(As|Satisfies|NonNull)/.test(node.type);
}

const isRefusal = (node: unknown): boolean =>
  isNode(node) && node.type === "CallExpression" && isNode(node["callee"]) && node["callee"]["name"] === "refusal";
const isSentence = (text: string): boolean => /[a-z].*\s|\s.*[a-z]/i.test(text);
