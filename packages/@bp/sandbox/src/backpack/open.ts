// Backpack on loopback, over an exchange that runs.
import type { AccountSketch } from "@bp/sim";
import type { Running } from "../run.ts";
import { openSite, type Site, type SiteOptions } from "../site.ts";
import type { WithdrawalRules } from "./desks/funds.ts";
import { type BackpackHouse, createBackpackHouse } from "./house.ts";
import type { Limits } from "./limits.ts";
import { createRespond } from "./respond.ts";
import { startPrivateStreams } from "./streams/private.ts";
import { startPublicStreams } from "./streams/public.ts";
import { startRfqStreams } from "./streams/rfq.ts";
import { backpackFrame, backpackTalk } from "./streams/understand.ts";

/**
 * @param options - `cdn`: keep public answers as long as the venue's cache does
 * @throws BpError as `openSite`
 */
export async function openBackpack(
  running: Running,
  accounts: readonly AccountSketch[],
  options: SiteOptions & {
    readonly limits: Limits;
    readonly cdn: boolean;
    readonly withdrawals?: WithdrawalRules;
  },
): Promise<Site & { readonly house: BackpackHouse }> {
  const house = createBackpackHouse(running.house, accounts, options.withdrawals);
  const site = await openSite(running, options, backpackFrame, (hub) => {
    const stops = [startPublicStreams(house, hub), startPrivateStreams(house, hub)];
    startRfqStreams(house, hub);
    return {
      respond: createRespond(house, running.pace, options.limits, options.cdn),
      talk: (connection) => backpackTalk(house, hub, connection),
      stop: () => {
        for (const stop of stops) stop();
      },
    };
  });
  return { ...site, house };
}
