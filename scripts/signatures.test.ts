import { generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkSignatures, lockedIn } from "./signatures.mjs";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const key = publicKey.export({ format: "der", type: "spki" }).toString("base64");
const packages = [
  { name: "@a/b", version: "1.0.0", integrity: "sha512-AAAA==" },
  { name: "c", version: "2.0.0", integrity: "sha512-BBBB==" },
];

interface Registry {
  readonly expires?: string;
  readonly keys?: boolean;
  /** What stands in for the right answer about `c`. */
  readonly dist?: object;
  /** What is answered instead, by path. */
  readonly status?: Readonly<Record<string, number>>;
}

/** A registry that has signed both packages. */
async function serve({ expires, keys = true, dist, status = {} }: Registry): Promise<string> {
  const server = createServer((request, response) => {
    const answer = (body: unknown) => response.end(JSON.stringify(body));
    const instead = status[request.url ?? ""];
    if (instead !== undefined) {
      response.statusCode = instead;
      return response.end();
    }
    if (request.url === "/-/npm/v1/keys" && keys)
      return answer({ keys: [{ keyid: "k", key, expires: expires ?? null }] });
    const found = packages.find(({ name, version }) => request.url === `/${name.replace("/", "%2f")}/${version}`);
    if (found !== undefined) {
      const { name, version, integrity } = found;
      const sig = sign("sha256", Buffer.from(`${name}@${version}:${integrity}`), privateKey).toString("base64");
      return answer({ dist: { integrity, signatures: [{ keyid: "k", sig }], ...(name === "c" ? dist : {}) } });
    }
    const whole = packages.find(({ name }) => request.url === `/${name.replace("/", "%2f")}`);
    if (whole !== undefined)
      return answer({ time: { [whole.version]: whole.name === "c" ? "2025-06-01" : "2024-01-01" } });
    response.statusCode = 404;
    return response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe("checkSignatures", () => {
  it("is content with what the registry has signed", async () => {
    expect(await checkSignatures(await serve({}), packages)).toEqual({ wrong: [] });
  });

  it("finds another hash, no signature, one of something else, and one of an unknown key", async () => {
    const other = sign("sha256", Buffer.from("c@2.0.0:sha512-evil"), privateKey).toString("base64");
    for (const [dist, why] of [
      [{ integrity: "sha512-evil" }, "the registry has another hash than the lockfile"],
      [{ signatures: [] }, "no signature"],
      [{ signatures: [{ keyid: "k", sig: other }] }, "its signature is not of this hash"],
      [{ signatures: [{ keyid: "x", sig: other }] }, "signed by no key that was good when it was published"],
    ] as const)
      expect(await checkSignatures(await serve({ dist }), packages)).toEqual({ wrong: [`c@2.0.0: ${why}`] });
  });

  it("takes a key that has ended for what was published before", async () => {
    expect(await checkSignatures(await serve({ expires: "2025-01-01" }), packages)).toEqual({
      wrong: ["c@2.0.0: signed by no key that was good when it was published"],
    });
  });

  it("says why nothing was looked at: no keys, no answer, nobody there", async () => {
    for (const [registry, why] of [
      [await serve({ keys: false }), /offers no keys$/],
      [await serve({ status: { "/-/npm/v1/keys": 503 } }), /keys answers 503$/],
      ["http://127.0.0.1:1/", /no answer \(.+\)$/],
    ] as const)
      expect(await checkSignatures(registry, packages)).toEqual({ wrong: [], skipped: expect.stringMatching(why) });
  });

  it("still finds what is wrong where it cannot be asked for all, and takes a package that is gone for wrong", async () => {
    const registry = await serve({ dist: { signatures: [] }, status: { "/@a%2fb/1.0.0": 429 } });
    expect(await checkSignatures(registry, packages)).toEqual({
      wrong: ["c@2.0.0: no signature"],
      skipped: expect.stringMatching(/^1 of 2 packages could not be asked for, such as @a\/b@1.0.0: .* answers 429$/),
    });
    expect(await checkSignatures(await serve({ status: { "/c/2.0.0": 404 } }), packages)).toEqual({
      wrong: ["c@2.0.0: the registry does not have it"],
    });
  });
});

describe("lockedIn", () => {
  it("reads names with and without a scope, each with its hash", () => {
    const text = `packages:\n\n  '@a/b@1.0.0':\n    resolution: {integrity: sha512-AAAA==}\n    engines: {node: '>=8'}\n\n  c@2.0.0:\n    resolution: {integrity: sha512-BBBB==}\n\nsnapshots:\n\n  c@2.0.0(x@1.0.0): {}\n`;
    expect(lockedIn(text)).toEqual(packages);
  });
});
