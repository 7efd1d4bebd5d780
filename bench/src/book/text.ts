// A frame as text, as a program would make it that reads frames by `JSON.parse`.

/** UTF-8, without a copy of the bytes. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}
