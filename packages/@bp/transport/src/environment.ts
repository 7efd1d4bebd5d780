// The ways out that the environment names.
import { BpError } from "@bp/core";
import { checkProxy } from "./proxy.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** That of the process; empty where there is none. */
export function environmentOf(): Environment {
  const { process } = globalThis as { readonly process?: { readonly env?: Environment } }; // Node's and its like, or nothing
  return process?.env ?? {};
}

/** A proxy for each kind of connection; left out: straight. */
export interface Proxies {
  readonly rest?: string;
  readonly socket?: string;
}

/** Where REST and the socket go: their hosts and schemes decide. */
export interface Targets {
  readonly rest: string;
  readonly socket: string;
}

/**
 * The proxies that the environment names for a venue.
 *
 * - Sockets: `<VENUE>_PROXY_WEBSOCKET`, else `PROXY_WEBSOCKET`, else as REST below.
 * - REST: `HTTPS_PROXY` or `HTTP_PROXY` by the scheme of the URL, else what is named for the sockets: who hides the address
 *   of one hides that of the other.
 * - `NO_PROXY` and this machine itself are exempt from `HTTPS_PROXY` and `HTTP_PROXY`, and REST to a host of `NO_PROXY` goes
 *   straight. These three may be in lower case, which counts first.
 *
 * @param venue - its name in the variables: `backpack`, `aster`
 * @throws BpError `config/invalid` for a variable whose text is no address, without that text
 * @example
 * const { rest, socket } = proxiesFromEnvironment(process.env, "aster", { rest: restUrl, socket: wsUrl });
 */
export function proxiesFromEnvironment(environment: Environment, venue: string, targets: Targets): Proxies {
  const own =
    addressIn(environment, `${venue.toUpperCase()}_PROXY_WEBSOCKET`) ?? addressIn(environment, "PROXY_WEBSOCKET");
  const socket = own ?? generalFor(environment, targets.socket);
  const rest = generalFor(environment, targets.rest) ?? (isExempt(environment, targets.rest) ? undefined : own);
  return { ...(rest === undefined ? {} : { rest }), ...(socket === undefined ? {} : { socket }) };
}

/** What `HTTPS_PROXY` and `HTTP_PROXY` say for this URL. */
function generalFor(environment: Environment, target: string): string | undefined {
  const { protocol = "", hostname = "" } = URL.parse(target) ?? {}; // whoever connects will say that it is none
  if (isLocal(hostname) || isExempt(environment, target)) return undefined;
  const name = protocol === "https:" || protocol === "wss:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  return addressIn(environment, name.toLowerCase()) ?? addressIn(environment, name);
}

function addressIn(environment: Environment, name: string): string | undefined {
  const text = environment[name]?.trim() ?? "";
  if (text === "") return undefined;
  const expected = "http(s)://host:port or http(s)://user:password@host:port, or nothing";
  if (/\s/.test(text)) throw new BpError("config/invalid", { path: name, found: "text that is no address", expected });
  checkProxy(text, name, expected);
  return text;
}

function isLocal(hostname: string): boolean {
  return (
    hostname === "" ||
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    /^(127\.[\d.]+|\[::1\])$/.test(hostname)
  );
}

/** Whether `NO_PROXY` names the host: `*`, a domain with all below it, a host, each perhaps with a port. */
function isExempt(environment: Environment, target: string): boolean {
  const { hostname = "", port = "", protocol = "" } = URL.parse(target) ?? {};
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const wanted = port === "" ? (protocol === "https:" || protocol === "wss:" ? "443" : "80") : port;
  const text = environment["no_proxy"] ?? environment["NO_PROXY"] ?? "";
  return text
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === "*") return true;
      const [name, onlyPort] = partsOf(entry);
      const domain = name.replace(/^\*?\./, "");
      if (domain === "" || (onlyPort !== undefined && onlyPort !== wanted)) return false;
      return host === domain || host.endsWith(`.${domain}`);
    });
}

/** Host and port of an entry; an IPv6 address has its port behind brackets. */
function partsOf(entry: string): readonly [name: string, port: string | undefined] {
  const [, bracketed, after] = /^\[(.*)\](?::(\d+))?$/.exec(entry) ?? [];
  if (bracketed !== undefined) return [bracketed, after];
  const [name = "", port, more] = entry.split(":");
  return more === undefined ? [name, port] : [entry, undefined];
}
