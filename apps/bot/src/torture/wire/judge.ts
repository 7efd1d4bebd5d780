// Holds a trial over the wire to the promises, by the venues' books and the bot's journals, once everything is over.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { invariants, sumsOf, type Violation } from "@bp/torture";
import { numberOf, objectIn, textOf } from "../../bots/json.ts";
import { exit } from "../../exit.ts";
import { secretSearch } from "../secrets.ts";
import { ofAnswers } from "./answers.ts";
import type { Books } from "./books.ts";
import type { Charge, Court } from "./court.ts";
import type { Ground } from "./ground.ts";
import type { WireOutcome, WireTrial } from "./job.ts";
import type { Life } from "./life.ts";
import { ofOrders } from "./orders.ts";
import { readRecord } from "./record.ts";

/** What a trial has seen of its processes. */
export interface Seen {
  readonly lives: readonly Life[];
  /** Processes that did not trade. */
  readonly others: readonly Life[];
  /** When the faults of the plan began to count, ms. */
  readonly began: number;
  readonly endedAt: number;
  /** How late the machine was at most, ms. */
  readonly lagMs: number;
  readonly wrong: readonly Charge[];
  readonly halted: string | undefined;
}

/** Judges it. Nothing may be running any more. */
export function judge(ground: Ground, trial: WireTrial, books: Books, seen: Seen): WireOutcome {
  const { seed, plan, subject, speed } = trial;
  const { lives, others, began, endedAt, lagMs, wrong, halted } = seen;
  const journal = join(ground.folder, "journal.sqlite");
  const record = readRecord(journal);
  const court: Court = {
    plan,
    subject,
    speed,
    holders: ground.holders,
    books,
    record,
    began,
    endedAt,
    lastWords: lives.at(-1)?.last() ?? "",
    lagMs,
  };
  const charges = [
    ...wrong,
    ...ofOrders(court),
    ...ofAnswers(court),
    ...ofEnd(court, ground, lives),
    ...record.strayed.map((says) => ({ invariant: 11, at: endedAt, says })),
    ...ofSecrets(ground, [...lives, ...others], endedAt),
  ];
  const violations = new Map<number, Violation>();
  for (const { invariant, at, says } of charges) {
    const promise = invariants.find(({ number }) => number === invariant)?.says ?? "";
    if (!violations.has(invariant)) violations.set(invariant, { invariant, promise, at, says });
  }
  return {
    seed,
    plan,
    violations: [...violations.values()].toSorted((a, b) => a.invariant - b.invariant),
    events: record.events,
    orders: record.commands.size,
    fills: books.deeds.filter(({ type, number }) => type === "traded" && number !== undefined).length,
    lives: lives.length,
    halted,
  };
}

/** 9: everything is gone, and the books are the same. */
function* ofEnd(court: Court, { folder }: Ground, lives: readonly Life[]): Iterable<Charge> {
  const { books, record, endedAt: at } = court;
  const say = (says: string): Charge => ({ invariant: 9, at, says });
  const last = lives.at(-1);
  if (last !== undefined && last.code !== exit.done && last.code !== exit.halted)
    yield say(`the bot ended with ${last.code ?? "a signal"}: ${last.last()}`);
  for (const { number, venue, instrument } of books.standing())
    if (record.commands.has(number ?? -1)) yield say(`order ${number} in ${instrument} still rests at ${venue}`);
  const traded = books.deeds.filter(({ type, number }) => type === "traded" && record.commands.has(number ?? -1));
  yield* ofFigures(traded, court, say);
  const summaries = summariesIn(folder);
  const isWhole = record.runs.every(({ id }) => summaries.has(id));
  const told = [...summaries.values()].reduce((sum, { fills }) => sum + fills, 0);
  if (isWhole && told !== traded.length)
    yield say(`the summary tells of ${told} fills, the venues of ${traded.length}`);
  for (const [run, { open }] of summaries) if (open > 0) yield say(`the summary of ${run} has ${open} open orders`);
}

function* ofFigures(
  traded: Books["deeds"],
  { record, subject }: Court,
  say: (says: string) => Charge,
): Iterable<Charge> {
  const { instruments } = subject;
  for (const [id, ours] of record.figures) {
    const market = instruments.find((each) => each.id === id);
    if (market === undefined) continue;
    const theirs = traded.filter(({ instrument }) => instrument === id);
    const sums = sumsOf(
      market,
      theirs.flatMap(({ fill }) => fill ?? []),
    );
    for (const [what, mine, other] of [
      ["fills", String(ours.fills), String(sums.fills)],
      ["volume", ours.volume.toFixed(), sums.volume.toFixed()],
      ["fees", ours.fees.toFixed(), sums.fees.toFixed()],
    ] as const)
      if (mine !== other) yield say(`${what} of ${id}: ${mine} counted, ${other} at the venue`);
  }
}

/** The newest summary of each run. */
function summariesIn(folder: string): ReadonlyMap<string, { readonly fills: number; readonly open: number }> {
  const found = new Map<string, { readonly fills: number; readonly open: number }>();
  const names = readdirSync(folder).filter((name) => name.startsWith("summary-"));
  for (const name of names.toSorted((a, b) => Number(/\d+/.exec(a)?.[0]) - Number(/\d+/.exec(b)?.[0]))) {
    const summary = objectIn(readFileSync(join(folder, name), "utf8"));
    if (summary === undefined) continue;
    const [fills = 0, open = 0] = [numberOf(summary["fills"]), numberOf(summary["openOrdersAtExit"])];
    found.set(textOf(summary["run"]), { fills, open });
  }
  return found;
}

/** 12: whatever was written, in whatever form. */
function* ofSecrets({ folder, secrets }: Ground, lives: readonly Life[], at: number): Iterable<Charge> {
  const { leaksIn, leaksUnder } = secretSearch(
    Object.fromEntries(secrets.map((each, nth) => [`key ${nth + 1}`, each])),
  );
  for (const life of lives)
    if (leaksIn(life.output()).length > 0) yield { invariant: 12, at, says: "a key stands in what the bot has said" };
  for (const leak of leaksUnder(folder)) yield { invariant: 12, at, says: `a key stands where none may: ${leak}` };
}
