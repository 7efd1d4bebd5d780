// Why it trades, or why it does not: every wish with the rule that binds it, and what each strategy waits for.

import { useFrame } from "../feed/session.tsx";
import { Health, System, Why } from "../panes/index.ts";
import { HedgeArea } from "../parts/HedgeArea.tsx";
import { Live } from "../parts/Live.tsx";
import { Waiting } from "../parts/Told.tsx";

/** With what the answer rests on beside it. */
export function WhyPage() {
  const hasFrame = useFrame(() => true) === true;
  if (!hasFrame) return <Waiting />;
  return (
    <div className="halves">
      <Live area="why">{(frame) => <Why frame={frame} />}</Live>
      <div className="column">
        <Live area="system">{(frame) => <System frame={frame} />}</Live>
        <HedgeArea />
        <Live area="health">{(frame) => <Health frame={frame} />}</Live>
      </div>
    </div>
  );
}
