// A tape that threads read together: its columns lie in memory that is shared, once, however many they are.
import type { Tape } from "@bp/core";

/** A copy on shared memory, or the tape itself where it lies there already. Rows take 34 bytes each. */
export function sharedTape(tape: Tape): Tape {
  const { rows } = tape;
  const columns = [tape.kinds, tape.markets, tape.venueAt, tape.at, tape.a, tape.b];
  if (columns.every(({ buffer }) => buffer instanceof SharedArrayBuffer)) return tape;
  const bytes = (from: Uint8Array) => {
    const to = new Uint8Array(new SharedArrayBuffer(rows));
    to.set(from.subarray(0, rows));
    return to;
  };
  const doubles = (from: Float64Array) => {
    const to = new Float64Array(new SharedArrayBuffer(rows * 8));
    to.set(from.subarray(0, rows));
    return to;
  };
  return {
    ...tape,
    kinds: bytes(tape.kinds),
    markets: bytes(tape.markets),
    venueAt: doubles(tape.venueAt),
    at: doubles(tape.at),
    a: doubles(tape.a),
    b: doubles(tape.b),
  };
}
