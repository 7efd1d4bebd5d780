// The fingerprint of commands.
import { createHash } from "node:crypto";
import type { Command, Entry } from "@bp/core";
import { describe, expect, it } from "vitest";
import { canonicalJson, commandsDigest } from "./digest.ts";
import { everyKind } from "./run.fixture.ts";

const commands = everyKind().flatMap((each: Entry) => (each.dir === "out" ? [each.command] : []));

function digestOf(given: readonly Command[]): string {
  const digest = commandsDigest();
  for (const each of given) digest.add(each);
  return digest.hex();
}

describe("commandsDigest", () => {
  it("is sha256 over one line of canonical JSON for each command", () => {
    const text = commands.map((each) => `${canonicalJson(each)}\n`).join("");
    expect(digestOf(commands)).toBe(createHash("sha256").update(text).digest("hex"));
    expect(digestOf([])).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  it("depends on order, not on the order of fields", () => {
    expect(digestOf(commands.toReversed())).not.toBe(digestOf(commands));
    const turned = commands.map((each) => Object.fromEntries(Object.entries(each).toReversed()) as unknown as Command);
    expect(digestOf(turned)).toBe(digestOf(commands));
  });

  it("can be asked on the way", () => {
    const digest = commandsDigest();
    for (const each of commands) {
      digest.add(each);
      digest.hex();
    }
    expect(digest.hex()).toBe(digestOf(commands));
  });
});

describe("canonicalJson", () => {
  it("sorts keys at every depth and leaves undefined out", () => {
    expect(canonicalJson({ b: 1, a: { d: [2, { z: 1, y: undefined, x: "é" }], c: null } })).toBe(
      '{"a":{"c":null,"d":[2,{"x":"é","z":1}]},"b":1}',
    );
  });
});
