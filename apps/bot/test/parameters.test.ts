// What the package's page says of the strategies: none is left out, and none of their parameters.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strategies } from "@bp/strategies";
import { describe, expect, it } from "vitest";
import * as z from "zod";

const page = readFileSync(join(import.meta.dirname, "../../../packages/@bp/strategies/README.md"), "utf8");

/** The text under a heading. */
const section = (heading: string) => page.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? "";

/** Parameters of an object, those of objects within it too. */
function namesIn(schema: unknown): readonly string[] {
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault || schema instanceof z.ZodOptional)
    return namesIn(schema.unwrap());
  if (schema instanceof z.ZodArray) return namesIn(schema.element);
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
  return [];
}

describe("the page of the strategies", () => {
  it.each(Object.entries(strategies))("has all parameters of %s, and an example", (name, { params }) => {
    expect(section("Strategies")).toContain(`| \`${name}\` |`);
    const text = section(name);
    expect(text).toContain(`play("${name}"`);
    const names = namesIn(params);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((each) => !text.includes(`\`${each}\``))).toEqual([]);
  });
});
