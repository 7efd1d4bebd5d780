// The question before an act: what will happen, in plain words, and how to say yes.
import { type FormEvent, useId, useState } from "react";
import { useFrame } from "../../feed/session.tsx";
import { fill } from "../../panes/common/setting.tsx";
import { HoldButton } from "../../parts/HoldButton.tsx";
import { Sheet } from "../../parts/Sheet.tsx";
import { useWords } from "../../words/language.tsx";
import { useStanding } from "../useStanding.tsx";
import { type GraveAct, gravity, typedWord } from "./act.ts";
import { actSay } from "./actSay.ts";

/** Which act. */
export interface ConfirmProps {
  readonly act: GraveAct;
  readonly isBusy: boolean;
  readonly onDo: () => void;
  readonly onClose: () => void;
}

/** Escape and “Leave it” do nothing at all. */
export function Confirm({ act, isBusy, onDo, onClose }: ConfirmProps) {
  const words = useWords();
  const id = useId();
  const isOld = useStanding() !== "well";
  const run = useFrame(({ run: { id, place, strategy, lasts } }) => ({ id, place, strategy, lasts }));
  const held = useFrame(({ markets }) =>
    markets.flatMap(({ symbol, base, position }) =>
      position === undefined || /^-?0*\.?0*$/.test(position.size) ? [] : [`${symbol} ${position.size} ${base}`],
    ),
  );
  const [typed, setTyped] = useState("");
  const word = typedWord[act] ?? "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim().toUpperCase() === word) onDo();
  };
  return (
    <Sheet title={words[`act.${act}.title`]} onClose={onClose}>
      <p>{actSay(act, run?.lasts, words)}</p>
      {run === undefined ? null : (
        <p className="quiet">
          {run.strategy} · {words[`place.${run.place}`]} · {run.id}
        </p>
      )}
      {held === undefined || held.length === 0 ? null : (
        <p className="quiet">{fill(words[isOld ? "act.held.last" : "act.held"], { held: held.join(", ") })}</p>
      )}
      {gravity[act] === "say" ? (
        <div className="buttons">
          <button type="button" data-first className="main" disabled={isBusy} onClick={onDo}>
            {words[`act.${act}`]}
          </button>
          <button type="button" onClick={onClose}>
            {words.leave}
          </button>
        </div>
      ) : (
        <>
          <div className="buttons">
            <HoldButton onDone={onDo} disabled={isBusy}>
              {fill(words["act.hold"], { act: words[`act.${act}`] })}
            </HoldButton>
            <button type="button" onClick={onClose}>
              {words.leave}
            </button>
          </div>
          <form className="typed" onSubmit={submit}>
            <label htmlFor={id}>{fill(words["act.type"], { word })}</label>
            <input
              id={id}
              value={typed}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck="false"
              onChange={({ target }) => setTyped(target.value)}
            />
          </form>
        </>
      )}
    </Sheet>
  );
}
