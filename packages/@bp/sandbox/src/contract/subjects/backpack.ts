// Backpack's client and venue over the sandbox.
import { backpackVenue, createBackpack } from "@bp/client";
import { millis } from "@bp/core";
import { startSandbox } from "../../sandbox.ts";
import type { Bench, Need, Subject } from "../bench.ts";
import { createScene, player, sceneOffers } from "./scene.ts";
import { wireBreaks, wireOffers } from "./wire.ts";

/** How long a signed request is good, ms; as long again is waited for it. */
const windowMs = 2_000;
const timeoutMs = 2_000;
const placing = { method: "POST", path: "/api/v1/order" };

/** The venue over real sockets. */
export function backpackSubject(kind: "spot" | "perp"): Subject {
  return {
    name: `backpack-${kind}`,
    offers: new Set<Need>([...sceneOffers(kind), ...wireOffers, "refuse:off-grid"]),
    open: () => openBench(kind),
  };
}

async function openBench(kind: "spot" | "perp"): Promise<Bench> {
  const id = kind === "perp" ? "backpack:SOL_USDC_PERP" : "backpack:SOL_USDC";
  const scene = createScene({ id, kind, base: "SOL", quote: "USDC" });
  const sandbox = await startSandbox({ market: scene.market, accounts: scene.accounts, rules: scene.rules });
  scene.begin(sandbox.exchange);
  const key = sandbox.accounts.find(({ name }) => name === player);
  const client = createBackpack({
    ...(key === undefined ? {} : { key }),
    restUrl: sandbox.rest,
    wsUrl: sandbox.ws,
    windowMs,
    timeoutMs,
  });
  return {
    venue: backpackVenue({ client }),
    instrument: id,
    account: true,
    now: () => millis(Date.now()),
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    hands: scene.hands,
    breaks: wireBreaks(sandbox.faults, {
      placing,
      cancelling: { method: "DELETE", path: "/api/v1/order" },
      state: { method: "GET", path: "/api/v1/orders" },
      frames: { book: /^depth\./, orders: /^account\.orderUpdate/ },
      tooMany: { status: 429, json: { code: "TOO_MANY_REQUESTS", message: "Too many requests" } },
      maintenance: { status: 503, json: { code: "MAINTENANCE", message: "System under maintenance" } },
      unknown: { status: 503, json: { code: "TIMEOUT", message: "Request timed out" } },
    }),
    records: () => scene.records(sandbox.exchange),
    provoke: (reason) => {
      if (reason === "off-grid")
        sandbox.faults.request(placing, {
          do: "answer",
          status: 400,
          json: { code: "INVALID_ORDER", message: "Price decimal too long" },
        });
      return scene.provoke(sandbox.exchange, reason);
    },
    patienceMs: 2 * windowMs,
    close: async () => {
      await client.close();
      await sandbox.close();
    },
  };
}
