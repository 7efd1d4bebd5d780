import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { ed25519Key, masked, Secret } from "./index.ts";

const text = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";
const secret = Secret.of(text);
const loose = secret as unknown as string; // what a program without types does

describe("Secret", () => {
  it("gives its text to whoever asks for it by name", () => {
    expect(secret.reveal()).toBe(text);
  });

  it("shows as [secret] wherever it could be printed", () => {
    const held = { config: { key: "public", secret } };
    const printed = [
      String(secret),
      `a ${loose}`,
      secret.toString(),
      "".concat(loose),
      [secret].join(),
      JSON.stringify(secret),
      JSON.stringify(held),
      inspect(secret),
      inspect(held, { depth: null }),
      inspect(held, { showHidden: true, getters: true, customInspect: false, depth: null }),
      inspect(new Error("no", { cause: held })),
      inspect(new Map([[secret, secret]])),
    ];
    for (const each of printed) expect(each).not.toContain(text.slice(0, 8));
    expect(String(secret)).toBe("[secret]");
    expect(JSON.stringify(held)).toBe('{"config":{"key":"public","secret":"[secret]"}}');
    expect(inspect(held)).toContain("[secret]");
  });

  it("is not carried by a copy of it", () => {
    for (const copy of [structuredClone(secret), Object.assign({}, secret)])
      expect(inspect(copy, { showHidden: true, depth: null })).not.toContain(text.slice(0, 8));
    expect(Object.getOwnPropertyNames(secret)).toEqual([]);
    expect(Reflect.ownKeys(secret)).toEqual([]);
  });

  it("stays hidden inside a key that was made of it", () => {
    const key = ed25519Key("ebVWLo/mVPlAeLES6KmLp5AfhTrmlb7X4OORC60ElmQ=", secret);
    expect(inspect(key, { showHidden: true, depth: null })).not.toContain(text.slice(0, 8));
    expect(JSON.stringify(key)).toBe('{"publicKey":"ebVWLo/mVPlAeLES6KmLp5AfhTrmlb7X4OORC60ElmQ="}');
  });
});

describe("masked", () => {
  const key = "ebVWLo/mVPlAeLES6KmLp5AfhTrmlb7X4OORC60ElmQ=";
  const signature = "UfXiEm7cbX4pypibm+sWZFrR4S2WQ1V/CaUoAlkpmbQaMKm09cZjWSsk1VJySB6AdudCCOrw/7phybRpbESrCQ==";

  it("blots out keys and signatures, plain, escaped and in a URL", () => {
    const shown = masked(
      `key ${key}, ${JSON.stringify({ signature })}, ${key.replaceAll("/", "\\/")} ?s=${encodeURIComponent(signature)}`,
    );
    expect(shown).toBe('key [secret], {"signature":"[secret]"}, [secret] ?s=[secret]');
  });

  it("leaves numbers, symbols and addresses alone", () => {
    const text = "order 113392053149171712 SOL_USDC_PERP 4h5Rw1tD6S1uqQ6cXbG5cYQeB3tHk2mYx3k9Qw8aXv7z";
    expect(masked(text)).toBe(text);
  });
});
