// What became of what a person did: said once, also to a screen reader, and gone by itself where it is good news.
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { DoorRefusal, refusalOf } from "../feed/api.ts";
import { useReasons } from "../panes/reasons/useReasons.ts";
import { useWords } from "../words/language.tsx";

/** A line about it. */
export interface Notice {
  readonly tone: "good" | "bad";
  readonly say: string;
  readonly hint?: string | undefined;
}

interface Kept extends Notice {
  readonly id: number;
}

interface Teller {
  readonly tell: (notice: Notice) => void;
  readonly refuse: (error: unknown) => void;
}

const TellContext = createContext<Teller>({ tell: () => undefined, refuse: () => undefined });
const goodMs = 7_000;
let last = 0;

/** Shows what is told within. */
export function NoticeProvider({ children }: { readonly children: ReactNode }) {
  const words = useWords();
  const inWords = useReasons();
  const [kept, keep] = useState<readonly Kept[]>([]);
  const drop = useCallback((id: number) => keep((all) => all.filter((one) => one.id !== id)), []);
  const tell = useCallback(
    (notice: Notice) => {
      last += 1;
      const one = { ...notice, id: last };
      keep((all) => [...all.filter(({ say }) => say !== notice.say), one].slice(-4));
      if (notice.tone === "good") setTimeout(drop, goodMs, one.id);
    },
    [drop],
  );
  const teller = useMemo<Teller>(
    () => ({
      tell,
      refuse: (error) => {
        const { message, hint, status } = refusalOf(error);
        tell({ tone: "bad", say: status === 0 && error instanceof DoorRefusal ? words["door.silent"] : message, hint });
      },
    }),
    [tell, words],
  );
  return (
    <TellContext value={teller}>
      {children}
      <div className="notices" role="log" aria-live="polite" aria-label={words.notices}>
        {kept.map(({ id, tone, say, hint }) => (
          <div key={id} className={`notice ${tone}`}>
            <span aria-hidden="true">{tone === "good" ? "✓" : "✕"}</span>
            <p>
              {inWords(say)}
              {hint === undefined ? null : <small>{inWords(hint)}</small>}
            </p>
            <button type="button" className="plain" aria-label={words.dismiss} onClick={() => drop(id)}>
              ×
            </button>
          </div>
        ))}
      </div>
    </TellContext>
  );
}

/** How to tell it. */
export function useNotices(): Teller {
  return useContext(TellContext);
}
