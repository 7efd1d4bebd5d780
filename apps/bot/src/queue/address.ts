// The address of a Redis: what is needed to reach it, and what may be shown of it.
import { invalid } from "../config/complaint.ts";

/** A Redis. */
export interface QueueAddress {
  /** With its password: for the connection alone, never shown. */
  readonly url: string;
  /** `redis://host:port`. */
  readonly shown: string;
  /** Takes the password and the address out of a text that somebody else wrote. */
  mask(text: string): string;
}

/**
 * Reads `redis://…` or, by TLS, `rediss://…`.
 *
 * @param name - where it was given, for complaints
 * @throws BpError `config/invalid`, without showing any of it
 */
export function queueAddress(text: string, name: string): QueueAddress {
  const url = URL.parse(text);
  if (url === null || !["redis:", "rediss:"].includes(url.protocol) || url.hostname === "")
    throw invalid(name, "something else (not shown)", "redis://host:port, or rediss://user:password@host:port by TLS");
  const { protocol, hostname, port, password } = url;
  const secrets = [text, url.href, password, decoded(password)].filter((each) => each.length > 2);
  return {
    url: text,
    shown: `${protocol}//${hostname}:${port === "" ? "6379" : port}`,
    mask: (message) => secrets.reduce((masked, each) => masked.replaceAll(each, "[secret]"), message),
  };
}

/** `--queue`, else `BP_QUEUE`. @throws BpError `config/invalid` */
export function queueSaid(said: unknown, environment = process.env): QueueAddress | undefined {
  if (typeof said === "string") return queueAddress(said, "--queue");
  const found = environment["BP_QUEUE"] ?? "";
  return found === "" ? undefined : queueAddress(found, "BP_QUEUE");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
