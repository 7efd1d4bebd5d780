// Base64 without Node's Buffer.

/** Standard alphabet, padded. */
export function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** The bytes, or `undefined` when the text is not base64 as `base64` writes it (spaces, missing padding, stray bits). */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length === 0 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const raw = atob(text);
  if (btoa(raw) !== text) return undefined;
  return Uint8Array.from(raw, (char) => char.charCodeAt(0));
}
