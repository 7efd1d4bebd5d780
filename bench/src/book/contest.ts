// Books under test against each other: each is held against the recording first, and against lost frames, then timed.
import type { Goal, Options, Report, Role } from "../group.ts";
import { race } from "../race.ts";
import { type Kept, noticedGaps, type Played, wrongTouches } from "./kept.ts";
import { ownPass } from "./pass.ts";
import { textOf } from "./text.ts";

/** A book with a name. */
export interface Named {
  readonly name: string;
  readonly role: Role;
  readonly goals?: readonly Goal[];
  readonly kept: Kept;
}

const gaps = 5;

/** Times all of them, and `JSON.parse` of the frames as a floor. A peer may overlook lost frames. */
export async function contest(
  recording: Played,
  about: string,
  contenders: readonly Named[],
  options: Options,
): Promise<Report> {
  const { frames } = recording;
  const wrong: string[] = [];
  const facts = [about];
  for (const { name, role, kept } of contenders) {
    const bad = wrongTouches(kept, recording);
    const noticed = noticedGaps(kept, recording, gaps);
    facts.push(`${name}: ${bad} wrong touches, ${noticed} of ${gaps} lost frames noticed`);
    if (bad > 0) wrong.push(`${name}: ${bad} wrong touches`);
    if (noticed < gaps && role !== "peer") wrong.push(`${name}: ${gaps - noticed} lost frames not noticed`);
  }
  const runners = contenders.map(async ({ name, kept, ...rest }) => {
    const pass = await ownPass(name);
    return { name, ...rest, work: () => pass(kept, frames) };
  });
  const floor = { name: "JSON.parse alone", role: "floor", work: () => parseAll(frames) } as const;
  return { unit: "/s", figures: race([...(await Promise.all(runners)), floor], options), facts, wrong };
}

function parseAll(frames: readonly Uint8Array[]): number {
  for (const frame of frames) JSON.parse(textOf(frame));
  return frames.length;
}
