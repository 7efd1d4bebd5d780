// Which faults a seed stands for.
import { type InstrumentId, type Random, random, type Side, type VenueId } from "@bp/core";
import type { CrashPoint, Fault, FaultKind } from "./fault.ts";
import type { Subject } from "./subject.ts";

/** When faults may begin and must be over, in ms since the start: before, the run finds its feet; after, it must heal. */
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** How often a kind is drawn beside the others. What ends a run for good is rare, or little else would be seen. */
const weights: Readonly<Record<FaultKind, number>> = {
  latency: 6,
  "acks-lost": 6,
  late: 4,
  twice: 4,
  reordered: 4,
  lost: 6,
  gaps: 4,
  limited: 4,
  swallowed: 4,
  unsaid: 6,
  cut: 6,
  freeze: 4,
  "journal-slow": 2,
  "journal-full": 2,
  clock: 3,
  crash: 10,
  kill: 2,
  hand: 2,
  adl: 1,
  liquidation: 1,
  deposit: 1,
  halted: 3,
  "tick-changed": 1,
  jump: 5,
  nibble: 8,
};

/** The longest that a fault with a window lasts, in ms. */
const longestMs = 12_000;

/**
 * The faults of a seed: one to ten, drawn from the kinds that are allowed.
 *
 * @param seed - any whole number; the same one gives the same faults
 */
export function drawFaults(seed: number, subject: Subject, kinds: readonly FaultKind[], span: Span): readonly Fault[] {
  const chance = random(seed).fork("faults");
  if (kinds.length === 0) return [];
  const many = Math.min(10, 1 + Math.floor(chance.exponential(3)));
  const faults: Fault[] = [];
  for (let count = 0; count < many; count++) faults.push(one(pick(kinds, chance), subject, chance, span));
  return faults.toSorted((a, b) => a.at - b.at);
}

function pick(kinds: readonly FaultKind[], chance: Random): FaultKind {
  const total = kinds.reduce((sum, kind) => sum + weights[kind], 0);
  let left = chance.next() * total;
  let found = kinds[0] as FaultKind; // there is one at least
  for (const kind of kinds) {
    found = kind;
    left -= weights[kind];
    if (left < 0) break;
  }
  return found;
}

function one(kind: FaultKind, { accounts, instruments }: Subject, chance: Random, { fromMs, untilMs }: Span): Fault {
  const at = chance.whole(fromMs, untilMs);
  const forMs = Math.min(chance.whole(200, longestMs), untilMs + longestMs - at);
  const of = <T>(list: readonly T[]): T => list[chance.whole(0, list.length - 1)] as T; // never empty here
  const venue: VenueId = of(accounts).venue;
  const market: InstrumentId = of(instruments).id;
  const share = 0.1 + 0.9 * chance.next();
  const likely = of([0.1, 0.3, 0.6, 1]);
  switch (kind) {
    case "latency":
      return { kind, at, forMs, venue, upMs: chance.whole(50, 4_000), downMs: chance.whole(50, 4_000) };
    case "acks-lost":
    case "late":
    case "twice":
    case "reordered":
    case "lost":
    case "gaps":
    case "limited":
    case "swallowed":
    case "unsaid":
      return { kind, at, forMs, venue, chance: likely };
    case "cut":
      return { kind, at, forMs, venue, stream: of(["market", "account"] as const) };
    case "freeze":
    case "journal-full":
      return { kind, at, forMs };
    case "journal-slow":
      return { kind, at, forMs, eachMs: chance.whole(50, 4_000) };
    case "clock":
      return { kind, at, byMs: of([-3_600_000, -30_000, -1_500, 1_500, 30_000, 3_600_000]) };
    case "crash":
      return {
        kind,
        at,
        point: of<CrashPoint>(["append", "commit", "send"]),
        step: chance.whole(1, 60),
        downMs: of([1, 500, 2_000, 6_000]),
      };
    case "kill":
      return { kind, at, resumeMs: chance.next() < 0.5 ? chance.whole(1_000, 10_000) : undefined };
    case "hand":
      return { kind, at, market, side: of<Side>(["buy", "sell"]), share };
    case "adl":
    case "nibble":
      return { kind, at, market, share };
    case "liquidation":
      return { kind, at, venue };
    case "deposit":
      return { kind, at, venue, amount: String(chance.whole(1, 1_000)) };
    case "halted":
      return { kind, at, forMs, market, state: of(["closed", "cancel-only", "post-only"] as const) };
    case "tick-changed":
      return { kind, at, market };
    case "jump":
      return { kind, at, base: of(instruments).base, by: (chance.next() - 0.5) * 0.03 };
  }
}
