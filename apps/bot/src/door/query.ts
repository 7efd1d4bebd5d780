// What follows `?` in an address.
import type { DoorContext } from "./app.ts";
import { Refusal } from "./refuse.ts";

/** Texts are as long as a line at most. */
const longest = 200;

/** A whole number in a range. @throws Refusal 400 for anything else */
export function wholeIn(c: DoorContext, name: string, from: number, to: number): number | undefined {
  const said = c.req.query(name);
  if (said === undefined || said === "") return undefined;
  const found = Number(said);
  if (/^\d{1,16}$/.test(said) && found >= from && found <= to) return found;
  throw new Refusal(400, { error: `${name} must be a whole number, ${from} to ${to}`, field: name });
}

/** A text; empty where it was left out. @throws Refusal 400 for one that is too long */
export function textIn(c: DoorContext, name: string): string {
  const said = c.req.query(name) ?? "";
  if (said.length <= longest) return said;
  throw new Refusal(400, { error: `${name} may have ${longest} characters`, field: name });
}

/** The language that was asked for, or another. */
export const languageIn = (c: DoorContext, other: "en" | "zh"): "en" | "zh" => {
  const said = c.req.query("language") ?? "";
  return said.startsWith("zh") ? "zh" : said.startsWith("en") ? "en" : other;
};
