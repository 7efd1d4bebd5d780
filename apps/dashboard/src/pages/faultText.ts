// What a fault is called.
import type { Words } from "../words/en.ts";

/** In words where the page knows it, else by its own name. */
export function faultText(id: string, words: Words): { readonly name: string; readonly say?: string } {
  const known: Readonly<Record<string, string>> = words;
  const say = known[`fault.${id}.say`];
  return { name: known[`fault.${id}`] ?? id.replaceAll("-", " "), ...(say === undefined ? {} : { say }) };
}
