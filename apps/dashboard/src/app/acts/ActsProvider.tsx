// Does what a person asks of the run: at once, or after a question that fits its gravity.
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import type { Done } from "../../contract/index.ts";
import { useMayAct, useSession } from "../../feed/session.tsx";
import { fill } from "../../panes/common/setting.tsx";
import { useWords } from "../../words/language.tsx";
import { useNotices } from "../notices.tsx";
import { type Act, fits, type GraveAct } from "./act.ts";
import { actSay } from "./actSay.ts";
import { Confirm } from "./Confirm.tsx";

/** Asks, or does it. */
export type Acts = (act: Act) => void;

const ActsContext = createContext<Acts>(() => undefined);

/** Everything within can act. */
export function ActsProvider({ children }: { readonly children: ReactNode }) {
  const words = useWords();
  const mayAct = useMayAct();
  const { api, bot, store } = useSession();
  const { tell, refuse } = useNotices();
  const [asked, ask] = useState<GraveAct>();
  const [isBusy, setBusy] = useState(false);

  const perform = useCallback(
    (act: Act) => {
      if (bot === undefined) return;
      setBusy(true);
      api
        .ask<Done>(`bots/${encodeURIComponent(bot)}/ask`, { method: "POST", body: { what: act } })
        .then(() =>
          tell({
            tone: "good",
            say: fill(words["act.done"], { act: words[`act.${act}`] }),
            hint: actSay(act, store.get().frame?.run.lasts, words),
          }),
        )
        .catch(refuse)
        .finally(() => {
          setBusy(false);
          ask(undefined);
        });
    },
    [api, bot, store, tell, refuse, words],
  );
  const acts = useMemo<Acts>(
    () => (act) => {
      if (!mayAct) {
        tell({ tone: "bad", say: words["act.viewer"] });
        return;
      }
      // The kill switch can be asked for even of a bot of which nothing is known.
      if (act !== "halt" && !fits(act, store.get().frame?.run.state)) return;
      if (act === "pause" || act === "resume") perform(act);
      else ask(act);
    },
    [mayAct, perform, store, tell, words],
  );
  return (
    <ActsContext value={acts}>
      {children}
      {asked === undefined ? null : (
        <Confirm act={asked} isBusy={isBusy} onDo={() => perform(asked)} onClose={() => ask(undefined)} />
      )}
    </ActsContext>
  );
}

/** How to act. */
export function useActs(): Acts {
  return useContext(ActsContext);
}
