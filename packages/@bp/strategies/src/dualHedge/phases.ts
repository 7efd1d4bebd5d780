// What follows on what: the phases of the dual-account hedge, from how both accounts stand and the time.
import { type Event, type Lots, lots, type View } from "@bp/core";
import { sizeFor } from "../size.ts";
import { type Touch, touchOf } from "../touch.ts";
import { type DualHedgeMemory, type DualPhase, type Pair, pairOf, tradable } from "./memory.ts";
import type { DualHedgeParams } from "./params.ts";

/** The touch of the market as the long account sees it, if both accounts see a fresh one. */
export function touchOfPair(view: View, { long, short, staleMs }: DualHedgeParams): Touch | undefined {
  const touch = touchOf(view, { instrument: long, staleMs });
  return touchOf(view, { instrument: short, staleMs }) === undefined ? undefined : touch;
}

/** The memory after an event. */
export function next(memory: DualHedgeMemory, event: Event, view: View, params: DualHedgeParams): DualHedgeMemory {
  const pair = pairOf(view, params);
  if (pair === undefined) return memory; // unknown is not flat: time goes on, nothing is concluded
  const watched = watch(memory, pair, view, params);
  const turned = turn(watched, pair, view, params);
  return priced(turned, event, pair, view, params);
}

/** Notes since when the positions differ. A time in which they were not known, or nobody ran, could not be used and does not count. */
function watch(memory: DualHedgeMemory, { net }: Pair, view: View, params: DualHedgeParams): DualHedgeMemory {
  const { now } = view;
  const { nakedSince, seenAt } = memory;
  if (!tradable(view, params, net)) return nakedSince === undefined ? memory : { ...memory, nakedSince: undefined };
  if (nakedSince === undefined) return { ...memory, nakedSince: now, seenAt: now };
  const idle = now - seenAt > params.maxNakedMs / 4 ? now - seenAt : 0;
  return { ...memory, nakedSince: nakedSince + idle, seenAt: now };
}

function turn(memory: DualHedgeMemory, pair: Pair, view: View, params: DualHedgeParams): DualHedgeMemory {
  const { phase, since, size, nakedSince } = memory;
  const { now } = view;
  const to = (next: DualPhase, more: Partial<DualHedgeMemory> = {}): DualHedgeMemory => ({
    ...memory,
    phase: next,
    since: now,
    prices: undefined,
    ...more,
  });
  const nakedFor = nakedSince === undefined ? -1 : now - nakedSince;
  const flat = !tradable(view, params, pair.long) && !tradable(view, params, pair.short);
  if (phase === "balancing" || phase === "unwinding") {
    if (nakedSince === undefined) return settled(memory, flat, view);
    return phase === "balancing" && nakedFor >= params.maxNakedMs / 2 ? to("unwinding", { since }) : memory;
  }
  const urgent = nakedFor >= params.maxNakedMs / 4;
  switch (phase) {
    case "opening": {
      const [a, b] = [pair.long, -pair.short];
      if (size > 0 && a >= size && b >= size) return to("waiting", { openedAt: now });
      const ahead = size > 0 && (a >= size || b >= size);
      const late = memory.prices !== undefined && now - since >= params.openTimeoutMs;
      if (nakedSince !== undefined && (ahead || late || urgent)) return to("balancing", { towards: "open" });
      if (!late) return memory;
      return flat ? to("opening", { size: lots(0) }) : to("waiting", { openedAt: now });
    }
    case "waiting":
      if (nakedSince !== undefined) return to("balancing", { towards: "flat" });
      if (flat) return to("opening", { size: lots(0), openedAt: undefined });
      return now - (memory.openedAt ?? since) >= params.holdMs ? to("closing") : memory;
    case "closing": {
      if (flat) return completed(memory, view);
      const done = !tradable(view, params, pair.long) || !tradable(view, params, pair.short);
      return nakedSince !== undefined && (done || urgent) ? to("balancing", { towards: "flat" }) : memory;
    }
  }
}

/** Both are equal again. */
function settled(memory: DualHedgeMemory, flat: boolean, { now }: View): DualHedgeMemory {
  if (flat && memory.towards === "flat" && memory.openedAt !== undefined) return completed(memory, { now });
  const base = { ...memory, since: now, prices: undefined };
  if (flat) return { ...base, phase: "opening", size: lots(0), openedAt: undefined };
  // What is held equally is a pair: one that was being opened is held from now on, one that was being closed goes on with that.
  if (memory.towards === "open") return { ...base, phase: "waiting", openedAt: now };
  return { ...base, phase: "closing" };
}

function completed(memory: DualHedgeMemory, { now }: Pick<View, "now">): DualHedgeMemory {
  return {
    ...memory,
    phase: "opening",
    since: now,
    towards: "open",
    size: lots(0),
    prices: undefined,
    openedAt: undefined,
    cycles: memory.cycles + 1,
  };
}

/** Gives the legs their prices: at the beginning of a phase, and anew while nothing has filled and the touch has moved. */
function priced(
  memory: DualHedgeMemory,
  event: Event,
  pair: Pair,
  view: View,
  params: DualHedgeParams,
): DualHedgeMemory {
  const { phase, prices } = memory;
  if (phase !== "opening" && phase !== "closing") return memory;
  const touch = touchOfPair(view, params);
  if (touch === undefined) return memory;
  const [bid, ask] = [touch.bid[0], touch.ask[0]];
  const fresh = phase === "opening" ? { long: bid, short: ask } : { long: ask, short: bid };
  const taken = (event.type === "order.rejected" || event.type === "order.expired") && event.reason === "would-take";
  const moved = prices !== undefined && (prices.long !== fresh.long || prices.short !== fresh.short);
  const due = moved && (taken || (pair.net === 0 && view.now - prices.at >= params.repriceMs));
  if (prices !== undefined && !due) return memory;
  const size = phase === "opening" && memory.size === 0 ? common(view, params, bid, ask) : memory.size;
  return {
    ...memory,
    size,
    prices: { ...fresh, at: view.now },
    since: prices === undefined ? view.now : memory.since, // a time-out counts from when the legs could first rest
  };
}

/** One size for both legs: what the dearer one can pay. */
function common(view: View, { long, amount }: DualHedgeParams, bid: number, ask: number): Lots {
  const instrument = view.instrument(long);
  return lots(Math.min(sizeFor(instrument, amount, bid), sizeFor(instrument, amount, ask)));
}
