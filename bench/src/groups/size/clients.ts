// size/clients: what a program carries that places an order and follows a book.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Figure, Group } from "../../group.ts";
import { root } from "../../paths.ts";

const backpack = (key: string) => `
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
const aster = (key: string) => `
import { bind, createAsterCore, followAsterBook } from "@aster/client/core";
import { depth } from "@aster/client/rest/futures/market";
import { place } from "@aster/client/rest/futures/trade";
import { createMarketStreams, depth as depthStream } from "@aster/client/streams";
${key}
export const { futures } = createAsterCore({ key });
export const streams = createMarketStreams(futures);
export const rest = bind(futures.call, { depth, place });
export const follow = (instrument) => {
  const follower = followAsterBook({ instrument });
  streams.feed(depthStream("SOLUSDT")).onBytes(follower.frame);
  return follower;
};`;

// Keys. `settings` stands for where they come from.
const given = "const { key } = globalThis.settings;";
const ed25519 = `
import { ed25519Key } from "@bp/signing";
const key = ed25519Key(globalThis.settings.apiKey, globalThis.settings.secret);`;
const hmac = `
import { withHmac } from "@aster/client/core";
const key = withHmac({ apiKey: globalThis.settings.apiKey, secret: globalThis.settings.secret });`;
const agent = `
import { withAgent } from "@aster/client/core";
const key = withAgent({ user: globalThis.settings.user, signer: globalThis.settings.signer, privateKey: globalThis.settings.secret });`;

const ccxtHome = dirname(fileURLToPath(import.meta.resolve("ccxt")));
/** A venue's own file of ccxt, past its index. */
const deep = (venue: string): readonly Bundle[] => {
  const file = join(ccxtHome, `src/pro/${venue}.js`);
  if (!existsSync(file)) return [];
  const source = `import venue from ${JSON.stringify(file)}; export const client = new venue();`;
  return [{ contender: `ccxt, its file for ${venue}`, role: "peer", source }];
};

interface Bundle {
  readonly contender: string;
  readonly role: Figure["role"];
  readonly source: string;
  /** Node if left out. */
  readonly platform?: "browser";
  readonly goals?: Figure["goals"];
}

const browser = { role: "note", platform: "browser" } as const;
const ours = (atMost: number) => ({ role: "ours", goals: [{ atMost }] }) as const;
const bundles: readonly Bundle[] = [
  { contender: "@bp/client, `ed25519Key`", ...ours(25), source: backpack(ed25519) },
  { contender: "@bp/client, `ed25519Key`, for browsers", ...browser, source: backpack(ed25519) },
  { contender: "@bp/client, a signer of the caller's", ...ours(25), source: backpack(given) },
  { contender: "@aster/client, `withAgent`", ...ours(30), source: aster(agent) },
  { contender: "@aster/client, `withAgent`, for browsers", ...browser, source: aster(agent) },
  { contender: "@aster/client, `withHmac`", ...ours(30), source: aster(hmac) },
  { contender: "@aster/client, `withHmac`, for browsers", ...browser, source: aster(hmac) },
  { contender: "@aster/client, a signer of the caller's", ...ours(30), source: aster(given) },
  {
    contender: "@bp/client, createBackpack",
    role: "note",
    source: `import { createBackpack, followBook } from "@bp/client"; export const client = createBackpack({}); export { followBook };`,
  },
  {
    contender: "@aster/client, createAster",
    role: "note",
    source: `import { createAster, followAsterBook } from "@aster/client"; export const client = createAster({}); export { followAsterBook };`,
  },
  {
    contender: "ccxt, whole",
    role: "peer",
    source: `import ccxt from "ccxt"; export const client = new ccxt.pro.backpack();`,
  },
  ...deep("backpack"),
  ...deep("aster"),
];

export const clients: Group = {
  about: "Minified and gzipped JavaScript that places an order and follows a book; one bundle each, so one round.",
  run: async () => {
    const figures: Figure[] = [];
    const wrong: string[] = [];
    for (const { contender, role, source, platform = "node", goals } of bundles) {
      const bytes = await bundled(source, platform);
      figures.push({
        contender,
        role,
        rounds: [gzipSync(bytes, { level: 9 }).length / 1024],
        ...(goals && { goals }),
      });
      if (!/api\.backpack\.exchange|asterdex\.com/.test(Buffer.from(bytes).toString("utf8")))
        wrong.push(`${contender}: no client is in the bundle`);
    }
    return {
      unit: "KB",
      figures,
      facts: [
        "1 KB is 1,024 bytes; for Node where nothing else is said",
        "not counted: ky, zod, ws (and isomorphic-ws, which is two lines), undici (REST on Node); everything else is",
        isBuilt ? "ours as `pnpm build` makes them" : "ours from their sources, which are not built",
        "ccxt is given `protobufjs`, which it does not install, from elsewhere too",
      ],
      wrong,
    };
  },
};

// What is packed, if it is there; the sources come to the same within 0.2 KB.
const isBuilt = ["@bp/core", "@bp/signing", "@bp/transport", "@bp/adapter", "@bp/client", "@aster/client"].every(
  (name) => existsSync(join(root, "packages", name, "dist/index.js")),
);

async function bundled(source: string, platform: "node" | "browser"): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: "js" },
    bundle: true,
    minify: true,
    format: "esm",
    platform,
    mainFields: [...(platform === "browser" ? ["browser"] : []), "module", "main"],
    conditions: [...(isBuilt ? [] : ["@bp/source"]), "module"],
    external: ["ky", "ws", "isomorphic-ws", "undici", "zod", "protobufjs/*"],
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
