// What is held in each market, over all venues.
import { memo } from "react";
import type { Frame, MarketNow } from "../../contract/index.ts";
import { Nothing, PaneBox } from "../common/PaneBox.tsx";
import { Stat, Stats } from "../common/Stat.tsx";
import { usePaneWords } from "../common/setting.tsx";
import { useSlice } from "../common/useSlice.ts";
import { signOf } from "../decimal.ts";
import { money, number, price, tone, unknown } from "../format.ts";

type Held = Pick<MarketNow, "id" | "kind" | "base" | "quote" | "tickSize" | "mark" | "position" | "external">;

/** A card for each market. */
export function Positions({ frame }: { readonly frame: Frame }) {
  const words = usePaneWords();
  const held = useSlice(
    frame.markets.map(({ id, kind, base, quote, tickSize, mark, position, external }): Held => {
      const known = { ...(mark === undefined ? {} : { mark }), ...(position === undefined ? {} : { position }) };
      return { id, kind, base, quote, tickSize, ...known, ...(external === undefined ? {} : { external }) };
    }),
  );
  return (
    <PaneBox name="positions" title={words.positions}>
      {held.length === 0 ? <Nothing>{words["positions.none"]}</Nothing> : null}
      {held.map((market) => (
        <Card key={market.id} market={market} />
      ))}
    </PaneBox>
  );
}

const Card = memo(function Card({ market }: { readonly market: Held }) {
  const words = usePaneWords();
  const { id, kind, base, quote, tickSize, mark, position, external } = market;
  const sign = signOf(position?.size);
  const way = sign === undefined ? words.unknown : words[`position.${sign > 0 ? "long" : sign < 0 ? "short" : "flat"}`];
  const result = (text: string | undefined) => ({ value: money(text, true), tone: tone(text), unit: quote });
  return (
    <article className="pane-card">
      <h3>
        {id}
        <span className={`pane-way ${sign === undefined ? "warn" : sign > 0 ? "buy" : sign < 0 ? "sell" : "quiet"}`}>
          {sign === undefined ? "?" : sign > 0 ? "▲" : sign < 0 ? "▼" : "■"} {way}
        </span>
      </h3>
      <Stats>
        <Stat label={words.position} value={number(position?.size, { signed: true })} unit={base} />
        <Stat label={words["position.entry"]} value={price(position?.entry, tickSize)} />
        {kind === "spot" ? null : <Stat label={words["position.mark"]} value={price(mark, tickSize)} />}
        <Stat label={words["position.unrealized"]} {...result(position?.unrealized)} />
        <Stat label={words["position.realized"]} {...result(position?.realized)} help={words["money.realized.say"]} />
        <Stat label={words["position.fees"]} value={money(position?.fees)} unit={quote} />
        {kind === "spot" ? null : (
          <>
            <Stat label={words["position.funding"]} {...result(position?.funding)} />
            <Stat label={words["position.liquidation"]} value={price(position?.liquidation, tickSize)} />
            <Stat
              label={words["position.external"]}
              value={external === undefined ? unknown : number(external)}
              unit={base}
              help={words["position.external.say"]}
            />
          </>
        )}
      </Stats>
    </article>
  );
});
