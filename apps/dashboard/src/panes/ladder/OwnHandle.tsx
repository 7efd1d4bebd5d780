// An own order of the picture, for hands and keys: a button that has no look of its own, where the order is drawn.
import { memo } from "react";
import { usePaneWords } from "../common/setting.tsx";
import { chipTold } from "./chip.ts";
import type { Placed } from "./drawLine.ts";
import type { OwnChipProps } from "./OwnChip.tsx";

/** Opens the decision behind the order, and says all of it where it is pointed at, or listened to. */
export const OwnHandle = memo(function OwnHandle({ own, box, base, tickSize, onDecision }: OwnChipProps & Placed) {
  const words = usePaneWords();
  const { side, state, clientId, slot } = own.order;
  const { left, top, width, height } = box;
  return (
    <button
      type="button"
      data-slot={slot}
      className={`pane-own is-drawn ${side} ${state}`}
      style={{ left, top, width, height }}
      title={chipTold(own, base, tickSize, words)}
      onClick={() => onDecision?.(`order:${clientId}`)}
    />
  );
});
