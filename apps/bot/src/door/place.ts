// Where a door may stand: on this machine alone, unless what is said is encrypted or a person insists.
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { conflict, invalid } from "../config/complaint.ts";
import { systemCodeOf } from "../failures.ts";

/** What a person said of the door. */
export interface DoorPlace {
  /** 0: any free one; left out: 4480, or the next free one. */
  readonly port?: number | undefined;
  /** Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /** Full paths of PEM files. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** To stand where others of the network can listen. */
  readonly insecure?: boolean | undefined;
}

/** Where one stands that nobody has placed. */
const usualPort = 4480;
/** How many are tried from there on: as many bots of one machine have a door each. */
const portsTried = 64;

/** Whether nobody but this machine gets there. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));

/**
 * Checks it.
 *
 * @returns what the thread of the door needs of it, with the texts of the TLS files
 * @throws BpError `config/invalid` for a port that is none or a file that cannot be read, `config/conflict` for a host that others
 * reach without TLS
 */
export function checkPlace({ port, host = "127.0.0.1", tls, insecure = false }: DoorPlace) {
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw invalid("--dashboard", String(port), "a port, 0 to 65535; 0 is any free one");
  if (!isLoopback(host) && tls === undefined && !insecure)
    throw conflict(
      `the dashboard would stand on ${host}, where others can read the token on its way and then trade with it`,
      "give --dashboard-tls-cert and --dashboard-tls-key, or say --dashboard-insecure if the network is your own; better: leave it on 127.0.0.1 and go there by ssh -L",
    );
  const ports = port === undefined ? Array.from({ length: portsTried }, (_, at) => usualPort + at) : [port];
  return {
    host,
    ports,
    tls: tls === undefined ? undefined : { cert: read(tls.cert, "cert"), key: read(tls.key, "key") },
  };
}

function read(file: string, what: "cert" | "key"): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw invalid(`--dashboard-tls-${what}`, systemCodeOf(error), "a PEM file that can be read", file);
  }
}

/** The beginning of its addresses. */
export function urlOf(host: string, port: number, isTls: boolean): string {
  const shown = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : isIP(host) === 6 ? `[${host}]` : host;
  return `http${isTls ? "s" : ""}://${shown}:${port}/`;
}
