// Which faults of a seed a wire can have, and how long they take there: real time is dear, so that all of it is a quarter as long.
import { drawFaults, type Fault, type FaultKind, faultKinds, type Subject } from "@bp/torture";

/** What cannot be done to a process and its venues from outside, and why; the trial in memory has all of it. */
export const unwired: Partial<Readonly<Record<FaultKind, string>>> = {
  "journal-slow": "the disk is the machine's",
  "journal-full": "the disk is the machine's",
  "tick-changed": "the venue's simulation cannot change its steps while it is open",
  jump: "the market is generated, and moves by itself",
};

/** Of these kinds, those that the wire can have. */
export const wiredOf = (kinds: readonly FaultKind[]): readonly FaultKind[] =>
  faultKinds.filter((kind) => kinds.includes(kind) && unwired[kind] === undefined);

/** After the start nothing happens for so long, and before the end, in ms. */
const quietMs = { first: 500, last: 2_500 } as const;
const shorter = 4;

/** The faults of a seed in a trial of so many seconds of the clock; times are of the clock, from the first moment of the run. */
export function wirePlanOf(options: {
  readonly seed: number;
  readonly subject: Subject;
  readonly kinds: readonly FaultKind[];
  readonly seconds: number;
}): readonly Fault[] {
  const { seed, subject, kinds, seconds } = options;
  const untilMs = Math.max(quietMs.first, seconds * 1_000 - quietMs.last);
  return drawFaults(seed, subject, wiredOf(kinds), { fromMs: quietMs.first, untilMs }).map(shortened);
}

function shortened(fault: Fault): Fault {
  const short = (ms: number) => Math.max(1, Math.round(ms / shorter));
  const during = "forMs" in fault ? { ...fault, forMs: short(fault.forMs) } : fault;
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the other kinds keep their times
  switch (during.kind) {
    case "latency":
      return { ...during, upMs: short(during.upMs), downMs: short(during.downMs) };
    case "crash":
      return { ...during, downMs: short(during.downMs) };
    case "kill":
      return during.resumeMs === undefined ? during : { ...during, resumeMs: short(during.resumeMs) };
    default:
      return during;
  }
}
