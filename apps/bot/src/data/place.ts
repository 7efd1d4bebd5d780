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
  /** Whether its market is there for this process alone, and gone with it. */
  readonly isOwn: boolean;
  close(): Promise<void>;
}

/**
 * Opens it: the venue's own addresses, those of `--rest` and `--ws`, or with `--sandbox` an exchange in this process.
 *
 * @param streams - whether the WebSocket is needed too
 * @param historyMs - what has been is asked for, back to so long ago: the market of `--sandbox` begins then, at most an hour ago
 * @throws BpError `config/*` for addresses that cannot be or do not go together
 */
export async function openPlace(
  flags: Readonly<Record<string, unknown>>,
  streams: boolean,
  historyMs?: number,
): Promise<Place> {
  const id = wordOf(flags["venue"]);
  const { rest, ws } = flags;
  if (streams && (rest === undefined) !== (ws === undefined))
    throw conflict(
      `${rest === undefined ? "--ws" : "--rest"} without ${rest === undefined ? "--rest" : "--ws"}`,
      "books are read from both: give both addresses, or none",
    );
  if (flags["sandbox"] === true && rest === undefined && ws === undefined) return openSandbox(id, flags, historyMs);
  const allowed = wordsOf(flags["allowHost"]);
  const address = (name: string, kind: "rest" | "ws", url: unknown) =>
    typeof url === "string" ? addressOf({ name, venue: id, kind, url }, "paper", allowed) : undefined;
  const door: Door = { id, rest: address("--rest", "rest", rest), ws: address("--ws", "ws", ws) };
  const proxy = proxiesFrom(process.env, { rest: door.rest, ws: door.ws }, exchangeOf(id));
  return {
    door: { ...door, proxy },
    about: door.rest ?? titles[id] ?? id,
    warnings: [],
    isOwn: false,
    close: async () => {},
  };
}

const titles: Readonly<Record<VenueId, string>> = {
  backpack: "Backpack",
  "aster-futures": "Aster's futures",
  "aster-spot": "Aster's spot market",
};

/** An hour takes some seconds to make, and twenty where Aster is served too. */
const mostHistoryMs = 3_600_000;
/** So much earlier, so that the first candle that is asked for is whole. */
const leadMs = 60_000;

async function openSandbox(
  id: VenueId,
  { seed, speed, market }: Readonly<Record<string, unknown>>,
  historyMs: number | undefined,
): Promise<Place> {
  const { startSandbox } = await import("@bp/sandbox");
  const { fromHere } = await import("../paths.ts");
  const sandbox = await startSandbox({
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(speed === undefined ? {} : { speed: Number(speed) }),
    ...(typeof market === "string" ? { market: fromHere(market) } : {}),
    ...(historyMs === undefined ? {} : { warmupMs: Math.min(historyMs, mostHistoryMs) + leadMs }),
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
    warnings: [
      ...sandbox.warnings,
      ...(historyMs !== undefined && historyMs > mostHistoryMs
        ? [
            "a sandbox's market begins an hour before it is opened: nothing of before is there, and a candle that began before is not whole",
          ]
        : []),
    ],
    isOwn: true,
    close: () => sandbox.close(),
  };
}
