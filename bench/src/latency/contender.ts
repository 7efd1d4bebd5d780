// One contender in a process of its own: an order for every tick, at the new best bid.
import type { Place } from "./market.ts";

/** Who they are, and what each runs with. */
const contenders: Readonly<Record<string, () => Promise<(place: Place) => Promise<void>>>> = {
  raw: async () => (await import("./raw.ts")).raw,
  client: async () => (await import("./client.ts")).byClient,
  "via-ky": async () => (await import("./viaKy.ts")).viaKy,
  ours: async () => (await import("./ours.ts")).oursUnwritten,
  "ours-sqlite": async () => (await import("./ours.ts")).oursOnDisk,
  ky: async () => (await import("./ky.ts")).byKy,
  ccxt: async () => (await import("./ccxt.ts")).byCcxt,
};

const [, , name = "", rest = "", ws = ""] = process.argv;
const start = await contenders[name]?.();
if (start === undefined) throw new Error(`no contender ${name}`);
process.on("disconnect", () => process.exit()); // the stub is gone
await start({ rest, ws });
process.send?.("ready");
