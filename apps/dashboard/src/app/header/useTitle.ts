// The title of the tab: what it is, and how it does while that is known.
import { useEffect } from "react";
import { useFrame } from "../../feed/session.tsx";
import { useSeen } from "../../feed/useSeen.ts";
import { money } from "../../panes/format.ts";
import { useWords } from "../../words/language.tsx";
import { useStanding } from "../useStanding.tsx";

/** Written every few seconds. A tab that is hidden is told nothing, so its title has the name alone: no result that grows old. */
export function useTitle(): void {
  const words = useWords();
  const isLost = useStanding() !== "well";
  const isSeen = useSeen();
  const title = useFrame(({ run, money: { net, quote } }) => {
    const name = `${run.name} · ${words[`place.${run.place}`]}`;
    if (!isSeen) return name;
    const state = run.state === "running" ? "" : `${words[`state.${run.state}`]} `;
    return `${state}${money(net, true)} ${quote} · ${name}`;
  }, 2_000);
  useEffect(() => {
    document.title = title === undefined ? words["title.none"] : `${isLost ? "⚠ " : ""}${title}`;
  }, [title, isLost, words]);
}
