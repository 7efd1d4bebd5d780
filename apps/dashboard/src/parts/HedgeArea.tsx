// The hedges of a bot, on each page that has room for them.
import { stateMs, useFrame } from "../feed/session.tsx";
import { Hedge } from "../panes/index.ts";
import { Live } from "./Live.tsx";

/** Nothing where the bot hedges nothing; a debt is seen as soon as a state is. */
export function HedgeArea() {
  const hasPairs = useFrame(({ pairs }) => pairs.length > 0) === true;
  return hasPairs ? (
    <Live area="hedge" everyMs={stateMs}>
      {(frame) => <Hedge frame={frame} />}
    </Live>
  ) : null;
}
