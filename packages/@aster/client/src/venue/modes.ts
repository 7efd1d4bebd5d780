// The account's modes, which somebody may change at the venue's page while we trade: what we assumed is then wrong.
import { BpError } from "@bp/core";
import type { Call } from "../rest/endpoint.ts";
import { multiAssetsMargin } from "../rest/futures/account/multiAssetsMargin.ts";
import { positionMode } from "../rest/futures/account/positionMode.ts";
import type { PositionMode } from "./encode.ts";

/** How the account is set. */
export interface Modes {
  readonly positions: PositionMode;
  readonly multiAssets: boolean;
}

/** Asks the venue. */
export async function readModes(call: Call, signal: AbortSignal): Promise<Modes> {
  const [{ dualSidePosition }, margin] = await Promise.all([
    call(positionMode, undefined, { signal }),
    call(multiAssetsMargin, undefined, { signal }),
  ]);
  return { positions: modeOf(dualSidePosition), multiAssets: margin.multiAssetsMargin };
}

/** The word for a flag of the venue. */
export function modeOf(dual: boolean): PositionMode {
  return dual ? "hedge" : "one-way";
}

/** The failure for an account that is not in the mode that was asked for. It is never switched here. */
export function wrongMode(venue: string, found: PositionMode, wanted: PositionMode): BpError {
  return new BpError("config/conflict", {
    what: `the account of ${venue} keeps positions in ${found} mode, and ${wanted} mode is expected`,
    hint: `change it at the venue, where no order and no position may be open, or set positionMode: "${found}"`,
  });
}
