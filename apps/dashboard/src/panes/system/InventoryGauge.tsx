// What a maker holds between its limits.
import { memo } from "react";
import type { SystemView } from "../../contract/index.ts";
import { usePaneWords } from "../common/setting.tsx";
import { gaugeOf } from "./lattice.ts";

/** A scale from the short limit to the long one; nothing where the system has no limits. */
export const InventoryGauge = memo(function InventoryGauge({ facts }: Pick<SystemView, "facts">) {
  const words = usePaneWords();
  const gauge = gaugeOf(facts);
  if (gauge === undefined) return null;
  const { held, line } = gauge;
  const place = (share: number) => `${((share + 1) * 50).toFixed(1)}%`;
  const tone = Math.abs(held) >= 1 ? "bad" : Math.abs(held) > line ? "warn" : held < 0 ? "sell" : "buy";
  return (
    <figure className="pane-gauge">
      <figcaption>{words["system.inventory"]}</figcaption>
      <div aria-hidden="true">
        <i style={{ insetInlineStart: place(-line) }} />
        <i style={{ insetInlineStart: place(line) }} />
        <i className="middle" style={{ insetInlineStart: "50%" }} />
        <b className={tone} style={{ insetInlineStart: place(held) }} />
      </div>
    </figure>
  );
});
