// Three steps for who is here for the first time; it stands aside, is remembered, and comes back from the help.
import { createContext, type ReactNode, useContext, useId, useMemo, useState } from "react";
import { useFrame, useMayAct, useSession } from "../../feed/session.tsx";
import { fill } from "../../panes/common/setting.tsx";
import { useWords } from "../../words/language.tsx";
import { go } from "../useRoute.ts";
import { FaultStep } from "./FaultStep.tsx";
import { ReportStep } from "./ReportStep.tsx";

const steps = ["params", "fault", "report"] as const;

interface Touring {
  /** Index of the step; `undefined`: it is put away. */
  readonly step: number | undefined;
  readonly to: (step: number | undefined) => void;
  readonly show: () => void;
}

const TourContext = createContext<Touring>({ step: undefined, to: () => undefined, show: () => undefined });

/** Offers the tour at the first visit of a sandbox, and whenever it is asked for. */
export function TourProvider({ children }: { readonly children: ReactNode }) {
  const [step, setStep] = useState<number | undefined>(() => {
    const kept = localStorage.getItem("tour");
    return kept === "away" ? undefined : Math.max(0, (steps as readonly (string | null)[]).indexOf(kept));
  });
  const touring = useMemo<Touring>(() => {
    const to = (next: number | undefined) => {
      localStorage.setItem("tour", next === undefined ? "away" : (steps[next] ?? "away"));
      setStep(next);
    };
    return { step, to, show: () => to(0) };
  }, [step]);
  return <TourContext value={touring}>{children}</TourContext>;
}

/** Where it is, and how it is shown. */
export function useTour(): Touring {
  return useContext(TourContext);
}

/** At the foot of the page, in nobody's way: on a phone a line that says what to do, and more on demand. */
export function Tour() {
  const words = useWords();
  const id = useId();
  const { step, to } = useTour();
  const [isOpen, setOpen] = useState(false);
  const { bot, hello } = useSession();
  const mayAct = useMayAct();
  const place = useFrame(({ run }) => run.place);
  const lead = (page: "bot" | "params") => {
    setOpen(false); // what it leads to is seen
    go({ page, ...(bot === undefined || bot === hello.self ? {} : { bot }) });
  };
  const watch = () => {
    lead("bot");
    scrollTo(0, 0); // the hedge stands at the top
  };
  const turn = (next: number | undefined) => {
    setOpen(false);
    to(next);
  };
  const name = step === undefined ? undefined : steps[step];
  // with real money nobody is led to break something
  if (step === undefined || name === undefined || place === undefined || place === "live" || !mayAct) return null;
  const isLast = step + 1 === steps.length;
  return (
    <aside className={`tour ${isOpen ? "is-open" : ""}`} aria-label={words["tour.name"]}>
      <div className="tour-say">
        <h2>
          <small>{fill(words["tour.step"], { step: step + 1 })}</small>
          {words[`tour.${name}`]}
        </h2>
        <button
          type="button"
          className="more"
          aria-label={words["tour.more"]}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          <span aria-hidden="true">▴</span>
        </button>
        <div id={id} className="tour-how">
          {name === "params" ? <p>{words["tour.params.say"]}</p> : null}
          {name === "fault" ? <FaultStep onBroken={watch} /> : null}
          {name === "report" ? <ReportStep /> : null}
        </div>
      </div>
      <div className="buttons">
        {name === "params" ? (
          <button type="button" className="how" onClick={() => lead("params")}>
            {words["tour.params.go"]}
          </button>
        ) : null}
        <button type="button" className="watch" onClick={watch}>
          {words["tour.watch"]}
        </button>
        {step === 0 ? null : (
          <button type="button" className="how" onClick={() => turn(step - 1)}>
            {words["tour.back"]}
          </button>
        )}
        <button type="button" className="main" onClick={() => turn(isLast ? undefined : step + 1)}>
          {isLast ? words["tour.end"] : words["tour.next"]}
        </button>
        {isLast ? null : (
          <button type="button" className="away" aria-label={words["tour.away"]} onClick={() => turn(undefined)}>
            <span>{words["tour.away"]}</span>
          </button>
        )}
      </div>
    </aside>
  );
}
