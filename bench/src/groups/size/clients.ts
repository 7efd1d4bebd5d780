// size/clients: what a program carries that places an order and follows a book.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Figure, Group } from "../../group.ts";

const followed = (key: string) => `
import { bind, createBackpackCore, followBook } from "@bp/client/core";
import { depth } from "@bp/client/rest/markets";
import { place } from "@bp/client/rest/orders";
import { depth as depthStream } from "@bp/client/streams";
${key}
export const client = createBackpackCore({ key });
export const rest = bind(client.call, { depth, place });
export const follow = (instrument) => {
  const follower = followBook({ instrument });
  client.streams.feed(depthStream("SOL_USDC_PERP")).onBytes(follower.frame);
  return follower;
};`;
const nodesCrypto = `
import { createPrivateKey, sign } from "node:crypto";
const secret = createPrivateKey(process.env.KEY);
const key = { publicKey: process.env.API_KEY, sign: (text) => sign(null, Buffer.from(text), secret).toString("base64") };`;
const ownCurve = `
import { ed25519Key } from "@bp/signing";
const key = ed25519Key(process.env.API_KEY, process.env.SECRET);`;
const whole = `
import { createBackpack, followBook } from "@bp/client";
export const client = createBackpack({});
export const follow = followBook;`;
const ccxtHome = dirname(fileURLToPath(import.meta.resolve("ccxt")));
const deep = join(ccxtHome, "src/pro/backpack.js");

interface Bundle {
  readonly contender: string;
  readonly role: Figure["role"];
  readonly source: string;
  readonly goals?: Figure["goals"];
}

const goals = [{ atMost: 25 }];
const bundles: readonly Bundle[] = [
  { contender: "@bp/client, one order and one book", role: "ours", source: followed(nodesCrypto), goals },
  { contender: "the same with the curve that browsers need", role: "note", source: followed(ownCurve) },
  { contender: "@bp/client, createBackpack", role: "note", source: whole },
  // @aster/client has its place here.
  {
    contender: "ccxt, whole",
    role: "peer",
    source: `import ccxt from "ccxt"; export const client = new ccxt.pro.backpack();`,
  },
  ...(existsSync(deep)
    ? [
        {
          contender: "ccxt, the venue's own file",
          role: "peer",
          source: `import backpack from ${JSON.stringify(deep)}; export const client = new backpack();`,
        } as const,
      ]
    : []),
];

export const clients: Group = {
  about: "Minified and gzipped JavaScript for Node, without ky, ws, undici and zod; one bundle each, so one round.",
  run: async () => {
    const figures: Figure[] = [];
    const wrong: string[] = [];
    for (const { contender, role, source, goals: wanted } of bundles) {
      const bytes = await bundled(source);
      figures.push({
        contender,
        role,
        rounds: [gzipSync(bytes, { level: 9 }).length / 1024],
        ...(wanted && { goals: wanted }),
      });
      if (!Buffer.from(bytes).includes("api.backpack.exchange")) wrong.push(`${contender}: no client is in the bundle`);
    }
    return {
      unit: "KB",
      figures,
      facts: ["1 KB is 1,024 bytes", "ccxt is given `protobufjs`, which it does not install, from elsewhere too"],
      wrong,
    };
  },
};

async function bundled(source: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: "js" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    mainFields: ["module", "main"],
    conditions: ["@bp/source"],
    external: ["ky", "ws", "isomorphic-ws", "undici", "zod", "protobufjs/*"],
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
