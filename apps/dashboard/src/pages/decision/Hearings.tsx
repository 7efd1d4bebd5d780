// Each wish before the rules: who passed it, who cut it, who refused it, and why.
import type { Decision } from "../../contract/index.ts";
import { useReasons } from "../../panes/reasons/useReasons.ts";
import { useWords } from "../../words/language.tsx";

/** Those that only passed are counted; the others are quoted. */
export function Hearings({ hearings }: Pick<Decision, "hearings">) {
  const words = useWords();
  const tell = useReasons();
  return (
    <ul className="lines">
      {hearings.map(({ slot, wish, outcome, said }) => {
        const objections = said.filter(({ answer, why }) => why !== undefined || !answer.startsWith("pass"));
        return (
          <li key={slot}>
            <b>{slot}</b> {wish} → {outcome}
            {objections.map(({ rule, answer, why }) => (
              <small key={`${rule} ${answer}`} className="block">
                <span className={answer.startsWith("pass") ? "quiet" : "warn"}>
                  {rule}: {answer}
                </span>{" "}
                {why === undefined ? null : tell(why)}
              </small>
            ))}
            {said.length > objections.length ? (
              <details>
                <summary>
                  {said.length - objections.length} {words["decision.passed"]}
                </summary>
                <p className="quiet">
                  {said
                    .filter((one) => !objections.includes(one))
                    .map(({ rule }) => rule)
                    .join(", ")}
                </p>
              </details>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
