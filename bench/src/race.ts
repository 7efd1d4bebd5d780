// Contenders in one process, in turn, several rounds: whatever happens to the machine happens to all of them.
import type { Figure, Goal, Options, Role } from "./group.ts";

/** Somebody who does the work of a group. */
export interface Contender {
  readonly name: string;
  readonly role: Role;
  readonly goals?: readonly Goal[];
  /** Does a piece of work and says how many operations it was. */
  readonly work: () => number;
}

/** Short, so that what disturbs one turn disturbs the next too: the ratio of the two is what counts. */
const turnMs = 80;
const turns = 4;

/**
 * Measures operations a second: in each round four times over, everybody works for about 80 ms, whole pieces only; who
 * begins changes every time.
 */
export function race(contenders: readonly Contender[], { rounds, quick }: Options): Figure[] {
  const rates = contenders.map((): number[] => []);
  for (const contender of contenders) rate(contender, 3 * turnMs); // what is measured later is compiled by now
  for (let round = 0; round < rounds * (quick ? 1 : turns); round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const place = (turn + round) % contenders.length;
      const contender = contenders[place];
      if (contender !== undefined) rates[place]?.push(rate(contender));
    }
  }
  return contenders.map(({ name, role, goals }, place) => ({
    contender: name,
    role,
    rounds: rates[place] ?? [],
    ...(goals === undefined ? {} : { goals }),
  }));
}

function rate({ work }: Contender, ms = turnMs): number {
  const start = performance.now();
  let operations = 0;
  let now = start;
  while (now - start < ms) {
    operations += work();
    now = performance.now();
  }
  return (operations / (now - start)) * 1_000;
}
