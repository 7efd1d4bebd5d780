// budget/full: both venues' limits used to the last request; are they kept, and how long does a cancel or a hedge wait?
import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asterFuturesVenue, createAster } from "@aster/client";
import { backpackVenue, createBackpack } from "@bp/client";
import { type Command, type Unnumbered, type VenueId, venueOf } from "@bp/core";
import { createEngine, createRunner, live, paceOf } from "@bp/engine";
import { openJournal } from "@bp/journal";
import { whenHalted } from "@bp/risk";
import { Secret } from "@bp/signing";
import { systemClock } from "@bp/transport";
import type { Counted, DoorReport } from "../../budget/door.ts";
import { type StormParams, storm } from "../../budget/storm.ts";
import { type Arrival, micros } from "../../budget/tap.ts";
import type { Venues } from "../../budget/venue.ts";
import type { Group } from "../../group.ts";
import { quantile } from "../../stats.ts";
import { short } from "../../table.ts";

/** What the venues take in a minute. */
const allowed = { backpack: 2_000, weight: 2_400, minute: 1_200, tenSeconds: 300 } as const;
/** A cancel or a hedge that leaves later than this left too late. */
const mostMs = 50;

/** A quote that has waited for so long waits for the budget, µs. */
const waitedUs = 50_000;
/** How long a quote stands in line at most, µs. */
const patienceUs = 5_000_000;

type Kind = "cancel" | "hedge" | "quote";

interface Decided {
  readonly kind: Kind;
  readonly venue: VenueId;
  /** µs. */
  readonly at: number;
}

