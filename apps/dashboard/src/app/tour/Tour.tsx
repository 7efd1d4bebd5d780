// Three steps for who is here for the first time; it stands aside, is remembered, and comes back from the help.
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
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

/** At the foot of the page, in nobody's way. */
export function Tour() {
  const words = useWords();
  const { step, to } = useTour();
  const { bot, hello } = useSession();
  const mayAct = useMayAct();
  const place = useFrame(({ run }) => run.place);
  const of = bot === undefined || bot === hello.self ? {} : { bot };
  const watch = () => {
    go({ page: "bot", ...of });
    scrollTo(0, 0); // the hedge stands at the top
  };
  const name = step === undefined ? undefined : steps[step];
  // with real money nobody is led to break something
  if (step === undefined || name === undefined || place === undefined || place === "live" || !mayAct) return null;
  return (
    <aside className="tour" aria-label={words["tour.name"]}>
      <div>
        <h2>
          <small>{fill(words["tour.step"], { step: step + 1 })}</small>
          {words[`tour.${name}`]}
        </h2>
        {name === "params" ? <p>{words["tour.params.say"]}</p> : null}
        {name === "fault" ? <FaultStep onBroken={watch} /> : null}
        {name === "report" ? <ReportStep /> : null}
      </div>
      <div className="buttons">
        {name === "params" ? (
          <button type="button" onClick={() => go({ page: "params", ...of })}>
            {words["tour.params.go"]}
          </button>
        ) : null}
        <button type="button" className="watch" onClick={watch}>
          {words["tour.watch"]}
        </button>
        {step === 0 ? null : (
          <button type="button" onClick={() => to(step - 1)}>
            {words["tour.back"]}
          </button>
        )}
        <button type="button" className="main" onClick={() => to(step + 1 < steps.length ? step + 1 : undefined)}>
          {step + 1 < steps.length ? words["tour.next"] : words["tour.end"]}
        </button>
        {step + 1 < steps.length ? (
          <button type="button" onClick={() => to(undefined)}>
            {words["tour.away"]}
          </button>
        ) : null}
      </div>
    </aside>
  );
}
