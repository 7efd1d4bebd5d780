// Where a hedge loop is in its cycle, and until when it waits there.
import type { CycleReport, HedgeMemory, HedgeParams, HedgePhase } from "@bp/strategies";
import type { SystemView } from "dashboard/contract";
import type { ViewKey } from "./keys.ts";
import type { SystemMoment } from "./parts.ts";

const phaseKeys: Readonly<Record<HedgePhase, ViewKey>> = {
  idle: "phase.idle",
  leg1: "phase.leg1",
  between: "phase.between",
  hold: "phase.hold",
  leg2: "phase.leg2",
  closing: "phase.closing",
  sleep: "phase.sleep",
};

/** The ends of a cycle. */
export const endKeys: Readonly<Record<CycleReport["end"], ViewKey>> = {
  done: "end.done",
  closed: "end.closed",
  skipped: "end.skipped",
};

/** The steps of a cycle; what is out of the ordinary is among them only while it is so. */
export function hedgePhases({
  view,
  params,
  memory,
}: SystemMoment<HedgeParams, HedgeMemory>): NonNullable<SystemView["phases"]> {
  const { phase, since, unwinding, waitsFor, pausedUntil, failed } = memory;
  const idle = phase === "idle" || phase === "sleep";
  const paused = idle && view.now < pausedUntil;
  const funding = phase === "idle" && waitsFor !== undefined;
  const now: ViewKey =
    failed !== undefined
      ? "phase.stopped"
      : unwinding !== undefined
        ? "phase.unwinding"
        : paused
          ? "phase.paused"
          : funding
            ? "phase.funding"
            : phaseKeys[phase];
  const ordinary: readonly ViewKey[] = [
    "phase.idle",
    "phase.leg1",
    "phase.between",
    ...(phase === "hold" ? (["phase.hold"] as const) : []),
    "phase.leg2",
    ...(phase === "closing" ? (["phase.closing"] as const) : []),
    "phase.sleep",
  ];
  const began = unwinding?.since ?? since;
  const until = paused
    ? pausedUntil
    : funding
      ? waitsFor
      : unwinding === undefined && failed === undefined
        ? untilOf(memory, params)
        : undefined;
  return {
    steps: ordinary.includes(now) ? ordinary : [...ordinary, now],
    now,
    ...(began > 0 ? { since: began } : {}),
    ...(until === undefined ? {} : { until }),
  };
}

/** When the phase is over by itself. */
function untilOf({ phase, since, holdUntil }: HedgeMemory, params: HedgeParams): number | undefined {
  switch (phase) {
    case "leg1":
    case "leg2":
      return since + params.legLimitMs;
    case "between":
      return since + params.betweenLegsMs;
    case "sleep":
      return since + params.cycleMs;
    case "hold":
      return holdUntil;
    case "idle":
    case "closing":
      return undefined;
  }
}
