// A fingerprint of everything that a run commanded: equal digests mean the same orders in the same order.
import { createHash } from "node:crypto";
import type { Command } from "@bp/core";

/** A running sha256 over commands. */
export interface CommandsDigest {
  add(command: Command): void;
  /** The digest of the commands so far, 64 hex digits; may be asked again and again. */
  hex(): string;
}

/**
 * Starts a fingerprint: sha256 over the canonical JSON of each command (keys sorted, no spaces, fields that are
 * `undefined` left out), each followed by a line feed.
 *
 * @example
 * const digest = commandsDigest();
 * for (const command of commands) digest.add(command);
 * console.log(digest.hex());
 */
export function commandsDigest(): CommandsDigest {
  const hash = createHash("sha256");
  return {
    add: (command) => void hash.update(`${canonicalJson(command)}\n`),
    hex: () => hash.copy().digest("hex"),
  };
}

/** JSON with sorted keys: the same data gives the same text, however it was put together. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each: unknown) => canonicalJson(each ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`);
  return `{${fields.join(",")}}`;
}
