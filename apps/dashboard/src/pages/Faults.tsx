// Lets the sandbox go wrong, for a while, to see what the bot makes of it; what it makes of it stands beside.
import { useId } from "react";
import { openDecision } from "../app/useRoute.ts";
import { useFrame, useFrames, useMayAct } from "../feed/session.tsx";
import { fill } from "../panes/common/setting.tsx";
import { Health, Ladders, Why } from "../panes/index.ts";
import { HedgeArea } from "../parts/HedgeArea.tsx";
import { Live } from "../parts/Live.tsx";
import { Refusal, Waiting } from "../parts/Told.tsx";
import { useWords } from "../words/language.tsx";
import { faultText } from "./faultText.ts";
import { useFaults } from "./useFaults.ts";

/** Sandbox alone. */
export function Faults() {
  const hasFrame = useFrame(() => true) === true;
  const frames = useFrames();
  return (
    <div className="halves">
      <Presets />
      {hasFrame ? (
        <div className="column">
          <HedgeArea />
          <Live area="why">{(frame) => <Why frame={frame} />}</Live>
          <Live area="ladder">{(frame) => <Ladders frame={frame} frames={frames} onDecision={openDecision} />}</Live>
          <Live area="health">{(frame) => <Health frame={frame} />}</Live>
        </div>
      ) : null}
    </div>
  );
}

function Presets() {
  const words = useWords();
  const id = useId();
  const mayAct = useMayAct();
  const now = useFrame(({ at }) => Math.floor(at / 1_000) * 1_000, 500) ?? 0;
  const { value, refusal, inject, mend } = useFaults();
  const active = value?.active.filter(({ until }) => until > now) ?? [];
  const leftOf = (fault: string, venue: string | undefined) =>
    active.find((one) => one.id === fault && one.venue === venue)?.until;
  return (
    <section className="pane" aria-labelledby={id}>
      <header className="pane-head">
        <h2 id={id}>{words["faults.title"]}</h2>
        <button type="button" disabled={active.length === 0 || !mayAct} onClick={mend}>
          {words["faults.mend"]}
        </button>
      </header>
      <p className="quiet">{words["faults.say"]}</p>
      {value !== undefined ? null : refusal === undefined ? (
        <Waiting />
      ) : refusal.status === 404 ? (
        <p>{words["faults.none"]}</p>
      ) : (
        <Refusal refusal={refusal} />
      )}
      {value === undefined ? null : (
        <p role="status" className={active.length === 0 ? "good" : "warn"}>
          {active.length === 0
            ? `✓ ${words["faults.well"]}`
            : `▲ ${words["faults.active"]}: ${active.map((one) => faultText(one.id, words).name).join(", ")}`}
        </p>
      )}
      {mayAct ? null : <p className="quiet">{words["act.viewer"]}</p>}
      {[...new Set(value?.presets.map(({ venue }) => venue))].map((venue) => (
        <section key={venue ?? ""} className="stack">
          <h3>{venue}</h3>
          <ul className="faults">
            {value?.presets
              .filter((preset) => preset.venue === venue)
              .map((preset) => {
                const { name, say } = faultText(preset.id, words);
                const until = leftOf(preset.id, preset.venue);
                const label =
                  until === undefined
                    ? fill(words["faults.go"], { seconds: preset.seconds })
                    : fill(words["faults.left"], { seconds: Math.ceil((until - now) / 1_000) });
                return (
                  <li key={preset.id} className={until === undefined ? "" : "active"}>
                    <span>
                      <b>{name}</b>
                      <small>{say}</small>
                    </span>
                    <button
                      type="button"
                      disabled={!mayAct}
                      aria-label={`${name}, ${venue ?? ""}: ${label}`}
                      onClick={() => inject(venue === undefined ? { id: preset.id } : { id: preset.id, venue })}
                    >
                      {label}
                    </button>
                  </li>
                );
              })}
          </ul>
        </section>
      ))}
    </section>
  );
}
