// The hedge on two venues, killed as often as is asked, brought back, and looked at.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Instrument, type Millis, millis, type Unnumbered, type VenueId, venueOf } from "@bp/core";
import { openJournal } from "@bp/journal";
import { constantLatency, simVenue } from "@bp/sim";
import { readBotConfig } from "../../src/config/index.ts";
import { recipeOf } from "../../src/recipe.ts";
import type { Recipe } from "../../src/wire-up.ts";
import { openCourt } from "./court.ts";
import type { Death } from "./crash.ts";
import { type Answer, begin, type Life, type Warm, warm } from "./life.ts";
import { hedge, lead, openVenues, venues } from "./market.ts";
import type { End, Said } from "./words.ts";

/** What is played. */
export interface PlayOptions {
  readonly seed: number;
  readonly cycles: number;
  /** Deaths, one after the other: the first process dies the first, the process that recovers the second. */
  readonly deaths: readonly Death[];
  /** How long nobody is there after each, ms. */
  readonly downMs: number;
  /** How long it goes on after the last restart before it is stopped, ms; left out: until the strategy is done. */
  readonly tailMs?: number;
  /** Looks at what a death has left. */
  readonly autopsy?: (left: Remains) => Promise<void> | void;
}

/** What a dead process has left. */
export interface Remains {
  readonly journal: string;
  /** How many have died by now. */
  readonly deaths: number;
  readonly now: Millis;
  readonly recipe: Recipe;
  readonly instruments: readonly Instrument[];
}

/** What came of it. */
export interface Outcome {
  readonly lives: number;
  /** Deaths that did happen: a death that lies beyond the end does not. */
  readonly died: number;
  /** Persisted steps of the first life. */
  readonly steps: readonly number[];
  /** Commands after each persisted step of the first life. */
  readonly sentAfter: ReadonlyMap<number, number>;
  /** From the restart until all agreed, ms; `undefined` where nobody died. */
  readonly convergedMs: number | undefined;
  /** Longest time with one leg only while somebody was there, ms. */
  readonly nakedMs: number;
  readonly virtualMs: number;
  readonly fills: number;
  readonly end: End | undefined;
  /** What is wrong; empty: nothing. */
  readonly wrong: readonly string[];
}

const latencyMs = 20;
const convergeMs = 5_000;
/**
 * An order that was made durable and not sent may, for all that the next process knows, be on the wire for six seconds (the
 * venue's window of five and one more); a beat later the venue is asked. Who is back within three seconds waits for that.
 */
const limitMs = (downMs: number) => Math.max(convergeMs, 7_500 - downMs);
/** A run that takes longer than this has gone astray, ms. */
const longestMs = 3_600_000;

/** The recipe that `bot start` makes of a hedge loop whose cycles are short. */
async function cook(folder: string, cycles: number, known: readonly Instrument[]) {
  const params = {
    lead,
    hedge,
    quantity: "10",
    legWaitMs: 700,
    legLimitMs: 15_000,
    betweenLegsMs: 200,
    cycleMs: 200,
    stopBeforeFundingMs: 0,
    negativeEdgeLimit: 1_000_000,
    cycles,
  };
  const file = join(folder, "hedge.json");
  writeFileSync(file, JSON.stringify({ system: "hedge", strategies: [{ use: "hedge", params }] }));
  return recipeOf(await readBotConfig({ file, flags: { sandbox: true }, env: {} }), known);
}

/** Processes that wait for their turn, so that starting one costs nothing while another is played. */
export interface Stable {
  take(): Warm;
  readonly folder: string;
  close(): void;
}

