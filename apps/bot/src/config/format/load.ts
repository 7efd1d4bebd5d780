// A file as what it holds: variables, or groups of keys, by its content and not by its name.
import { closeSync, openSync, readSync } from "node:fs";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { BpError } from "@bp/core";
import { fromHere } from "../../paths.ts";
import { isEnv, readEnv } from "./env.ts";
import { type Parsed, readJson } from "./json.ts";

/** What a file holds. */
export type Content =
  | { readonly kind: "variables"; readonly variables: Readonly<Record<string, string>> }
  | { readonly kind: "tree"; readonly tree: Readonly<Record<string, unknown>> };

/** No configuration is longer, in bytes, or nested deeper. */
const longest = 256_000;
const deepest = 100;
const modules = [".ts", ".mts", ".js", ".mjs"];

/**
 * Reads a file.
 *
 * @throws BpError `config/unreadable`, without any of its text
 */
export async function load(file: string): Promise<Content> {
  const fail = (why: string) => new BpError("config/unreadable", { file, why });
  const path = fromHere(file);
  let text: string;
  try {
    const bytes = firstOf(path, longest + 1);
    if (bytes.length > longest) throw fail("it is longer than 256 KB");
    text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    if (error instanceof BpError) throw error;
    throw fail(error instanceof Error && "code" in error ? String(error.code) : "it cannot be opened");
  }
  const tree = modules.includes(extname(path)) ? await imported(path, fail) : await parsed(text, fail);
  if (tree === "variables") return { kind: "variables", variables: readEnv(text) };
  if (typeof tree !== "object" || tree === null || Array.isArray(tree)) throw fail("it holds no keys and values");
  return { kind: "tree", tree: { ...tree } };
}

async function parsed(text: string, fail: (why: string) => BpError): Promise<unknown> {
  if (text.includes("\0")) throw fail("it is no text");
  if (isEnv(text)) return "variables";
  if (depthOf(text) > deepest) throw fail("it is nested too deep");
  const json = attempt(() => readJson(text));
  if ("value" in json) return json.value;
  const { readYaml } = await import("./yaml.ts"); // 10 MB of memory that a run without a file need not carry
  const yaml = attempt(() => readYaml(text));
  if ("value" in yaml) return yaml.value;
  const why = isLikeJson(text) ? json.why : yaml.why;
  throw fail(`it is neither YAML nor JSON: ${why}`);
}

/** The first bytes of a file, whatever it is: `/dev/zero` has no end and says that its size is 0. */
function firstOf(path: string, most: number): Buffer {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(most);
    let length = 0;
    for (let read = -1; read !== 0 && length < most; length += read)
      read = readSync(file, bytes, length, most - length, null);
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

/** How deep brackets are open at most; those in comments and texts count too. Parsers take time and memory for each. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + (bracket === "[" || bracket === "{" ? 1 : -1));
    most = Math.max(most, depth);
  }
  return most;
}

/** Whether it begins as JSON does, after comments: then its mistake is told and not YAML's. */
function isLikeJson(text: string): boolean {
  const head = text.slice(0, 2_000); // the pattern is slow on hostile texts
  return /^\s*["{[]/.test(head.replaceAll(/^[ \t]*\/\/.*$|\/\*[\s\S]*?\*\//gm, ""));
}

/** What is nested too deep ends as a mistake of the file. */
function attempt(read: () => Parsed): Parsed {
  try {
    return read();
  } catch {
    return { why: "it is nested too deep" };
  }
}

async function imported(path: string, fail: (why: string) => BpError): Promise<unknown> {
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = await import(pathToFileURL(path).href);
  } catch (error) {
    throw fail(`it cannot be imported (${error instanceof Error ? error.name : "an error"})`);
  }
  const value = exported["default"] ?? exported["config"];
  if (value === undefined) throw fail("it exports neither `default` nor `config`");
  try {
    return JSON.parse(JSON.stringify(value)) ?? undefined; // plain data only
  } catch {
    throw fail("what it exports is no plain data");
  }
}
