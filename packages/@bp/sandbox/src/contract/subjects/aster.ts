// Aster's client and venues over the sandbox: futures and spot, old keys and agents.
import { asterFuturesVenue, asterSpotVenue, createAster } from "@aster/client";
import { millis, symbolOf } from "@bp/core";
import { scriptedMarket } from "@bp/sim";
import { startSandbox } from "../../sandbox.ts";
import type { Bench, Need, Subject } from "../bench.ts";
import { createScene, player, sceneOffers } from "./scene.ts";
import { wireBreaks, wireOffers } from "./wire.ts";

/** Which of the venue's ways is tried. */
export interface AsterWay {
  readonly service: "futures" | "spot";
  /** Default `v3`. */
  readonly scheme?: "v1" | "v3";
  /** How the venue says that a post-only order would take; default `expire`. */
  readonly gtxRefusal?: "expire" | "error";
}

const timeoutMs = 2_000;
const recvWindowMs = 3_000;
/** Open orders that the sandbox takes in a market, as the venue does. */
const mostOrders = 200;
/** Life of a listen key where its end is tried, ms. */
const shortKeyMs = 3_000;

/** The venue over real sockets. */
export function asterSubject(way: AsterWay): Subject {
  const { service, scheme = "v3", gtxRefusal = "expire" } = way;
  const kind = service === "futures" ? "perp" : "spot";
  const offers = new Set<Need>([...sceneOffers(kind), ...wireOffers, "refuse:off-grid", "listen-key"]);
  if (service === "spot" || scheme === "v1") offers.delete("refuse:self-trade"); // only agents can say which order ends, and on futures alone
  const name = `aster-${service}${scheme === "v1" ? "-v1" : ""}${gtxRefusal === "error" ? " (post-only refused)" : ""}`;
  return { name, offers, open: (needs) => openBench({ service, scheme, gtxRefusal }, needs) };
}

async function openBench({ service, scheme, gtxRefusal }: Required<AsterWay>, needs: readonly Need[]): Promise<Bench> {
  const id = `aster-${service}`;
  const kind = service === "futures" ? "perp" : "spot";
  const scene = createScene({ id: `${id}:SOLUSDT`, kind, base: "SOL", quote: "USDT", mostOrders });
  const { market, accounts } = scene;
  const symbol = symbolOf(scene.instrument.id);
  const idle = scriptedMarket([{ ...scene.instrument, id: `backpack:${symbol}` }]);
  const own = { market, accounts };
  const other = { market: idle, accounts };
  const sandbox = await startSandbox({
    market: idle,
    accounts,
    aster: {
      futures: service === "futures" ? own : other,
      spot: service === "spot" ? own : other,
      gtxRefusal,
      ...(needs.includes("listen-key") ? { listenKeyMs: shortKeyMs } : {}),
    },
  });
  const site = sandbox.aster?.[service];
  const login = sandbox.aster?.accounts.find(({ name }) => name === player);
  if (sandbox.aster === undefined || site === undefined || login === undefined) throw new Error("no Aster sandbox");
  scene.begin(site.exchange);
  const { hmac, agent } = login;
  const client = createAster({
    key: scheme === "v1" ? { apiKey: hmac.key, secret: hmac.secret } : agent,
    futures: { restUrl: sandbox.aster.futures.rest, wsUrl: sandbox.aster.futures.ws },
    spot: { restUrl: sandbox.aster.spot.rest, wsUrl: sandbox.aster.spot.ws },
    timeoutMs,
    recvWindowMs,
  });
  const path = service === "futures" ? /^\/fapi\/v\d\/order$/ : /^\/api\/v\d\/order$/;
  const placing = { method: "POST", path };
  return {
    venue:
      service === "futures"
        ? asterFuturesVenue({ client: client.futures, recvWindowMs })
        : asterSpotVenue({ client: client.spot, recvWindowMs }),
    instrument: scene.instrument.id,
    account: true,
    now: () => millis(Date.now()),
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    hands: scene.hands,
    breaks: {
      ...wireBreaks(site.faults, {
        placing,
        cancelling: { method: "DELETE", path },
        state: { method: "GET", path: /\/openOrders$/ },
        frames: { book: /@depth/, orders: /^user$/ },
        framesPerFill: 2, // the order and the wallet
        tooMany: { status: 429, json: { code: -1003, msg: "Too many requests." } },
        maintenance: { status: 503, json: { code: -1001, msg: "Internal error; unable to process your request." } },
        unknown: { status: 503, json: { code: -1007, msg: "Timeout waiting for response from backend server." } },
      }),
      expireListenKey: () => undefined, // its life is short here
    },
    records: () => scene.records(site.exchange),
    provoke: (reason) => {
      if (reason === "off-grid")
        site.faults.request(placing, {
          do: "answer",
          status: 400,
          json: { code: -4014, msg: "Price not increased by tick size." },
        });
      return scene.provoke(site.exchange, reason);
    },
    patienceMs: scheme === "v1" ? recvWindowMs : 10_000,
    close: async () => {
      await client.close();
      await sandbox.close();
    },
  };
}
