// What goes wrong between a process and its venues, in the words of the sandbox.
import { exchangeOf, type Random, random, type VenueId } from "@bp/core";
import type { Faults, FrameFault, Pending, RequestFault, RequestMatch } from "@bp/sandbox";
import type { Fault } from "@bp/torture";
import type { Site } from "./ground.ts";

/** Streams of accounts and of books, at either venue. */
const streams = { account: /^(user$|account\.)/, depth: /(^depth|@depth)/ } as const;
/** Requests that place, change or cancel. */
const acts: readonly RequestMatch[] = ["POST", "DELETE"].map((method) => ({ method, path: /order/i }));
/** A window has seen this many requests or frames at most; the rest of it is in peace. */
const mostDrawn = 400;

/** Sets faults up and takes them away again. */
export interface Weather {
  /** A fault of a venue or its way begins now; those that befall others are not its business. */
  begin(fault: Fault): void;
  /** Everything is over but the time of the venues. */
  clear(): void;
}

export function createWeather(sites: readonly Site[], seed: number): Weather {
  const running = new Set<() => void>();
  let count = 0;
  const during = (ms: number, pending: readonly Pending[]) => {
    const over = () => {
      clearTimeout(timer);
      running.delete(over);
      for (const each of pending) each.cancel();
    };
    const timer = setTimeout(over, ms);
    running.add(over);
  };
  return {
    clear: () => {
      for (const over of running) over();
    },
    begin: (fault) => {
      if (fault.kind === "clock") {
        for (const { faults } of sites) faults.setClockOffset(-fault.byMs); // our clock goes on: it is the venue's that is off
        return;
      }
      if (!("venue" in fault) || !("forMs" in fault)) return;
      const faults = at(sites, fault.venue);
      if (faults === undefined) return;
      count += 1;
      const dice = random(seed).fork(`weather ${count}`);
      during(fault.forMs, pendingOf(fault, faults, dice, exchangeOf(fault.venue) === "backpack"));
    },
  };
}

type Windowed = Extract<Fault, { readonly venue: VenueId; readonly forMs: number }>;

function pendingOf(fault: Windowed, faults: Faults, dice: Random, isBackpack: boolean): readonly Pending[] {
  const drawn = (chance: number, set: (turn: { readonly count: number; readonly after: number }) => Pending) =>
    turnsOf(chance, dice).map(set);
  const requests = (chance: number, what: () => RequestFault, matches: readonly RequestMatch[] = acts) =>
    matches.flatMap((match) => drawn(chance, (turn) => faults.request(match, what(), turn)));
  const frames = (stream: RegExp, chance: number, what: FrameFault) =>
    drawn(chance, (turn) => faults.frame(stream, what, turn));
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the other kinds are not for this place
  switch (fault.kind) {
    case "latency":
      return [
        faults.request({}, { do: "delay", ms: fault.upMs, when: "before" }, Number.POSITIVE_INFINITY),
        faults.frame(/./, { lateMs: fault.downMs }, Number.POSITIVE_INFINITY),
      ];
    case "acks-lost":
      return requests(fault.chance, () => ({ do: dice.next() < 0.5 ? "lose-answer" : "swallow-answer" }));
    case "late":
      return frames(streams.account, fault.chance, { lateMs: dice.whole(50, 1_000) });
    case "twice":
      return frames(streams.account, fault.chance, "twice");
    case "reordered":
      return frames(streams.account, fault.chance, "swap");
    case "lost":
      return frames(streams.account, fault.chance, "drop");
    case "gaps":
      return frames(streams.depth, fault.chance, "drop");
    case "limited":
      return requests(fault.chance, () => limited(dice.next() < 0.2 ? 418 : 429, isBackpack), [{}]);
    case "swallowed":
      return requests(fault.chance, () => broken(dice.whole(0, 2), isBackpack), [{}]);
    case "unsaid":
      return requests(fault.chance, () => ({ do: "deny", status: 503, json: unknownWords(isBackpack) }));
    case "cut": {
      const refusing = faults.refuseSockets(Number.POSITIVE_INFINITY);
      faults.cutSockets();
      return [refusing];
    }
  }
}

const at = (sites: readonly Site[], venue: VenueId) => sites.find(({ name }) => name === exchangeOf(venue))?.faults;

/** Each of so many is drawn: the turns in which it is met. An entry leaves in peace what came before its turn. */
function turnsOf(chance: number, dice: Random): readonly { readonly count: number; readonly after: number }[] {
  const turns: { count: number; after: number }[] = [];
  let peace = 0;
  let isOn = false;
  for (let each = 0; each < mostDrawn; each++) {
    const last = turns.at(-1);
    if (dice.next() >= chance) {
      peace += 1;
      isOn = false;
    } else if (isOn && last !== undefined) last.count += 1;
    else {
      turns.push({ count: 1, after: peace });
      isOn = true;
    }
  }
  return turns;
}

const words = (isBackpack: boolean, code: number, word: string, text: string) =>
  isBackpack ? { code: word, message: text } : { code, msg: text };

const unknownWords = (isBackpack: boolean) =>
  words(isBackpack, -1007, "SERVICE_UNAVAILABLE", "Timeout waiting for a response. Execution status unknown.");

const limited = (status: 418 | 429, isBackpack: boolean): RequestFault => ({
  do: "answer",
  status,
  json: words(isBackpack, -1003, "TOO_MANY_REQUESTS", "Too many requests."),
  headers: { "retry-after": "1" },
});

/** Neither done nor said well. */
const broken = (which: number, isBackpack: boolean): RequestFault => ({
  do: "answer",
  status: [500, 502, 504][which] ?? 500,
  ...(which === 0
    ? { json: words(isBackpack, -1000, "SERVER_ERROR", "An unknown error occurred.") }
    : { text: "<html><body>Bad gateway</body></html>" }),
});
