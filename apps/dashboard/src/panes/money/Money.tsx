// What it has earned, where that came from, and how honestly that can be told.
import type { Frame } from "../../contract/index.ts";
import { Help } from "../common/Help.tsx";
import { PaneBox } from "../common/PaneBox.tsx";
import { Stat, Stats } from "../common/Stat.tsx";
import { usePaneWords } from "../common/setting.tsx";
import { useSlice } from "../common/useSlice.ts";
import { signOf } from "../decimal.ts";
import { figure, money, number, percent, tone } from "../format.ts";
import { Markouts } from "./Markouts.tsx";
import { Sources } from "./Sources.tsx";

/** The money of one bot. */
export function Money({ frame }: { readonly frame: Frame }) {
  const words = usePaneWords();
  const now = useSlice(frame.money);
  const { quote, net, orders } = now;
  const fell = signOf(now.drawdown) === 1 ? "bad" : "";
  return (
    <PaneBox name="money" title={words.money}>
      <p className="pane-net">
        <span>
          {words["money.net"]}
          <Help about={words["money.net"]} text={words["money.net.say"]} />
        </span>
        <output className={tone(net)} aria-live="off">
          {money(net, true)} <small>{quote}</small>
        </output>
      </p>
      <Sources money={now} />
      <Stats>
        <Stat
          label={words["money.realized"]}
          value={money(now.realized, true)}
          tone={tone(now.realized)}
          help={words["money.realized.say"]}
        />
        <Stat
          label={words["money.unrealized"]}
          value={money(now.unrealized, true)}
          tone={tone(now.unrealized)}
          help={words["money.unrealized.say"]}
        />
        <Stat
          label={words["money.volume"]}
          value={number(now.volume, { places: 0 })}
          unit={quote}
          help={words["money.volume.say"]}
        />
        <Stat
          label={words["money.cost"]}
          value={number(now.costPer10k, { places: 2, signed: true })}
          unit={quote}
          help={words["money.cost.say"]}
        />
        <Stat
          label={words["money.drawdown"]}
          value={money(now.drawdown)}
          tone={fell}
          unit={quote}
          help={words["money.drawdown.say"]}
        />
        <Stat
          label={words["money.maxDrawdown"]}
          value={money(now.maxDrawdown)}
          unit={quote}
          help={words["money.maxDrawdown.say"]}
        />
        <Stat label={words["money.fills"]} value={figure(now.fills, 0)} help={words["money.fills.say"]} />
        <Stat label={words["money.maker"]} value={percent(now.makerShare)} help={words["money.maker.say"]} />
        <Stat label={words["money.quoted"]} value={percent(now.quotedBoth)} help={words["money.quoted.say"]} />
      </Stats>
      <h3>{words["money.orders"]}</h3>
      <Stats>
        <Stat label={words["money.placed"]} value={figure(orders.placed, 0)} />
        <Stat label={words["money.cancelled"]} value={figure(orders.cancelled, 0)} />
        <Stat
          label={words["money.rejected"]}
          value={figure(orders.rejected, 0)}
          tone={orders.rejected > 0 ? "warn" : ""}
        />
        <Stat label={words["money.unknown"]} value={figure(orders.unknown, 0)} tone={orders.unknown > 0 ? "bad" : ""} />
      </Stats>
      <Markouts markouts={now.markouts} />
    </PaneBox>
  );
}
