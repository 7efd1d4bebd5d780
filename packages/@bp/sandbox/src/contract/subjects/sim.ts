// The venue in memory: the exchange itself, in virtual time.
import { millis } from "@bp/core";
import { createExchange, createTimeline, type Faults, simVenue } from "@bp/sim";
import type { Bench, Need, Subject } from "../bench.ts";
import { createScene, player, sceneOffers } from "./scene.ts";

/** 2023-11-14T22:00:00Z, a whole hour. */
const start = millis(1_699_999_200_000);
/** Both streams are cut for so long, ms, at this time after opening. */
const cutAfterMs = 2_000;
const cutForMs = 400;
/** How long an answer is waited for, ms. */
const answerMs = 1_000;

/** The simulated exchange as a venue. Losses must be planned before it opens: all answers are lost, or none. */
export function simSubject(kind: "spot" | "perp"): Subject {
  return {
    name: `sim-${kind}`,
    offers: new Set<Need>([...sceneOffers(kind), "lost-answers", "cuts"]),
    open: async (needs) => openBench(kind, needs),
  };
}

function openBench(kind: "spot" | "perp", needs: readonly Need[]): Bench {
  const id = kind === "perp" ? "backpack:SOL_USDC_PERP" : "backpack:SOL_USDC";
  const scene = createScene({ id, kind, base: "SOL", quote: "USDC" });
  const { market, accounts, rules } = scene;
  const exchange = createExchange({ ...rules, start, accounts, market });
  scene.begin(exchange);
  const timeline = createTimeline(exchange.now());
  const faults = faultsFor(needs);
  const venue = simVenue({
    exchange,
    account: player,
    timeline,
    answerMs,
    ...(faults === undefined ? {} : { faults }),
  });
  const pass = async (ms: number) => {
    await timeline.play(millis(timeline.now() + ms));
  };
  return {
    venue,
    instrument: scene.instrument.id,
    account: true,
    now: () => timeline.now(),
    pass,
    hands: scene.hands,
    breaks: {
      loseAnswers: () => undefined, // planned, see `faultsFor`
      cut: () => pass(Math.max(0, start + cutAfterMs + cutForMs / 4 - timeline.now())),
    },
    records: () => scene.records(exchange),
    provoke: (reason) => scene.provoke(exchange, reason),
    close: async () => undefined,
  };
}

function faultsFor(needs: readonly Need[]): Faults | undefined {
  if (needs.includes("lost-answers")) return { seed: 1, answers: { lose: 0.7 } };
  if (!needs.includes("cuts")) return undefined;
  const cut = { afterMs: cutAfterMs, forMs: cutForMs };
  return {
    seed: 1,
    cuts: [
      { stream: "market", ...cut },
      { stream: "account", ...cut },
    ],
  };
}
