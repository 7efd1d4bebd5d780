import { build } from "esbuild"; import { gzipSync } from "node:zlib"; import { dirname } from "node:path";
const bpf = (imp, key) => `
import { bind, createBackpackCore, followBook } from "@bp/client/core";
import { depth } from "@bp/client/rest/markets";
import { place } from "@bp/client/rest/orders";
import { depth as depthStream } from "@bp/client/streams";
${imp}
const key = ${key};
export const client = createBackpackCore({ key });
export const rest = bind(client.call, { depth, place });
export const follow = (instrument) => {
  const follower = followBook({ instrument });
  client.streams.feed(depthStream("SOL_USDC_PERP")).onBytes(follower.frame);
  return follower;
};`;
const af = (imp, key) => `
import { bind, createAsterCore, followAsterBook ${imp} } from "@aster/client/core";
import { depth } from "@aster/client/rest/futures/market";
import { place } from "@aster/client/rest/futures/trade";
import { createMarketStreams, depth as depthStream } from "@aster/client/streams";
const core = createAsterCore({ key: ${key} });
export const streams = createMarketStreams(core.futures);
export const rest = bind(core.futures.call, { depth, place });
export const follow = (instrument) => {
  const follower = followAsterBook({ instrument });
  streams.feed(depthStream("BTCUSDT")).onBytes(follower.frame);
  return follower;
};`;
const rows = {
 bpOwn: [bpf(`import { createPrivateKey, sign } from "node:crypto"; const secret = createPrivateKey(process.env.KEY);`, `{ publicKey: process.env.API_KEY, sign: (t) => sign(null, Buffer.from(t), secret).toString("base64") }`)],
 bpNode: [bpf(`import { ed25519Key } from "@bp/signing";`, `ed25519Key(process.env.API_KEY, process.env.SECRET)`)],
 bpBrowser: [bpf(`import { ed25519Key } from "@bp/signing";`, `ed25519Key(K, S)`), "browser"],
 asOwn: [af("", "globalThis.KEY")],
 asHmac: [af(", withHmac", "withHmac({apiKey: K, secret: S})")],
 asHmacBrowser: [af(", withHmac", "withHmac({apiKey: K, secret: S})"), "browser"],
 asAgent: [af(", withAgent", "withAgent({user:U, signer: S, privateKey: P})")],
 asAgentBrowser: [af(", withAgent", "withAgent({user:U, signer: S, privateKey: P})"), "browser"],
};
const only = process.argv.slice(2).filter(a=>!a.startsWith("-")); const verbose = process.argv.includes("-v");
const stub = process.env.STUB?.split(",") ?? [];
for (const [name, [src, platform = "node"]] of Object.entries(rows)) {
  if (only.length && !only.includes(name)) continue;
  const r = await build({ stdin: { contents: src, resolveDir: import.meta.dirname, loader: "js" }, bundle: true, minify: true, format: "esm", platform,
    mainFields: platform==="node" ? ["module","main"] : ["browser","module","main"], conditions: ["module", ...(platform==="node"?(process.env.COND?.split(",")??[]):[])], external: ["ky","ws","isomorphic-ws","undici","zod","protobufjs/*"], write: false, logLevel: "error", metafile: true,
    plugins: stub.length ? [{name:"stub",setup(b){ for (const s of stub) b.onLoad({filter:new RegExp(s)},()=>({contents:"export const Big = 0; export default 0;",loader:"ts"})); }}] : [] });
  const code = r.outputFiles[0].contents;
  console.log(name, (gzipSync(code,{level:9}).length/1024).toFixed(2), "KB gz", (code.length/1024).toFixed(1), "KB min");
  if (verbose) for (const o of Object.values(r.metafile.outputs)) for (const [f,i] of Object.entries(o.inputs).sort((a,b)=>b[1].bytesInOutput-a[1].bytesInOutput)) if (i.bytesInOutput>0) console.log("   ", String(i.bytesInOutput).padStart(6), f.replace(/.*node_modules\//,"nm/"));
  if (process.env.OUT) (await import("node:fs")).writeFileSync(`/tmp/size/${name}.js`, code);
}
