// What happens, as it happens, and the journal with everything that ever did.
import { useState } from "react";
import { useWords } from "../../words/language.tsx";
import { Journal } from "./Journal.tsx";
import { LiveLog } from "./LiveLog.tsx";

/** Two views of it. */
export function Log() {
  const words = useWords();
  const [view, show] = useState<"live" | "journal">("live");
  return (
    <div className="stack">
      <fieldset className="tabs" aria-label={words["page.log"]}>
        <button type="button" aria-pressed={view === "live"} onClick={() => show("live")}>
          {words["log.live"]}
        </button>
        <button type="button" aria-pressed={view === "journal"} onClick={() => show("journal")}>
          {words["log.journal"]}
        </button>
      </fieldset>
      {view === "live" ? <LiveLog /> : <Journal />}
    </div>
  );
}
