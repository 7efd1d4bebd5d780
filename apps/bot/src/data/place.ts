// Where public markets are read: a venue, or a sandbox of ours. No key is needed, and none is read.
import { exchangeOf, type VenueId } from "@bp/core";
import { conflict, wordOf } from "../config/complaint.ts";
import { addressOf } from "../config/hosts.ts";
import type { Door } from "../stage/door.ts";
import { proxiesFrom } from "../stage/proxy.ts";
import { wordsOf } from "./values.ts";

/** A way to a venue's public markets. */
export interface Place {
  readonly door: Door;
  /** For a person. */
  readonly about: string;
  /** What he should know of its market. */
  readonly warnings: readonly string[];
  close(): Promise<void>;
}

/**
 * Opens it: the venue's own addresses, those of `--rest` and `--ws`, or with `--sandbox` an exchange in this process.
 *
 * @param streams - whether the WebSocket is needed too
 * @throws BpError `config/*` for addresses that cannot be or do not go together
 */
export async function openPlace(flags: Readonly<Record<string, unknown>>, streams: boolean): Promise<Place> {
  const id = wordOf(flags["venue"]);
  const { rest, ws } = flags;
  if (streams && (rest === undefined) !== (ws === undefined))
    throw conflict(
      `${rest === undefined ? "--ws" : "--rest"} without ${rest === undefined ? "--rest" : "--ws"}`,
      "books are read from both: give both addresses, or none",
    );
  if (flags["sandbox"] === true && rest === undefined && ws === undefined) return openSandbox(id, flags);
  const allowed = wordsOf(flags["allowHost"]);
  const address = (name: string, kind: "rest" | "ws", url: unknown) =>
    typeof url === "string" ? addressOf({ name, venue: id, kind, url }, "paper", allowed) : undefined;
  const door: Door = { id, rest: address("--rest", "rest", rest), ws: address("--ws", "ws", ws) };
  const proxy = proxiesFrom(process.env, { rest: door.rest, ws: door.ws }, exchangeOf(id));
  return { door: { ...door, proxy }, about: door.rest ?? titles[id] ?? id, warnings: [], close: async () => {} };
}

const titles: Readonly<Record<VenueId, string>> = {
  backpack: "Backpack",
  "aster-futures": "Aster's futures",
  "aster-spot": "Aster's spot market",
};

async function openSandbox(id: VenueId, { seed, speed, market }: Readonly<Record<string, unknown>>): Promise<Place> {
  const { startSandbox } = await import("@bp/sandbox");
  const { fromHere } = await import("../paths.ts");
  const sandbox = await startSandbox({
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(speed === undefined ? {} : { speed: Number(speed) }),
    ...(typeof market === "string" ? { market: fromHere(market) } : {}),
    aster: id !== "backpack",
  });
  if (sandbox.problem !== undefined) {
    await sandbox.close();
    throw sandbox.problem;
  }
  const { aster } = sandbox;
  const site = id === "backpack" ? sandbox : id === "aster-spot" ? aster?.spot : aster?.futures;
  return {
    door: { id, rest: site?.rest, ws: site?.ws, proxy: {} },
    about: `a sandbox exchange at ${site?.rest ?? ""} (this process)`,
    warnings: sandbox.warnings,
    close: () => sandbox.close(),
  };
}
