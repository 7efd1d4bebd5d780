// The title of the tab: what it is and how it does, for who looks at another tab.
import { useEffect } from "react";
import { useFrame } from "../../feed/session.tsx";
import { money } from "../../panes/format.ts";
import { useWords } from "../../words/language.tsx";
import { useStanding } from "../useStanding.ts";

/** Written every few seconds. */
export function useTitle(): void {
  const words = useWords();
  const isLost = useStanding() !== "well";
  const title = useFrame(({ run, money: { net, quote } }) => {
    const state = run.state === "running" ? "" : `${words[`state.${run.state}`]} `;
    return `${state}${money(net, true)} ${quote} · ${run.name} · ${words[`place.${run.place}`]}`;
  }, 2_000);
  useEffect(() => {
    document.title = title === undefined ? words["title.none"] : `${isLost ? "⚠ " : ""}${title}`;
  }, [title, isLost, words]);
}