/** Keeps so many processes ready. */
export function openStable(ready = 1): Stable {
  const folder = mkdtempSync(join(tmpdir(), "bp-recovery-"));
  const waiting: Warm[] = [];
  const fill = () => {
    while (waiting.length < ready) waiting.push(warm(folder));
  };
  return {
    folder,
    take: () => {
      const taken = waiting.shift() ?? warm(folder);
      fill();
      return taken;
    },
    close: () => {
      for (const { child } of waiting) child.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Plays it to its end. */
export async function play(stable: Stable, options: PlayOptions): Promise<Outcome> {
  const { seed, cycles, deaths, downMs, tailMs } = options;
  const folder = mkdtempSync(join(stable.folder, "run-"));
  try {
    const two = openVenues(seed);
    const { timeline, exchanges } = two;
    const { recipe, instruments } = await cook(
      folder,
      cycles,
      venues.flatMap((name) => exchanges[name].instruments),
    );
    const journal = join(folder, "journal.sqlite");
    const court = openCourt(two);
    const began = timeline.now();
    const steps: number[] = [];
    const sentAfter = new Map<number, number>();
    let lives = 0;
    let died = 0;
    let convergedMs: number | undefined;
    let end: End | undefined;
    let unlike = "nothing was looked at";

    for (;;) {
      const death = deaths[lives];
      lives += 1;
      const isFirst = lives === 1;
      const isLast = death === undefined;
      const facts: { readonly venue: VenueId; readonly fact: Unnumbered }[] = [];
      const over = new AbortController();
      const doors = new Map(
        venues.map((id) => [
          id as VenueId,
          simVenue({ exchange: exchanges[id], account: id, id, timeline, latency: constantLatency(latencyMs) }),
        ]),
      );
      const onWord = (said: Extract<Said, { is: "open" | "command" }>) => {
        if (said.is === "open") {
          doors
            .get(said.venue)
            ?.open(
              {
                instruments: instruments.filter((each) => venueOf(each.id) === said.venue).map(({ id }) => id),
                account: true,
              },
              (fact) => void facts.push({ venue: said.venue, fact }),
              over.signal,
            )
            .catch(() => undefined); // a venue in memory does not fail
          return;
        }
        const { command, step } = said;
        if (isFirst) sentAfter.set(step, (sentAfter.get(step) ?? 0) + 1);
        court.sent(command);
        doors.get(command.type === "account.ask" ? command.venue : venueOf(command.instrument))?.send(command);
      };
      const life: Life = begin(
        stable.take(),
        { journal, recipe, instruments, venues, now: timeline.now(), death },
        onWord,
      );
      const bornAt = timeline.now();
      let answer: Answer = await life.first;
      let asked = false;
      let looks = bornAt + 100;
      while (answer.is === "goes on") {
        const isAgreed = isFirst || !isLast || convergedMs !== undefined;
        const next = Math.min(
          Math.max(timeline.nextAt() ?? Number.POSITIVE_INFINITY, timeline.now()),
          Math.max(answer.wakeAt, timeline.now()),
          isAgreed ? Number.POSITIVE_INFINITY : looks,
        );
        timeline.runUntil(millis(next));
        court.look(timeline.now());
        if (timeline.now() - began > longestMs) throw new Error(`after ${longestMs} ms it has not ended`);
        const look = !isAgreed && timeline.now() >= looks;
        if (look) looks = timeline.now() + 100;
        const stop = isLast && !asked && tailMs !== undefined && timeline.now() - bornAt >= tailMs;
        if (stop) asked = true;
        const isDue = answer.wakeAt <= timeline.now();
        if (facts.length === 0 && !isDue && !look && !stop) continue;
        answer = await life.live({
          now: timeline.now(),
          facts: facts.splice(0),
          look,
          ...(stop ? { ask: "stop" } : {}),
        });
        if (look && answer.belief !== undefined) {
          const differs = court.differs(answer.belief);
          if (differs === undefined) convergedMs = timeline.now() - bornAt;
          else unlike = differs;
        }
      }
      over.abort();
      life.end();
      if (answer.end !== undefined) {
        end = answer.end;
        steps.push(end.steps);
        if (died > 0) convergedMs ??= timeline.now() - bornAt; // it was ending when it was cut off
        break;
      }
      if (death === undefined) throw new Error(`it died by itself after ${timeline.now() - bornAt} ms`);
      died += 1;
      steps.push(death.step);
      if (hasEnded(journal)) {
        convergedMs = 0;
        break;
      }
      await options.autopsy?.({ journal, deaths: died, now: timeline.now(), recipe, instruments });
      const back = timeline.now() + downMs;
      timeline.runUntil(millis(back));
      court.back(timeline.now());
      court.look(timeline.now());
    }
    const wrong = end === undefined ? [...court.rest()] : [...court.verdict(journal, end)];
    if (died > 0) {
      if (convergedMs === undefined) wrong.push(`it has not converged: ${unlike}`);
      else if (convergedMs > limitMs(downMs)) wrong.push(`it took ${convergedMs} ms to converge; at last ${unlike}`);
    }
    return {
      lives,
      died,
      steps,
      sentAfter,
      convergedMs: died > 0 ? convergedMs : undefined,
      nakedMs: court.nakedMs,
      virtualMs: timeline.now() - began,
      fills: venues.reduce((sum, name) => sum + exchanges[name].fills(name).length, 0),
      end,
      wrong,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether the run was closed with a summary before the death. */
function hasEnded(journal: string): boolean {
  if (!existsSync(journal)) return false;
  const store = openJournal(journal);
  try {
    return store.runs()[0]?.ended !== undefined;
  } finally {
    store.close();
  }
}
