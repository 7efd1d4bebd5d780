// Our order numbers as the venue's client ids, and back: whatever is not exactly one of ours is somebody else's.
import { type ClientId, clientId } from "@bp/core";

const form = /^bp-([1-9]\d{0,9})$/;

/** `bp-` and the number. */
export function clientOrderIdOf(id: ClientId): string {
  return `bp-${id}`;
}

/** The number in a client id; `undefined` for the user's own, another program's, a liquidation (`autoclose-`) or a deleveraging. */
export function clientIdOf(text: string): ClientId | undefined {
  const digits = form.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const value = Number(digits);
  return value <= 0xffff_ffff ? clientId(value) : undefined;
}
