// Frames between two processes over one socket pair: whole values, `undefined` and all; the child's side never waits for the loop.
import { readSync, writeSync } from "node:fs";
import type { Duplex } from "node:stream";
import { deserialize, serialize } from "node:v8";

/** Which file the child finds its end in. */
const end = 3;
const headBytes = 4;

function framed(value: unknown): Buffer {
  const body = serialize(value);
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(body.length);
  return Buffer.concat([head, body]);
}

/** Says something to the parent. It has left this process when this returns: a SIGKILL after it takes nothing back. */
export function say(value: unknown): void {
  const frame = framed(value);
  for (let at = 0; at < frame.length; ) at += writeSync(end, frame, at);
}

/** Waits for the parent's next word; `undefined` when the parent is gone. */
export function listen(): unknown {
  const head = take(headBytes);
  const body = head === undefined ? undefined : take(head.readUInt32LE());
  return body === undefined ? undefined : deserialize(body);
}

function take(bytes: number): Buffer | undefined {
  const taken = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; ) {
    const got = readSync(end, taken, at, bytes - at, null);
    if (got === 0) return undefined;
    at += got;
  }
  return taken;
}

/** The parent's side: hears every frame that the child has written, then that it is gone. */
export function hear(stream: Duplex, onValue: (value: unknown) => void, onGone: () => void): (value: unknown) => void {
  let rest: Buffer = Buffer.alloc(0);
  stream.on("data", (data: Buffer) => {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
    while (rest.length >= headBytes) {
      const length = rest.readUInt32LE();
      if (rest.length < headBytes + length) return;
      const value: unknown = deserialize(rest.subarray(headBytes, headBytes + length));
      rest = rest.subarray(headBytes + length);
      onValue(value);
    }
  });
  stream.on("error", () => undefined); // it was killed while we spoke; the end follows
  stream.on("close", onGone);
  return (value) => void stream.write(framed(value));
}
