import { describe, expect, it } from "vitest";
import { isEnv, readEnv } from "./env.ts";
import { readJson } from "./json.ts";
import { readYaml } from "./yaml.ts";

describe("readEnv", () => {
  it("reads indentation, comments, quotes, export, CRLF and values that end in =", () => {
    const text =
      "A=1 # one\r\n  B=abc=   # 注释 (x)\r\nexport C=\"q # no\" # yes\r\nD='x'\r\nE=\r\nF=   # http://user:pass@host:port\r\n";
    expect(readEnv(text)).toEqual({ A: "1", B: "abc=", C: "q # no", D: "x", E: "", F: "" });
  });

  it("begins a comment after a space only, so that a password may hold a #", () => {
    expect(readEnv("P=http://u:a#b@host:1 # mine\nQ=x#y")).toEqual({ P: "http://u:a#b@host:1", Q: "x#y" });
  });

  it("is told from YAML and JSON by its lines", () => {
    expect(isEnv("# c\nA=1\n")).toBe(true);
    for (const text of ["a: b=c\n", '{ "a": "b=c" }', "prose", ""]) expect(isEnv(text)).toBe(false);
  });
});

describe("readJson", () => {
  it("reads comments, trailing commas, and slashes inside of texts", () => {
    const text = '{ "a": [1, 2,], // 注释 (x) "b": 3\n "u": "wss://x//y/*z*/", /* c */ }';
    expect(readJson(text)).toEqual({ value: { a: [1, 2], u: "wss://x//y/*z*/" } });
  });

  it("keeps digits that a number cannot hold as text", () => {
    expect(readJson('{ "a": 0.1, "b": 1.0, "c": 0.12345678901234567890, "d": 12345678901234567890 }')).toEqual({
      value: { a: 0.1, b: 1, c: "0.12345678901234567890", d: "12345678901234567890" },
    });
  });

  it("makes one of several objects, and of members without braces", () => {
    for (const text of [
      '{"a":{"x":1}}\n// b\n{"b":2,"a":{"y":3}}',
      '"a": {"x":1, "y":3}, // c\n"b": 2',
      '"a": {"x":1, "y":3}\n"b": 2',
    ])
      expect(readJson(text)).toEqual({ value: { a: { x: 1, y: 3 }, b: 2 } });
  });

  it("names the line of a mistake and none of its text", () => {
    expect(readJson('{ "a": 1,\n "b": secret }')).toEqual({ why: expect.stringMatching(/in line 2$/) });
    expect(readJson("")).toEqual({ why: "it is empty" });
  });

  it("takes __proto__ as a key like any other", () => {
    const read = readJson('{ "__proto__": { "polluted": true } }');
    expect("value" in read && Object.keys(read.value as object)).toEqual(["__proto__"]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

describe("readYaml", () => {
  it("keeps digits that a number cannot hold as text", () => {
    expect(readYaml("a: 0.1\nb: '10'\nc: 10.12345678901234567890\nd: &x 5\ne: *x\n")).toEqual({
      value: { a: 0.1, b: "10", c: "10.12345678901234567890", d: 5, e: 5 },
    });
  });

  it("names the line of a mistake and none of its text", () => {
    expect(readYaml("a: 1\nb: [secret,")).toEqual({ why: expect.stringMatching(/in line [23]$/) });
    expect(readYaml("a: *secret")).toEqual({ why: expect.not.stringContaining("secret") });
  });
});
