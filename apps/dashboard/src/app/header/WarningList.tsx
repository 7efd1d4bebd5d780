// What a person should look at: how much of it always, what it is on demand.
import { useFrame } from "../../feed/session.tsx";
import { fill } from "../../panes/common/setting.tsx";
import { useReasons } from "../../panes/reasons/useReasons.ts";
import { useWords } from "../../words/language.tsx";
import { useStanding } from "../useStanding.tsx";
import { warningLines } from "./warningLines.ts";

/** A number that opens; that there are none is said while it is known. */
export function WarningList() {
  const words = useWords();
  const tell = useReasons();
  const warnings = useFrame(warningLines);
  const isOld = useStanding() !== "well";
  if (warnings === undefined) return null;
  if (warnings.length === 0) return isOld ? null : <span className="warnings good">✓ {words["warnings.none"]}</span>;
  const isGrave = warnings.some(({ level }) => level === "alert");
  return (
    <details className="warnings">
      <summary className={isGrave ? "bad" : "warn"}>
        {isGrave ? "!" : "▲"} {fill(words["warnings.count"], { count: warnings.length })}
      </summary>
      <ul>
        {warnings.map(({ topic, level, say, since }) => (
          <li key={`${topic} ${say}`} className={level === "alert" ? "bad" : "warn"}>
            {level === "alert" ? "! " : "▲ "}
            {tell(say)}
            {since === undefined ? null : <small> {fill(words.since, { time: since })}</small>}
          </li>
        ))}
      </ul>
    </details>
  );
}
