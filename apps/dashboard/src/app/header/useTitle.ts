// The title of the tab: what it is and how it does, for who looks at another tab.
import { useEffect } from "react";
import { useFrame, useKnown } from "../../feed/session.tsx";
import { money } from "../../panes/format.ts";
import { useWords } from "../../words/language.tsx";

/** Written every few seconds. */
export function useTitle(): void {
  const words = useWords();
  const link = useKnown(({ link }) => link.state, 1_000);
  const title = useFrame(({ run, money: { net, quote } }) => {
    const state = run.state === "running" ? "" : `${words[`state.${run.state}`]} `;
    return `${state}${money(net, true)} ${quote} · ${run.name} · ${words[`place.${run.place}`]}`;
  }, 2_000);
  useEffect(() => {
    const lost = link === "up" || link === "opening" ? "" : "⚠ ";
    document.title = title === undefined ? words["title.none"] : `${lost}${title}`;
  }, [title, link, words]);
}
