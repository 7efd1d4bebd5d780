// A book under test, whoever keeps it, and whether it is right.
import type { Recording } from "./recording.ts";

/** What a book is held against, whatever the venue. */
export type Played = Pick<Recording, "frames" | "touches">;

export interface Kept {
  /** Begins anew with the snapshot. */
  load(): void;
  /** Takes the next frame; false if it noticed that one is missing. */
  take(bytes: Uint8Array): boolean;
  /** Bid price, bid size, ask price, ask size in ticks and lots. */
  touch(out: Float64Array): void;
}

/** How many frames are followed by another touch than the recording's, or are refused. */
export function wrongTouches(kept: Kept, { frames, touches }: Played): number {
  const touch = new Float64Array(4);
  let wrong = 0;
  kept.load();
  for (const [place, frame] of frames.entries()) {
    const taken = kept.take(frame);
    kept.touch(touch);
    if (!taken || touch.some((value, part) => value !== touches[place * 4 + part])) wrong += 1;
  }
  return wrong;
}

/** How many lost frames are noticed at the very next one, of one lost in each of `gaps` runs. */
export function noticedGaps(kept: Kept, { frames }: Pick<Played, "frames">, gaps: number): number {
  let noticed = 0;
  for (let gap = 1; gap <= gaps; gap++) {
    const lost = Math.floor((frames.length * gap) / (gaps + 1));
    kept.load();
    const early = frames.slice(0, lost).some((frame) => !kept.take(frame));
    const next = frames[lost + 1];
    if (!early && next !== undefined && !kept.take(next)) noticed += 1;
  }
  return noticed;
}
