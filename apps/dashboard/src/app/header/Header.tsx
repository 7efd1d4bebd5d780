// Which bot this is, whether it lives, what it has earned, and what can be done about it; the same on every page.

import { useSession } from "../../feed/session.tsx";
import { useWords } from "../../words/language.tsx";
import { ActButtons } from "../acts/ActButtons.tsx";
import { Identity } from "./Identity.tsx";
import { Net } from "./Net.tsx";
import { useTitle } from "./useTitle.ts";
import { WarningList } from "./WarningList.tsx";

/** One line where there is room. */
export function Header() {
  const words = useWords();
  const { bot } = useSession();
  useTitle();
  return (
    <header className="head">
      {bot === undefined ? (
        <h1>{words["overview.title"]}</h1>
      ) : (
        <>
          <Identity />
          <Net />
          <WarningList />
          <ActButtons />
        </>
      )}
    </header>
  );
}
