// The address of a store: what is needed to reach it, and what may be shown of it.
import { BpError } from "@bp/core";

/** A PostgreSQL database that keeps copies of journals. */
export interface StoreAddress {
  /** With its password: for the connection alone, never shown. */
  readonly url: string;
  /** `postgres://user@host:port/db`. */
  readonly shown: string;
  /** Takes the password and the address out of a text that somebody else wrote. */
  mask(text: string): string;
}

/**
 * Reads an address. A server of another machine is reached by TLS, or the address says `sslmode=disable`: password and journal
 * would go there for everybody on the way to read.
 *
 * @param name - where it was given, for complaints
 * @throws BpError `config/invalid`, without showing any of it
 */
export function storeAddress(text: string, name: string): StoreAddress {
  const url = URL.parse(text);
  if (url === null || !["postgres:", "postgresql:"].includes(url.protocol) || url.pathname.length < 2)
    throw new BpError("config/invalid", {
      path: name,
      found: "something else (not shown)",
      expected: "postgres://user:password@host:port/database",
    });
  if (!isGuarded(url))
    throw new BpError("config/invalid", {
      path: name,
      found: "the address of another machine without TLS (not shown)",
      expected: "?sslmode=verify-full behind the database, or ?sslmode=disable if nobody else is on the way there",
    });
  const { username, password, host, pathname } = url;
  const shown = `postgres://${username === "" ? "" : `${username}@`}${host}${pathname}`;
  const secrets = [text, url.href, password, decoded(password), ...queryOf(url)].filter((each) => each.length > 2);
  return {
    url: text,
    shown,
    mask: (message) => secrets.reduce((masked, each) => masked.replaceAll(each, "[secret]"), message),
  };
}

/** Whether TLS is said, or that there need be none. A socket of this machine has a path for a host, or none. */
function isGuarded({ hostname, searchParams }: URL): boolean {
  const host = searchParams.get("host") ?? hostname; // `pg` believes the query first
  const isHere = /^$|^\/|^%2f|^(.+\.)?localhost$|^127\.[\d.]+$|^\[?::1\]?$/i.test(host);
  return isHere || searchParams.has("sslmode") || /^(true|1)$/.test(searchParams.get("ssl") ?? "");
}

const queryOf = (url: URL) =>
  [...url.searchParams].filter(([key]) => /pass|key|secret|token/i.test(key)).map(([, value]) => value);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
