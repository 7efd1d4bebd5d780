// The flags that place a door.
import { invalid, shown } from "../config/complaint.ts";
import { fromHere } from "../paths.ts";
import type { DoorPlace } from "./place.ts";

/** As the command line gives them. */
export interface DoorFlags {
  /** `--dashboard [PORT]`, `--no-dashboard`. */
  readonly dashboard?: unknown;
  readonly dashboardHost?: unknown;
  readonly dashboardTlsCert?: unknown;
  readonly dashboardTlsKey?: unknown;
  readonly dashboardInsecure?: unknown;
}

/** Whether a person has said how the door is to stand: one that cannot stand so ends the start, instead of trading without it. */
export const isPlaced = ({ dashboardHost, dashboardTlsCert, dashboardTlsKey }: DoorFlags): boolean =>
  [dashboardHost, dashboardTlsCert, dashboardTlsKey].some((flag) => flag !== undefined);

/**
 * Where a person wants the door.
 *
 * @returns `undefined`: nowhere
 * @throws BpError `config/invalid` for a port that is none, or half of a pair of files
 */
export function doorPlaceOf(flags: DoorFlags): DoorPlace | undefined {
  const { dashboard, dashboardHost: host, dashboardTlsCert: cert, dashboardTlsKey: key, dashboardInsecure } = flags;
  if (dashboard === false) return undefined;
  const named = dashboard === undefined || dashboard === true ? undefined : Number(dashboard);
  if (named !== undefined && !(Number.isInteger(named) && named >= 0 && named <= 65_535))
    throw invalid("--dashboard", shown(dashboard), "a port, 0 to 65535; 0 is any free one");
  if ((cert === undefined) !== (key === undefined))
    throw invalid(
      cert === undefined ? "--dashboard-tls-cert" : "--dashboard-tls-key",
      "nothing",
      "a PEM file: certificate and key belong together",
    );
  return {
    port: named,
    ...(typeof host === "string" ? { host } : {}),
    ...(typeof cert === "string" && typeof key === "string"
      ? { tls: { cert: fromHere(cert), key: fromHere(key) } }
      : {}),
    insecure: dashboardInsecure === true,
  };
}
