// Instead of what was asked for: it is on its way, or why it was refused.
import type { DoorRefusal } from "../feed/api.ts";
import { useReasons } from "../panes/reasons/useReasons.ts";
import { useWords } from "../words/language.tsx";

/** A refusal, and what to do about it. */
export function Refusal({ refusal, onAgain }: { readonly refusal: DoorRefusal; readonly onAgain?: () => void }) {
  const words = useWords();
  const tell = useReasons();
  const { status, message, hint } = refusal;
  return (
    <div className="told bad" role="alert">
      <p>
        <span aria-hidden="true">✕ </span>
        {status === 0 ? words["door.silent"] : tell(message)}
      </p>
      {hint === undefined ? null : <p className="quiet">{tell(hint)}</p>}
      {onAgain === undefined ? null : (
        <button type="button" onClick={onAgain}>
          {words.again}
        </button>
      )}
    </div>
  );
}

/** It is on its way. */
export function Waiting() {
  const words = useWords();
  return (
    <p className="told quiet" role="status">
      {words.waiting}
    </p>
  );
}
