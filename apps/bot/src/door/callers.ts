// Who may ask a door at all: pages of its own and programs of its machine, by the names that it has, and no other site's page.
import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { isLoopback } from "./place.ts";
import { type Refusal, refusal } from "./refuse.ts";

/** Where a door stands. */
export interface Standing {
  readonly host: string;
  readonly port: number;
  /** PEM of its certificate; `undefined` without TLS. */
  readonly cert: string | undefined;
}

/** What a request says of itself. */
export interface Caller {
  /** Its path. */
  readonly path: string;
  header(name: string): string | undefined;
}

/**
 * Judges requests. A name that resolves here but is none of ours (DNS rebinding) is refused by the `Host` that the browser must send;
 * a page of another site by `Origin` and `Sec-Fetch-Site`, which no page can change.
 *
 * @returns why not, or `undefined`
 */
export function judgeOf(standing: Standing): (caller: Caller) => Refusal | undefined {
  const isOurs = nameJudge(standing);
  const scheme = standing.cert === undefined ? "http" : "https";
  return (caller) => {
    const { path } = caller;
    const header = (name: string) => caller.header(name);
    const host = header("host") ?? "";
    if (!isOurs(host))
      return refusal(421, "this door does not answer to that name", "open the address that the bot has printed");
    const origin = header("origin");
    if (origin !== undefined && origin.toLowerCase() !== `${scheme}://${host.toLowerCase()}`)
      return refusal(403, "pages of other sites may ask nothing here");
    const site = header("sec-fetch-site");
    if (site === undefined || site === "same-origin" || site === "none") return undefined;
    // A link to the page may be followed from anywhere: it says nothing without a token. Anything else may not be reached so.
    const isLink = header("sec-fetch-mode") === "navigate" && header("sec-fetch-dest") === "document";
    if (isLink && !/^\/(api|metrics)(\/|$)/.test(path)) return undefined;
    return refusal(403, "pages of other sites may ask nothing here");
  };
}

/** Whether a `Host` is one of ours. */
function nameJudge({ host, port, cert }: Standing): (said: string) => boolean {
  const certificate = cert === undefined ? undefined : new X509Certificate(cert);
  const names = new Set(isLoopback(host) || isWildcard(host) ? ["127.0.0.1", "localhost", "[::1]"] : []);
  names.add(isIP(host) === 6 ? `[${host}]` : host.toLowerCase());
  const usual = cert === undefined ? 80 : 443;
  return (said) => {
    const [, name = "", at] = /^(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(said.toLowerCase()) ?? [];
    if (name === "" || (at === undefined ? usual : Number(at)) !== port) return false;
    if (names.has(name)) return true;
    // A browser has checked the name against the certificate: nobody else can have made one for it.
    if (certificate !== undefined && isIP(name) === 0) return certificate.checkHost(name) !== undefined;
    return isWildcard(host) && (name === hostname().toLowerCase() || addresses().has(name));
  };
}

const isWildcard = (host: string) => host === "0.0.0.0" || host === "::";

/** This machine's own, as a `Host` has them. */
function addresses(): ReadonlySet<string> {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return new Set(all.map(({ address, family }) => (family === "IPv6" ? `[${address}]` : address)));
}
