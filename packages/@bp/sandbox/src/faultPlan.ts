// Faults as JSON: what a file or a program of another language may ask for.
import { readFileSync } from "node:fs";
import { BpError } from "@bp/core";
import * as z from "zod";
import type { Faults, FrameFault, RequestFault } from "./faults.ts";

/** The venues of a sandbox by name. */
export const venueNames = ["backpack", "aster-futures", "aster-spot"] as const;
/** One of them: `backpack`, `aster-futures`, `aster-spot`. */
export type VenueName = (typeof venueNames)[number];

const turn = {
  /** Left out: every venue that is there. */
  venue: z.enum(venueNames).optional(),
  /** How many of those that fit; `-1`: all of them. Default 1. */
  count: z
    .number()
    .int()
    .min(-1)
    .refine((count) => count !== 0, "1 or more, or -1 for all")
    .optional(),
  /** How many that fit are left in peace first. */
  after: z.number().int().min(0).optional(),
  /** Wall ms before it is set up. */
  inMs: z.number().int().min(0).optional(),
  /** Set up again every so many wall ms. */
  everyMs: z.number().int().min(10).optional(),
};

const match = z.strictObject({
  method: z.string().toUpperCase().optional(),
  /** `*` stands for anything. */
  path: z.string().optional(),
});

const reply = {
  status: z.number().int().min(200).max(599).optional(),
  json: z.json().optional(),
  text: z.string().optional(),
};

/** A request that gets another answer, a late one, or none. */
const requestFault = z.discriminatedUnion("do", [
  z.strictObject({ ...turn, request: match, do: z.literal("answer"), ...reply }),
  /** Handled, and answered as if nobody knew: 503 unless said otherwise. */
  z.strictObject({ ...turn, request: match, do: z.literal("unknown"), ...reply }),
  /** All requests of the venue are answered 418 with Retry-After until the time is over. */
  z.strictObject({ ...turn, request: match.optional(), do: z.literal("ban"), seconds: z.number().positive() }),
  z.strictObject({
    ...turn,
    request: match,
    do: z.literal("delay"),
    ms: z.number().min(0),
    when: z.enum(["before", "after"]).optional(),
  }),
  z.strictObject({ ...turn, request: match, do: z.enum(["hang", "reset", "lose-answer", "swallow-answer"]) }),
]);

/** Frames of a stream that are lost, doubled, swapped with the next one, or late. */
const frameFault = z.discriminatedUnion("do", [
  z.strictObject({ ...turn, stream: z.string(), do: z.enum(["drop", "twice", "swap"]) }),
  z.strictObject({ ...turn, stream: z.string(), do: z.literal("late"), ms: z.number().min(0) }),
]);

const socketFault = z.strictObject({ ...turn, sockets: z.enum(["cut", "refuse"]) });
const clockFault = z.strictObject({ ...turn, clockOffsetMs: z.number() });

/** What a fault may look like, for whoever has written another one. */
const forms =
  'a fault: { request: { method?, path? }, do: "answer" | "unknown" | "ban" | "delay" | "hang" | "reset" | "lose-answer" | "swallow-answer" }, ' +
  '{ stream, do: "drop" | "twice" | "swap" | "late" }, { sockets: "cut" | "refuse" } or { clockOffsetMs }; see the README of @bp/sandbox';

/** What can be asked for at once: `{ "faults": [ ... ] }`. */
export const faultPlan = z.strictObject({
  faults: z.array(z.union([requestFault, frameFault, socketFault, clockFault], { error: forms })),
});
/** A plan of faults, as a file or a program writes it. */
export type FaultPlan = z.infer<typeof faultPlan>;
type Fault = FaultPlan["faults"][number];

/**
 * Reads a plan.
 *
 * @param where - named in the error: a file, or `body`
 * @throws BpError `config/invalid`
 */
export function readFaultPlan(text: string, where: string): FaultPlan {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw invalid(where, text, "JSON", error);
  }
  const read = faultPlan.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = [where, ...(issue?.path ?? []).map(String)].join(".");
  throw invalid(path, JSON.stringify(json), issue?.message ?? "a fault plan", read.error);
}

