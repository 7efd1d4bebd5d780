// Where a download goes: one file a market, which tells readers the market, and what a sandbox made up apart from all histories.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Instrument, symbolOf } from "@bp/core";
import { conflict } from "../config/complaint.ts";
import type { HistoryAsk } from "./pages.ts";
import type { Place } from "./place.ts";

/**
 * `backpack-SOL_USDC_PERP-1m.klines.csv.gz`; of a sandbox in this process `sandbox-` stands before it. Nothing is made or opened.
 *
 * @throws BpError `config/conflict` where rows of an earlier sandbox are: each one is a market of its own, with no sequel
 */
export function targetOf(
  folder: string,
  { door: { id: venue }, isOwn }: Pick<Place, "door" | "isOwn">,
  { id, kind: type }: Pick<Instrument, "id" | "kind">,
  { kind, interval }: Pick<HistoryAsk, "kind" | "interval">,
): string {
  const spot = type === "spot" && !venue.endsWith("-spot") ? "-spot" : "";
  const length = kind === "klines" ? `-${interval}` : "";
  const name = `${venue}${spot}-${symbolOf(id).replaceAll(/[/\\]/g, "_")}${length}.${kind}.csv`;
  if (!isOwn) return join(folder, `${name}.gz`);
  const file = join(folder, `sandbox-${name}`);
  const there = [`${file}.gz`, `${file}.part`].find((each) => existsSync(each));
  if (there !== undefined)
    throw conflict(
      `${there} is of another sandbox`,
      "each one in this process is a market of its own: name another folder with --out",
    );
  return `${file}.gz`;
}

/** What can be done with rows that are kept. */
export const sequelOf = ({ isOwn }: Pick<Place, "isOwn">): string =>
  isOwn
    ? "this sandbox ends here: the next one has another market, and wants another --out"
    : "the same command goes on after them";
