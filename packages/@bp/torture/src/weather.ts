// The faults that befall the way to a venue and back, moment by moment.
import type { Millis, Random, VenueId } from "@bp/core";
import type { Cut, Door, FaultRates, Faults, Latency, Weather } from "@bp/sim";
import type { Fault, FaultKind } from "./fault.ts";

type Windowed = Extract<Fault, { readonly forMs: number; readonly venue: VenueId }>;
type Chanced = Extract<Windowed, { readonly chance: number }>;

/** A usual way: this many ms each. */
const usualMs = { least: 5, most: 40 } as const;

/** Delays in both directions, with the spikes of the plan. */
export function latencyOf(plan: readonly Fault[], venue: VenueId, start: Millis, chance: Random): Latency {
  const spikes = plan.filter((each) => each.kind === "latency" && each.venue === venue);
  const extra = (now: number, way: "upMs" | "downMs") => {
    let most = 0;
    for (const each of spikes) if (each.kind === "latency" && isOn(each, now - start)) most = Math.max(most, each[way]);
    return most;
  };
  const usual = () => chance.whole(usualMs.least, usualMs.most);
  return { up: (now) => usual() + extra(now, "upMs"), down: (now) => usual() + extra(now, "downMs") };
}

/**
 * What goes wrong on the connection of a venue.
 *
 * @param opened - when this connection is opened, in ms since the start: a cut is counted from there
 */
export function faultsOf(
  plan: readonly Fault[],
  venue: VenueId,
  start: Millis,
  seed: number,
  opened: number,
  chance: Random,
): Faults {
  const here = plan.filter((each): each is Windowed => "forMs" in each && "venue" in each && each.venue === venue);
  const chanced = here.filter((each): each is Chanced => "chance" in each);
  const most = (kind: FaultKind, now: Millis): number => {
    let likely = 0;
    for (const each of chanced)
      if (each.kind === kind && isOn(each, now - start)) likely = Math.max(likely, each.chance);
    return likely;
  };
  const only = (kinds: readonly FaultKind[], rates: (now: Millis) => FaultRates): Weather => {
    const windows = chanced.filter(({ kind }) => kinds.includes(kind));
    return (now) => (windows.some((each) => isOn(each, now - start)) ? rates(now) : undefined);
  };
  const door: Door = (now) => {
    for (const each of chanced) {
      const { kind } = each;
      if (kind !== "limited" && kind !== "swallowed" && kind !== "unsaid") continue;
      if (isOn(each, now - start) && chance.next() < each.chance) return kind;
    }
    return undefined;
  };
  const cuts = here.flatMap((each): readonly Cut[] =>
    each.kind === "cut" && each.at > opened
      ? [{ stream: each.stream, afterMs: each.at - opened, forMs: each.forMs }]
      : [],
  );
  return {
    seed,
    account: only(["late", "twice", "reordered", "lost"], (now) => ({
      delay: most("late", now),
      twice: most("twice", now),
      reorder: most("reordered", now),
      lose: most("lost", now),
      delayMs: 2_000,
    })),
    market: only(["gaps"], (now) => ({ lose: most("gaps", now) })),
    answers: only(["acks-lost"], (now) => ({ lose: most("acks-lost", now) })),
    door,
    cuts,
  };
}

/** Whether a fault with a window lasts at a moment, in ms since the start. */
export function isOn(fault: { readonly at: number; readonly forMs: number }, since: number): boolean {
  return since >= fault.at && since < fault.at + fault.forMs;
}
