import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isBpError } from "@bp/core";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { example } from "../../test/files.ts";
import { wordOf } from "./complaint.ts";
import { rowsOf } from "./explain.ts";
import { explainBotConfig } from "./index.ts";
import { yamlOf } from "./own/write.ts";

const folder = mkdtempSync(join(tmpdir(), "bp-garbage-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "file");

const canary = "CANARYxCANARYxCANARYxCANARYxCANARY"; // stands wherever a secret may
const prefix = canary.slice(0, 6);

/** Reads it, whatever comes of it; everything that a person would see of it. What is no complaint in words goes on as it is. */
async function seen(content: string | Uint8Array, flags: Readonly<Record<string, unknown>>): Promise<string> {
  writeFileSync(path, content);
  try {
    const reading = await explainBotConfig({ file: path, flags, env: {} });
    const { config, findings } = reading;
    return `${JSON.stringify([config, findings, rowsOf(reading)])}\n${yamlOf(reading)}`;
  } catch (error) {
    if (!isBpError(error) || !error.code.startsWith("config/")) throw error;
    return `${error.message}\n${JSON.stringify(error.context)}\n${error.stack ?? ""}`;
  }
}

const secretKeys = [
  "BACKPACK_KEY",
  "BACKPACK_SECRET",
  "BACKPACK_API_KEY",
  "BACKPACK_PRIVATE_KEY",
  "BACKPACK_PRIVATE_KEY2",
  "ASTER_SECRET_KEY",
  "API_KEY",
  "SECRET_KEY",
  "api_key",
  "secret_key",
  "api_secret",
  "api_public_key_b64",
  "api_secret_key_b64",
  "privateKey",
  "publicKey",
  "secret",
  "key",
  "apiKey",
  "secretKey",
]; // prettier kept short
const otherKeys = [
  "bp",
  "aster",
  "trade",
  "api",
  "trading",
  "actions",
  "advanced",
  "trading_settings",
  "risk_management",
  "logging",
  "accounts",
  "strategies",
  "run",
  "limits",
  "prepare",
  "logs",
  "backpack",
  "backpack-2",
  "use",
  "params",
  "symbol",
  "quantity",
  "spread",
  "base_url",
  "testnet",
  "orderCount",
  "num_grids",
  "out_want",
  "TRADING_MODE",
  "TRADING_AMOUNT",
  "BASE_URL",
  "quantityPrecisions",
  "BTC",
  "agent",
  "proxy",
  "env",
  "__proto__",
  "constructor",
  "toString",
  "0",
  "",
];
const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    "single",
    "dual_hedge",
    "maker",
    "10",
    9,
    0,
    -1,
    0.5,
    true,
    false,
    null,
    "",
    "9x",
    "https://api.backpack.exchange",
    1e300,
    1e-7,
  ),
  fc.string({ maxLength: 12 }),
  fc.double(),
);
const secretEntry = fc.tuple(
  fc.constantFrom(...secretKeys),
  fc.constantFrom<unknown>(canary, { deep: canary }, [canary], `${canary}=`),
);
const tree = fc.letrec<{ group: unknown; value: unknown }>((tie) => ({
  group: fc
    .array(
      fc.oneof(
        fc.tuple(fc.oneof(fc.constantFrom(...otherKeys), fc.string({ maxLength: 8 })), tie("value")),
        secretEntry,
      ),
      { maxLength: 7 },
    )
    .map((entries) => Object.fromEntries(entries)),
  value: fc.oneof({ maxDepth: 4 }, leaf, tie("group"), fc.array(tie("group"), { maxLength: 3 })),
})).group;
const flags = fc.constantFrom(
  {},
  { live: true },
  { symbol: "SOL_USDC", spread: "0.5" },
  { paper: true, symbol: "X", spread: "1" },
);

/** What happens to files: pieces are lost, doubled, put elsewhere. */
const broken = (text: string) =>
  fc
    .tuple(
      fc.nat(text.length),
      fc.nat(12),
      fc.constantFrom("", "{", "}", '"', ":", "\n", "*", "&a", "#", "//", "=", "\0", "- ", "!!js "),
    )
    .map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length));

const samples = [
  "s0.env.prod",
  "s2.env",
  "backpack_trading_config.json",
  "hedge.yaml",
  "hedge.bp.yaml",
  "grid.config.json",
  "own/maker.yaml",
  "own/dual-hedge.yaml",
].map((name) =>
  readFileSync(example(name), "utf8").replaceAll(/your_\w+_here|YOUR_\w+_KEY|<base64>|<key>|<secret>/g, canary),
);

describe("any file at all", () => {
  it("is read or refused in words, and no secret of it is seen", async () => {
    await fc.assert(
      fc.asyncProperty(tree, fc.constantFrom("json", "yaml", "env"), flags, async (value, form, given) => {
        const group = value as Readonly<Record<string, unknown>>; // the generator makes groups
        const text =
          form === "json"
            ? JSON.stringify(group)
            : form === "yaml"
              ? stringify(group)
              : Object.entries(group)
                  .map(([key, each]) => `${key}=${typeof each === "object" ? canary : wordOf(each)}`)
                  .join("\n");
        if (
          form === "env" &&
          Object.entries(group).some(([key, each]) => typeof each === "object" && !secretKeys.includes(key))
        )
          return;
        expect(await seen(text, given)).not.toContain(prefix);
      }),
      { numRuns: 300 },
    );
  });

  it("is so when a good file was damaged", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples).chain((text) => broken(text).chain(broken)),
        flags,
        async (text, given) => {
          const damaged = [...text.matchAll(/\S*CANARY\S*/g)].every(([word]) => word.includes(canary));
          if (!damaged || !secretsKeepTheirKeys(text)) return; // a secret that became a key or another value is nobody's secret any more
          expect(await seen(text, given)).not.toContain(prefix);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is so for bytes and for texts of nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: "binary", maxLength: 200 })),
        flags,
        async (content, given) => {
          expect(await seen(content, given)).not.toBe("");
        },
      ),
      { numRuns: 300 },
    );
  });

  it.for([
    ["brackets without end", "[".repeat(100_000)],
    ["braces without end", '{"a":'.repeat(50_000)],
    [
      "YAML that nests without end",
      "a:\n".concat(...Array.from({ length: 3_000 }, (_, at) => `${" ".repeat(at + 1)}a:\n`)),
    ],
    [
      "names that grow without end",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghij"
        .split("")
        .map((each, at) => `${each}: &${each} [${Array(9).fill(`*${"abcdefghij"[at]}`).join(",")}]`)
        .join("\n")}\n`,
    ],
    ["a name that leads nowhere", `api_secret: *${canary}\n`],
    ["more than 1 MB", "x: 1\n".repeat(300_000)],
  ] as const)("%s", async ([, content]) => {
    expect(await seen(content, {})).not.toContain(prefix);
  });
});

/** Whether each canary still stands behind one of the keys of secrets. */
function secretsKeepTheirKeys(text: string): boolean {
  const keyed = new RegExp(
    `(?<![^\\s"'{,])(?:${secretKeys.join("|")}|BACKPACK_API_KEY2|ASTER_API_KEY)["']?\\s*[:=]\\s*["']?${canary}`,
    "g",
  );
  return [...text.matchAll(keyed)].length === [...text.matchAll(new RegExp(canary, "g"))].length;
}
