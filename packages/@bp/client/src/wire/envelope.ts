// The envelope of a frame, `{"data":{...},"stream":"..."}` in either order, walked without JSON.parse.
import { behindString, literal, type NamePlace, stands } from "@bp/adapter";

const dataFirst = literal('{"data":{');
const streamFirst = literal('{"stream":"');
const dataNext = literal(',"data":{');
const streamNext = literal(',"stream":"');

/** The place of the first key of `data`, or -1 if the frame is not of one of the two forms. */
export function dataAt(bytes: Uint8Array): number {
  if (bytes[2] === 0x64) return stands(bytes, 0, dataFirst) ? dataFirst.length : -1;
  if (!stands(bytes, 0, streamFirst)) return -1;
  const behind = behindString(bytes, streamFirst.length);
  return behind > 0 && stands(bytes, behind, dataNext) ? behind + dataNext.length : -1;
}

/**
 * Whether the frame ends properly at `at`, the place behind the closing brace of `data`. What the stream is called is not looked at:
 * the market stands in the data.
 */
export function endsAt(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] === 0x7d) return at + 1 === bytes.length && bytes[2] === 0x73; // the stream's name came first
  if (bytes[2] !== 0x64 || !stands(bytes, at, streamNext)) return false;
  const last = bytes.length - 2;
  return last >= at + streamNext.length && bytes[last] === 0x22 && bytes[last + 1] === 0x7d;
}

/**
 * Finds the name of the stream, at the front or at the back of the frame.
 *
 * @param place - takes the answer, so that none is allocated
 * @returns false if it is at neither place
 */
export function findStream(bytes: Uint8Array, place: NamePlace): boolean {
  if (stands(bytes, 0, streamFirst)) {
    place.from = streamFirst.length;
    place.to = behindString(bytes, place.from) - 1;
    return place.to > place.from;
  }
  const last = bytes.length - 2; // the closing quote
  if (bytes[last] !== 0x22 || bytes[last + 1] !== 0x7d) return false;
  let from = last;
  while (from > 0 && bytes[from - 1] !== 0x22) from--;
  place.from = from;
  place.to = last;
  return stands(bytes, from - streamNext.length, streamNext);
}
