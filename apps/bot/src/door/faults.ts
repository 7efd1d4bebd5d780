// What may go wrong on the sandbox at the push of a button, each for some seconds.
import { exchangeOf } from "@bp/core";
import type { FaultPlan, VenueName } from "@bp/sandbox";
import type { FaultAsk, FaultsNow } from "dashboard/contract";
import type { Stage } from "../stage/stage.ts";

type Fault = FaultPlan["faults"][number];

/** What makes a fault. */
interface Preset {
  readonly seconds: number;
  /** Done once, when it begins. */
  readonly first?: readonly Fault[];
  /** @param left - seconds that it still has */
  readonly lasting: (left: number) => readonly Fault[];
}

const everyRequest = { request: { path: "*" }, count: -1 } as const;

/** Faults by name. The venue is added to each. */
const presets: Readonly<Record<string, Preset>> = {
  /** Requests are handled and never answered: nobody knows whether the order stands. */
  "answers-lost": { seconds: 10, lasting: () => [{ ...everyRequest, do: "lose-answer" }] },
  silence: { seconds: 10, lasting: () => [{ ...everyRequest, do: "hang" }] },
  slow: { seconds: 10, lasting: () => [{ ...everyRequest, do: "delay", ms: 1_500 }] },
  errors: { seconds: 10, lasting: () => [{ ...everyRequest, do: "unknown" }] },
  banned: { seconds: 10, lasting: (seconds) => [{ do: "ban", seconds }] },
  "frames-lost": { seconds: 5, lasting: () => [{ stream: "*", do: "drop", count: -1 }] },
  "sockets-cut": { seconds: 5, first: [{ sockets: "cut" }], lasting: () => [{ sockets: "refuse", count: -1 }] },
  "clock-off": { seconds: 10, lasting: () => [{ clockOffsetMs: 3_000 }] },
};

/** Sets faults up and ends them. */
export interface FaultDesk {
  now(): FaultsNow;
  /** @returns `undefined` where it is set up; else what is wrong with what was asked for */
  inject(ask: FaultAsk): Promise<"unknown fault" | "unknown venue" | undefined>;
  mend(): void;
  /** Ends them all, with the run. */
  close(): void;
}

interface Active {
  readonly id: string;
  readonly venue: VenueName;
  readonly until: number;
}

/** @returns `undefined` where there is no sandbox in this process */
export function faultDesk({
  faults,
  venues,
  clock,
}: Pick<Stage, "faults" | "venues" | "clock">): FaultDesk | undefined {
  if (faults === undefined) return undefined;
  const here = [...new Set(venues.map(({ id }) => exchangeOf(id)))].filter(isVenue);
  let active: readonly Active[] = [];
  let timer: NodeJS.Timeout | undefined;
  /** What of a fault is set up when it begins, or again: what happens once is not done twice, and a time does not begin anew. */
  const planOf = ({ id, venue, until }: Active, begins: boolean): readonly Fault[] => {
    const { first = [], lasting } = presets[id] ?? { lasting: () => [] };
    const left = lasting(Math.max(0.001, (until - clock.now()) / 1_000));
    return [...(begins ? first : []), ...left].map((fault) => ({ ...fault, venue }));
  };
  /** What is over is mended: all at once, so that what goes on is set up again. */
  const sweep = async () => {
    active = active.filter(({ until }) => until > clock.now());
    faults.mend();
    if (active.length > 0) await faults.inject({ faults: active.flatMap((each) => planOf(each, false)) });
    wait();
  };
  const wait = () => {
    clearTimeout(timer);
    if (active.length === 0) return;
    const next = Math.min(...active.map(({ until }) => until)) - clock.now();
    timer = setTimeout(() => void sweep().catch(mend), Math.max(0, next) + 1).unref();
  };
  const mend = () => {
    active = [];
    clearTimeout(timer);
    faults.mend();
  };
  return {
    now: () => ({
      presets: here.flatMap((venue) => Object.entries(presets).map(([id, { seconds }]) => ({ id, venue, seconds }))),
      active,
    }),
    inject: async ({ id, venue = here[0] }) => {
      const preset = Object.hasOwn(presets, id) ? presets[id] : undefined;
      if (preset === undefined) return "unknown fault";
      const at = here.find((each) => each === venue);
      if (at === undefined) return "unknown venue";
      const fault = { id, venue: at, until: clock.now() + preset.seconds * 1_000 };
      active = [...active.filter((each) => each.id !== id || each.venue !== at), fault];
      try {
        await faults.inject({ faults: [...planOf(fault, true)] });
      } catch (error) {
        mend(); // nobody knows which of them is at work
        throw error;
      }
      wait();
      return undefined;
    },
    mend,
    close: mend,
  };
}

const isVenue = (id: string): id is VenueName => id === "backpack" || id === "aster-futures" || id === "aster-spot";
