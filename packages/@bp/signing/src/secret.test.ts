import { inspect } from "node:util";
import { serialize } from "node:v8";
import { describe, expect, expectTypeOf, it } from "vitest";
import { agentKey, createAgent, createEd25519Pair, ed25519Key, masked, Secret } from "./index.ts";

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

  it("is no text to the compiler, and no text is one", () => {
    expectTypeOf(secret).not.toExtend<string>();
    expectTypeOf<string>().not.toExtend<Secret>();
    expectTypeOf<{ reveal(): string; toString(): string; toJSON(): string }>().not.toExtend<Secret>(); // nothing that looks like one
  });

  it("is in no message, cause, stack or serialised copy of an error that holds it", () => {
    const error = new AggregateError([new Error(`no ${loose}`, { cause: secret })], "no", { cause: { secret } });
    Object.assign(error, { secret, at: new Map([["secret", secret]]) });
    const shown = [
      inspect(error, { showHidden: true, depth: null }),
      inspect(error, { customInspect: false, showHidden: true, depth: null }),
      error.stack ?? "",
      JSON.stringify(Object.assign({}, error)),
      serialize({ secret }).toString("latin1"), // what a worker or a child would be sent
      JSON.stringify(process.report?.getReport(error) ?? ""),
      String(Object.entries(secret)),
      String(secret.valueOf()), // oxlint-disable-line typescript/no-base-to-string -- what it shows is the question
    ];
    for (const each of shown) expect(each).not.toContain(text.slice(0, 8));
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

  it("blots out hex of secrets, private keys and signatures", () => {
    const digits = "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9";
    const both = digits + digits;
    const shown = masked(
      `secret ${digits}, 0x${digits} ${digits.toUpperCase()}; ["0x${both}1b"] (${both}) \\"0X${both}1C\\" a=${digits}&b=${digits}`,
    );
    expect(shown).toBe(
      'secret [secret], [secret] [secret]; ["[secret]"] ([secret]) \\"[secret]\\" a=[secret]&b=[secret]',
    );
  });

  it("blots out what is called a signature or an API key, whatever it looks like", () => {
    const shown = masked(
      [
        "POST /fapi/v3/order?symbol=ASTERUSDT&signature=0xabc123&x=1",
        "body: signature=short",
        '{"signature": "short"}',
        "X-MBX-APIKEY: key-1 next",
        '{"x-mbx-apikey":"key-1","a":1}',
        "{ 'X-MBX-APIKEY': 'key-1' }",
        '["X-MBX-APIKEY","key-1","Host","x"]',
        'escaped {\\"X-MBX-APIKEY\\":\\"key-1\\"}',
        "curl -H 'X-MBX-APIKEY: key-1' -d 'a=1&signature=short'",
      ].join("\n"),
    );
    expect(shown.split("\n")).toEqual([
      "POST /fapi/v3/order?symbol=ASTERUSDT&signature=[secret]&x=1",
      "body: signature=[secret]",
      '{"signature": "[secret]"}',
      "X-MBX-APIKEY: [secret] next",
      '{"x-mbx-apikey":"[secret]","a":1}',
      "{ 'X-MBX-APIKEY': '[secret]' }",
      '["X-MBX-APIKEY","[secret]","Host","x"]',
      'escaped {\\"X-MBX-APIKEY\\":\\"[secret]\\"}',
      "curl -H 'X-MBX-APIKEY: [secret]' -d 'a=1&signature=[secret]'",
    ]);
  });

  it("hides each secret that the package knows, in every form that it is written in", () => {
    const { address, privateKey } = createAgent();
    const { apiKey, secret: seed } = createEd25519Pair();
    const signature = agentKey({ signer: address, privateKey, chainId: 1666 }).sign("x");
    const hidden = [privateKey.reveal(), privateKey.reveal().slice(2), seed.reveal(), apiKey, signature];
    for (const each of hidden) {
      expect(masked(`a ${each} b`)).toBe("a [secret] b");
      expect(masked(JSON.stringify({ a: each }))).toBe('{"a":"[secret]"}');
      expect(masked(`?a=${encodeURIComponent(each)}&b=1`)).toBe("?a=[secret]&b=1");
    }
    expect(masked(address)).toBe(address);
  });

  it("leaves numbers, symbols and addresses alone", () => {
    const text =
      "order 113392053149171712 SOL_USDC_PERP 4h5Rw1tD6S1uqQ6cXbG5cYQeB3tHk2mYx3k9Qw8aXv7z 0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e nonce=1748310859508867 Signature for this request is not valid. signature: expected text";
    expect(masked(text)).toBe(text);
  });
});
