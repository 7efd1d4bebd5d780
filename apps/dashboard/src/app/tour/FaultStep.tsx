// The second step of the tour: something goes wrong, and the hedge stays bounded.
import { useFrame } from "../../feed/session.tsx";
import { useFaults } from "../../pages/useFaults.ts";
import { fill } from "../../panes/common/setting.tsx";
import { useWords } from "../../words/language.tsx";
import { go } from "../useRoute.ts";
import { fittingFault } from "./fitting.ts";

/** @param onBroken - it goes wrong now: show what becomes of it */
export function FaultStep({ onBroken }: { readonly onBroken: () => void }) {
  const words = useWords();
  const hasPairs = useFrame(({ pairs }) => pairs.length > 0) === true;
  const now = useFrame(({ at }) => Math.floor(at / 1_000) * 1_000, 500) ?? 0;
  const { value, refusal, inject } = useFaults();
  const fault = fittingFault(value?.presets ?? [], hasPairs);
  const until = value?.active.find(({ id, venue }) => id === fault?.id && venue === fault.venue)?.until;
  if (refusal?.status === 404) return <p>{words["tour.fault.none"]}</p>;
  return (
    <>
      <p>{hasPairs ? words["tour.fault.hedge"] : words["tour.fault.other"]}</p>
      <button
        type="button"
        disabled={fault === undefined || until !== undefined}
        onClick={() => {
          if (fault === undefined) return;
          inject(fault);
          onBroken();
        }}
      >
        {until === undefined || until < now
          ? words["tour.fault.go"]
          : fill(words["faults.left"], { seconds: Math.ceil((until - now) / 1_000) })}
      </button>
      {hasPairs ? null : (
        <button type="button" onClick={() => go({ page: "start" })}>
          {words["tour.fault.start"]}
        </button>
      )}
    </>
  );
}
