// The faults of a sandbox: which there are, which are at work, and how they are made and mended.
import { useCallback } from "react";
import { useNotices } from "../app/notices.tsx";
import type { Done, FaultAsk, FaultsNow } from "../contract/index.ts";
import { useSession } from "../feed/session.tsx";
import { type Answer, useAnswer } from "../feed/useAnswer.ts";
import { fill } from "../panes/common/setting.tsx";
import { useWords } from "../words/language.tsx";
import { faultText } from "./faultText.ts";

/** What can be done with them. */
export interface Faults extends Answer<FaultsNow> {
  readonly inject: (ask: FaultAsk) => void;
  readonly mend: () => void;
}

/** Looked at again every second. */
export function useFaults(): Faults {
  const words = useWords();
  const { api, bot } = useSession();
  const { tell, refuse } = useNotices();
  const path = `bots/${encodeURIComponent(bot ?? "")}/faults`;
  const answer = useAnswer<FaultsNow>(bot === undefined ? undefined : path, 1_000);
  const { again } = answer;
  const inject = useCallback(
    ({ id, venue }: FaultAsk) => {
      const fault = `${faultText(id, words).name}${venue === undefined ? "" : ` (${venue})`}`;
      api
        .ask<Done>(path, { method: "POST", body: venue === undefined ? { id } : { id, venue } })
        .then(() => tell({ tone: "good", say: fill(words["faults.done"], { fault }) }))
        .catch(refuse)
        .finally(again);
    },
    [api, path, tell, refuse, again, words],
  );
  const mend = useCallback(() => {
    api
      .ask<Done>(path, { method: "DELETE" })
      .then(() => tell({ tone: "good", say: words["faults.mended"] }))
      .catch(refuse)
      .finally(again);
  }, [api, path, tell, refuse, again, words]);
  return { ...answer, inject, mend };
}
