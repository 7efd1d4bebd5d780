// Why it trades, or why it does not: every wish with the rule that binds it, and what each strategy waits for.

import { stateMs, useFrame } from "../feed/session.tsx";
import { Health, Hedge, System, Why } from "../panes/index.ts";
import { Live } from "../parts/Live.tsx";
import { Waiting } from "../parts/Told.tsx";

/** With what the answer rests on beside it. */
export function WhyPage() {
  const hasFrame = useFrame(() => true) === true;
  const hasPairs = useFrame(({ pairs }) => pairs.length > 0) === true;
  if (!hasFrame) return <Waiting />;
  return (
    <div className="halves">
      <Live area="why">{(frame) => <Why frame={frame} />}</Live>
      <div className="column">
        <Live area="system">{(frame) => <System frame={frame} />}</Live>
        {hasPairs ? (
          <Live area="hedge" everyMs={stateMs}>
            {(frame) => <Hedge frame={frame} />}
          </Live>
        ) : null}
        <Live area="health">{(frame) => <Health frame={frame} />}</Live>
      </div>
    </div>
  );
}
