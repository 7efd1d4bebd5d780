// The envelope of a frame, `{"stream":"...","data":{...}}`, or none: walked without JSON.parse.
import { behindString, literal, type NamePlace, stands } from "@bp/adapter";

const streamFirst = literal('{"stream":"');
const dataNext = literal(',"data":{');

/** The place of the first key of the data, or -1 if the frame is of another form. Without an envelope the frame is the data. */
export function dataAt(bytes: Uint8Array): number {
  if (!isWrapped(bytes)) return bytes[0] === 0x7b ? 1 : -1;
  if (!stands(bytes, 0, streamFirst)) return -1;
  const behind = behindString(bytes, streamFirst.length);
  return behind > 0 && stands(bytes, behind, dataNext) ? behind + dataNext.length : -1;
}

/** Whether the frame ends properly at `at`, the place behind the closing brace of the data. */
export function endsAt(bytes: Uint8Array, at: number): boolean {
  return isWrapped(bytes) ? bytes[at] === 0x7d && at + 1 === bytes.length : at === bytes.length;
}

/** `{"st...`: no frame without an envelope begins so. */
const isWrapped = (bytes: Uint8Array): boolean => bytes[2] === 0x73 && bytes[3] === 0x74;

/**
 * Finds the name of the stream.
 *
 * @param place - takes the answer, so that none is allocated
 * @returns false if the frame does not begin with it
 */
export function findStream(bytes: Uint8Array, place: NamePlace): boolean {
  if (!stands(bytes, 0, streamFirst)) return false;
  place.from = streamFirst.length;
  place.to = behindString(bytes, place.from) - 1;
  return place.to > place.from;
}
