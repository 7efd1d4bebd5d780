// Why a door cannot stand where it was wanted, and what to do about it.
import { messageOf, systemCodeOf } from "../failures.ts";
import type { DoorData } from "./words.ts";

/** In words. @param error - of the last port that was tried */
export function whyNot(error: unknown, { host, ports }: DoorData): { readonly what: string; readonly hint: string } {
  const code = systemCodeOf(error);
  const [port = 0] = ports;
  const where = ports.length > 1 ? `${host}, ports ${port} to ${ports.at(-1)}` : `${host}, port ${port}`;
  if (code === "EADDRINUSE")
    return {
      what: `the dashboard cannot stand on ${where}: something else listens there`,
      hint: "say --dashboard with another port, or --no-dashboard",
    };
  if (code === "EACCES")
    return {
      what: `the dashboard may not stand on ${where}`,
      hint: "say --dashboard with a port above 1023, or --no-dashboard",
    };
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return {
      what: `${host} is no address of this machine`,
      hint: "give --dashboard-host one that it has; 127.0.0.1 always is",
    };
  return {
    what: `the dashboard cannot stand on ${where}: ${messageOf(error)}`,
    hint: "look at its flags, or say --no-dashboard",
  };
}
