// Runs and killed accounts, asked for anew whenever a bot has come, gone or died.
import { useEffect, useRef } from "react";
import type { BotNow, Kills, Runs } from "../../contract/index.ts";
import { type Answer, useAnswer } from "../../feed/useAnswer.ts";

/** What is known of what bots leave. */
export interface Records {
  readonly runs: Answer<Runs>;
  readonly kills: Answer<Kills>;
}

/** @param bots - those of this machine; `undefined`: not known yet */
export function useRecords(bots: readonly BotNow[] | undefined): Records {
  const runs = useAnswer<Runs>("runs", 30_000);
  const kills = useAnswer<Kills>("kills", 5_000);
  const [lookAtRuns, lookAtKills] = [runs.again, kills.again];
  const inHand = bots?.map(({ id, run, alive }) => `${id} ${run ?? ""} ${alive}`).join();
  const known = useRef(inHand);
  useEffect(() => {
    if (known.current !== undefined && known.current !== inHand) {
      lookAtRuns();
      lookAtKills();
    }
    known.current = inHand;
  }, [inHand, lookAtRuns, lookAtKills]);
  return { runs, kills };
}
