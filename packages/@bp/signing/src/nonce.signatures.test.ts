// Real processes that sign with one agent, some of which know whose agent it is.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createAgent, verifyEip712 } from "./index.ts";

const directory = mkdtempSync(join(tmpdir(), "nonces-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const flags = ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning", "--input-type=module", "--eval"];
const source = JSON.stringify(new URL("index.ts", import.meta.url).href);
const { address: signer, privateKey } = createAgent(new Uint8Array(32).fill(7));
const user = createAgent(new Uint8Array(32).fill(8)).address;

/** Runs `text` in one process for each of `all` (its `given`), at the same time; what they `answer`. */
async function together(text: string, all: readonly object[]): Promise<unknown[]> {
  const children = all.map((given) => {
    const program = `import * as signing from ${source};
      const given = ${JSON.stringify({ ...given, directory })};
      const secp256k1 = await signing.loadFastSecp256k1();
      process.stdin.once("data", () => {
        ${text}
        process.stdout.write(JSON.stringify(answer()));
        process.stdin.destroy();
      });
      console.error("ready");`;
    return spawn(process.execPath, [...flags, program], { stdio: ["pipe", "pipe", "pipe"] });
  });
  await Promise.all(children.map((child) => once(child.stderr, "data"))); // loaded: now all at the same time
  const answers = children.map(async (child) => {
    let heard = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      heard += part;
    });
    const [code] = await once(child, "close");
    expect(code).toBe(0);
    return JSON.parse(heard) as unknown;
  });
  for (const child of children) child.stdin.write("go\n");
  return Promise.all(answers);
}

describe("one agent in four processes, two of which do not know its user", () => {
  it("signs 40,000 times without a nonce twice", async () => {
    const count = 10_000;
    const text = `const answer = () => {
      const agent = signing.agentKey({ ...given, chainId: 1666, backend: secp256k1 });
      const nonces = signing.createNonces({ ...given, user: agent.user });
      const order = { symbol: "ASTERUSDT", side: "BUY", type: "LIMIT", timeInForce: "GTX", quantity: "20", price: "0.5" };
      const all = [];
      const sample = [];
      for (let at = 0; at < ${count}; at++) {
        const nonce = nonces.next();
        const message = signing.formText({ ...order, nonce, user: agent.user, signer: agent.signer });
        const signature = agent.sign(message);
        all.push(nonce);
        if (at % 400 === 0) sample.push([message, signature]);
      }
      return { all, sample, fast: secp256k1 !== undefined };
    };`;
    const key = { signer, privateKey: privateKey.reveal() };
    const outputs = (await together(text, [{ ...key, user }, key, { ...key, user }, key])) as {
      all: number[];
      sample: [string, string][];
      fast: boolean;
    }[]; // written by the program above
    expect(outputs.map(({ all }) => all.length)).toEqual([count, count, count, count]);
    expect(outputs.every(({ fast }) => fast)).toBe(true);
    expect(new Set(outputs.flatMap(({ all }) => all)).size).toBe(4 * count);
    for (const [message, signature] of outputs.flatMap(({ sample }) => sample))
      expect(verifyEip712(signer, message, signature, 1666)).toBe(true);
    expect(outputs.map(({ sample }) => sample[0]?.[0].includes(`&user=${user}`))).toEqual([true, false, true, false]);
  });
});

describe("eight processes that are the first of 12 signers at the same moment", () => {
  it("have no nonce twice", async () => {
    const text = `const answer = () => Array.from({ length: 12 }, (_, at) => {
      const nonces = signing.createNonces({ ...given, signer: "first " + at });
      return Array.from({ length: 20 }, () => nonces.next());
    });`;
    const given = [{ user: "whose" }, {}, { user: "another's" }, {}];
    const outputs = (await together(text, [...given, ...given])) as number[][][]; // written by the program above
    for (let at = 0; at < 12; at++) expect(new Set(outputs.flatMap((each) => each[at] ?? [])).size).toBe(8 * 20);
    for (const each of [0, 2]) {
      const user = [outputs[each], outputs[each + 4]].flatMap((lists) => lists?.flat() ?? []);
      expect(new Set(user).size).toBe(2 * 12 * 20);
    }
  });
});