/** @throws BpError `config/unreadable`, `config/invalid` */
export function loadFaultPlan(file: string): FaultPlan {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const why = missing ? "there is no such file" : String(error);
    throw new BpError("config/unreadable", { file, why }, { cause: error });
  }
  return readFaultPlan(text, file);
}

const invalid = (path: string, found: string, expected: string, cause: unknown) =>
  new BpError("config/invalid", { path, found: found.slice(0, 80), expected }, { cause });

/** Plans that are set up, at the venues that they name. */
export interface Plans {
  set(plan: FaultPlan): void;
  /** Forgets what waits at every venue, and what is repeated or has not begun. */
  clear(): void;
  /** Ends what is repeated or has not begun. */
  stop(): void;
}

/** None set up. */
export function createPlans(venues: ReadonlyMap<VenueName, Faults>): Plans {
  const timers = new Set<NodeJS.Timeout>();
  const later = (ms: number, act: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms).unref();
    timers.add(timer);
  };
  const stop = () => {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  };
  return {
    stop,
    set: (plan) => {
      for (const fault of plan.faults) {
        const act = () => {
          for (const [name, faults] of venues) if ((fault.venue ?? name) === name) setUp(fault, faults, name, later);
          if (fault.everyMs !== undefined) later(fault.everyMs, act);
        };
        if (fault.inMs === undefined) act();
        else later(fault.inMs, act);
      }
    },
    clear: () => {
      stop();
      for (const faults of venues.values()) faults.clear();
    },
  };
}

function setUp(fault: Fault, faults: Faults, venue: VenueName, later: (ms: number, act: () => void) => void): void {
  const count = fault.count === -1 ? Number.POSITIVE_INFINITY : (fault.count ?? 1);
  const when = { count, after: fault.after ?? 0 };
  if ("clockOffsetMs" in fault) faults.setClockOffset(fault.clockOffsetMs);
  else if ("sockets" in fault) {
    if (fault.sockets === "cut") faults.cutSockets();
    else faults.refuseSockets(count);
  } else if ("stream" in fault) faults.frame(pattern(fault.stream), frameOf(fault), when);
  else if (fault.do === "ban") {
    const ban = faults.request(matchOf(fault.request), banned(venue, fault.seconds), {
      count: Number.POSITIVE_INFINITY,
    });
    later(fault.seconds * 1000, () => ban.cancel());
  } else faults.request(matchOf(fault.request), requestOf(fault, venue), when);
}

const frameOf = (fault: z.infer<typeof frameFault>): FrameFault =>
  fault.do === "late" ? { lateMs: fault.ms } : fault.do;

const matchOf = (of: z.infer<typeof match> | undefined) => ({
  ...(of?.method === undefined ? {} : { method: of.method }),
  ...(of?.path === undefined ? {} : { path: pattern(of.path) }),
});

/** `*` stands for anything; without one it is the text itself. */
function pattern(text: string): string | RegExp {
  if (!text.includes("*")) return text;
  const parts = text.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}

const say = (venue: VenueName, code: number, word: string, msg: string) =>
  venue === "backpack" ? { code: word, message: msg } : { code, msg };

const banned = (venue: VenueName, seconds: number): RequestFault => ({
  do: "answer",
  status: 418,
  json: say(
    venue,
    -1003,
    "TOO_MANY_REQUESTS",
    `Way too many requests; IP banned until ${Date.now() + seconds * 1000}.`,
  ),
  headers: { "retry-after": String(Math.ceil(seconds)) },
});

function requestOf(fault: Exclude<z.infer<typeof requestFault>, { do: "ban" }>, venue: VenueName): RequestFault {
  switch (fault.do) {
    case "answer":
    case "unknown": {
      const { status = fault.do === "unknown" ? 503 : 500, json, text } = fault;
      const unknown = say(
        venue,
        -1007,
        "SERVICE_UNAVAILABLE",
        "Timeout waiting for response from backend server. Send status unknown; execution status unknown.",
      );
      return {
        do: fault.do === "unknown" ? "deny" : "answer",
        status,
        ...(text === undefined ? { json: json ?? unknown } : { text }),
      };
    }
    case "delay":
      return { do: "delay", ms: fault.ms, ...(fault.when === undefined ? {} : { when: fault.when }) };
    case "hang":
    case "reset":
    case "lose-answer":
    case "swallow-answer":
      return { do: fault.do };
  }
}