export const full: Group = {
  about:
    "A bot that wants about four times as many quotes as Backpack and Aster's futures allow, over real sockets, for two and a half minutes: from the fact that decides a cancel or a hedge (before it is in the journal) until its request is at the venue's door.",
  run: async ({ quick }) => {
    const seconds = quick ? 45 : 150;
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    const children: ChildProcess[] = [];
    const started = (file: string, args: readonly string[] = []) => {
      const child = fork(join(import.meta.dirname, "../../budget", file), args);
      children.push(child);
      return child;
    };
    try {
      const venues = (await next(started("venue.ts"))) as Venues; // what it says
      const rests = [venues.backpack.rest, venues.aster.rest];
      const door = started(
        "door.ts",
        rests.map((rest) => new URL(rest).port),
      );
      const ports = (await next(door)) as readonly number[]; // the first thing that it says
      const traded = await trade(venues, ports, seconds, join(folder, "journal.sqlite"));
      const said = next(door);
      door.send("report");
      return reportOf(traded, (await said) as DoorReport, seconds); // the second
    } finally {
      for (const child of children) child.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Traded {
  readonly decided: ReadonlyMap<string, Decided>;
  /** Our number of an order by the venue's. */
  readonly numbers: ReadonlyMap<string, string>;
  readonly refused: ReadonlyMap<string, number>;
}

/** The bot as it is joined elsewhere, in a storm. */
async function trade(
  { backpack, aster }: Venues,
  ports: readonly number[],
  seconds: number,
  file: string,
): Promise<Traded> {
  const [here = "", there = ""] = ports.map((port) => `http://127.0.0.1:${port}`);
  const clock = systemClock;
  const key = { apiKey: backpack.apiKey, secret: Secret.of(backpack.secret) };
  const client = createBackpack({ key, restUrl: here, wsUrl: backpack.ws, clock });
  const others = createAster({
    key: { apiKey: aster.key, secret: Secret.of(aster.secret) },
    futures: { restUrl: there, wsUrl: aster.ws },
    clock,
  });
  const onTrouble = () => undefined; // readings that wait for their turn in vain are what is wanted here
  const venues = [
    backpackVenue({ client, clock, onTrouble }),
    asterFuturesVenue({ client: others.futures, clock, onTrouble }),
  ];
  const ids = ["backpack:SOL_USDC_PERP", "aster-futures:SOLUSDT"] as const;
  const known = (await Promise.all(venues.map((venue) => venue.instruments()))).flat();
  const instruments = known.filter(({ id }) => (ids as readonly string[]).includes(id));
  const params: StormParams = { instruments: ids, quotes: 8, everyMs: 250, holdMs: 500 };
  const engine = createEngine({
    run: 1,
    instruments,
    strategies: [{ strategy: storm, params }],
    rules: [whenHalted()],
  });
  const store = openJournal(file);
  const journal = store.begin({
    id: "budget",
    mode: "bench",
    key: "budget",
    strategy: storm.name,
    params: {},
    instruments,
    version: "0",
    clientRun: 1,
    started: clock.now(),
  });
  const decided = new Map<string, Decided>();
  const numbers = new Map<string, string>();
  const refused = new Map<string, number>();
  let at = 0;
  const send = (command: Command) => {
    if (command.type !== "account.ask") {
      const venue = venueOf(command.instrument);
      const kind = command.type === "order.cancel" ? "cancel" : command.tif === "ioc" ? "hedge" : "quote";
      decided.set(`${kind} ${command.clientId}`, { kind, venue, at });
    }
    venues
      .find(({ id }) => id === (command.type === "account.ask" ? command.venue : venueOf(command.instrument)))
      ?.send(command);
  };
  const runner = createRunner({ engine, journal, send });
  const handle = (fact: Unnumbered) => {
    at = micros();
    if (fact.type === "order.accepted") numbers.set(fact.venueOrderId, String(fact.clientId));
    if (fact.type === "order.rejected") refused.set(fact.reason, (refused.get(fact.reason) ?? 0) + 1);
    runner.handle(fact);
  };
  const stop = new AbortController();
  const driving = live({ venues, instruments: ids, handle, clock, signal: stop.signal, pace: paceOf(1, clock.now()) });
  await Promise.race([driving, clock.sleep(seconds * 1_000)]);
  stop.abort();
  await driving;
  journal.close();
  store.close();
  await Promise.all([client.close(), others.close()]);
  return { decided, numbers, refused };
}

function reportOf({ decided, numbers, refused }: Traded, [backpack, aster]: DoorReport, seconds: number) {
  if (backpack === undefined || aster === undefined) throw new Error("a door has said nothing");
  const waits: Record<Kind, number[]> = { cancel: [], hedge: [], quote: [] };
  const fullWaits: number[] = [];
  const arrived = new Map<string, number>();
  for (const arrival of [...backpack.arrivals, ...aster.arrivals]) {
    const kind = kindOf(arrival);
    const name = kind === undefined ? "" : `${kind} ${numberOf(arrival, numbers)}`;
    if (decided.has(name) && !arrived.has(name)) arrived.set(name, arrival.at);
  }
  const lines = standing(decided, arrived);
  for (const [name, { kind, venue, at }] of decided) {
    const ms = ((arrived.get(name) ?? Number.NaN) - at) / 1_000;
    if (!arrived.has(name)) continue;
    waits[kind].push(ms);
    if (kind !== "quote" && lines.some((line) => line.venue === venue && line.from < at && at < line.to))
      fullWaits.push(ms);
  }
  const most = mostIn(backpack.arrivals, 60_000);
  const told = (name: string) => aster.told[name] ?? 0;
  const used = [
    ["Backpack, requests", most, allowed.backpack],
    ["Aster, weight", told("x-mbx-used-weight-1m"), allowed.weight],
    ["Aster, orders a minute", told("x-mbx-order-count-1m"), allowed.minute],
    ["Aster, orders in 10 s", told("x-mbx-order-count-10s"), allowed.tenSeconds],
  ] as const;
  const breaches = backpack.breaches + aster.breaches;
  const wrong: string[] = [];
  if (breaches > 0) wrong.push(`${breaches} requests were refused as too many (429, 418)`);
  for (const [name, figure, limit] of used) if (figure > limit) wrong.push(`${name}: ${figure} of ${limit}`);
  if (fullWaits.length < 200 && seconds > 60)
    wrong.push(`only ${fullWaits.length} cancels and hedges in a full budget`);
  const kinds = [...backpack.arrivals, ...aster.arrivals].map(kindOf);
  for (const kind of ["cancel", "hedge"] as const) {
    const missing = kindsOf(decided, kind) - kinds.filter((each) => each === kind).length;
    if (missing > 2) wrong.push(`${missing} decisions to ${kind} never arrived`); // the last ones may be on their way
  }
  const late = fullWaits.filter((ms) => ms > mostMs).length;
  const line = (name: string, values: readonly number[], goal: boolean) => ({
    contender: name,
    role: "ours" as const,
    rounds: [quantile(values, name.endsWith("p50") ? 0.5 : name.endsWith("p99") ? 0.99 : 1)],
    ...(goal ? { goals: [{ atMost: mostMs }] } : {}),
  });
  return {
    unit: "ms",
    figures: [
      ...(["p50", "p99", "most"] as const).map((which) => line(`budget full, ${which}`, fullWaits, which !== "p50")),
      ...(["p50", "p99", "most"] as const).map((which) => line(`cancels, ${which}`, waits.cancel, false)),
      ...(["p50", "p99", "most"] as const).map((which) => line(`hedges, ${which}`, waits.hedge, false)),
    ],
    facts: [
      `${seconds} s: ${kindsOf(decided, "quote")} quotes decided, of which ${waits.quote.length} arrived, ${waits.cancel.length} of ${kindsOf(decided, "cancel")} cancels and ${waits.hedge.length} of ${kindsOf(decided, "hedge")} hedges were told apart at the door; ${fullWaits.length} of them were decided while quotes stood in line (${late} took more than ${mostMs} ms)`,
      `breaches: ${breaches}; most used: ${used.map(([name, figure, limit]) => `${name} ${figure} of ${limit}`).join(", ")}`,
      `refused to the engine: ${[...refused].map(([reason, count]) => `${reason} ${count}`).join(", ") || "nothing"}`,
      `arrived: ${counts(backpack)} at Backpack; ${counts(aster)} at Aster; p99 ${short(quantile(fullWaits, 0.99))} ms`,
    ],
    wrong,
  };
}

/** When at a venue a quote stood in line: it had been decided a while ago and was not there yet. */
function standing(decided: ReadonlyMap<string, Decided>, arrived: ReadonlyMap<string, number>) {
  return [...decided].flatMap(([name, { kind, venue, at }]) => {
    const to = arrived.get(name) ?? at + patienceUs;
    return kind === "quote" && to - at > waitedUs ? [{ venue, from: at + waitedUs, to }] : [];
  });
}

function kindsOf(decided: ReadonlyMap<string, Decided>, kind: Kind): number {
  return [...decided.values()].filter((each) => each.kind === kind).length;
}

function kindOf({ method, path, text }: Arrival): Kind | undefined {
  if (!path.endsWith("/order")) return undefined;
  if (method === "DELETE") return "cancel";
  if (method !== "POST") return undefined;
  return /\bIOC\b/.test(text) ? "hedge" : "quote";
}

/** Our number of the order that a request is about. */
function numberOf({ text }: Arrival, numbers: ReadonlyMap<string, string>): string {
  const own = /"?(?:clientId|newClientOrderId|origClientOrderId)"?[:=]"?([\w-]+)/i.exec(text)?.[1];
  if (own !== undefined) return /\d+$/.exec(own)?.[0] ?? own;
  const theirs = /"?orderId"?[:=]"?(\w+)/.exec(text)?.[1] ?? "";
  return numbers.get(theirs) ?? "";
}

/** The most requests in any stretch of so many ms. */
function mostIn(arrivals: readonly Arrival[], perMs: number): number {
  const times = arrivals.map(({ at }) => at).toSorted((a, b) => a - b);
  let from = 0;
  let most = 0;
  for (const [place, time] of times.entries()) {
    while ((times[from] ?? 0) <= time - perMs * 1_000) from += 1;
    most = Math.max(most, place - from + 1);
  }
  return most;
}

function counts({ arrivals }: Counted): string {
  const kinds = new Map<string, number>();
  for (const { method, path } of arrivals) kinds.set(`${method} ${path}`, (kinds.get(`${method} ${path}`) ?? 0) + 1);
  return [...kinds]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(", ");
}

function next(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`the venue ended with ${code}`)));
  });
}
