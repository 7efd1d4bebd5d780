// One bot at a glance: its market with its quotes in it, its money, its hedge, and whether all stands well.
import { useRef, useState } from "react";
import { openDecision } from "../app/useRoute.ts";
import { useStanding } from "../app/useStanding.tsx";
import type { Frame } from "../contract/index.ts";
import { stateMs, useFrame, useFrames, useKnown, useSession } from "../feed/session.tsx";
import { useAnswer } from "../feed/useAnswer.ts";
import {
  Balances,
  Chart,
  Fills,
  Funding,
  Health,
  Ladders,
  Money,
  NewsList,
  Positions,
  System,
  Why,
} from "../panes/index.ts";
import { HedgeArea } from "../parts/HedgeArea.tsx";
import { Live } from "../parts/Live.tsx";
import { Refusal, Waiting } from "../parts/Told.tsx";
import { usePaneMs } from "../parts/usePaneMs.ts";
import { useWords } from "../words/language.tsx";
import { useNarrow } from "./useNarrow.ts";

/**
 * The panes in columns, and on a phone one below the other: debt and market first, then money, then what explains them. The order
 * on the page is that of the document, for keys and for who listens. The ladder follows every frame, a hedge's debt four a second, all
 * others one a second.
 */
export function BotView() {
  const hasFrame = useFrame(() => true) === true;
  const markets = useFrame(({ markets }) => markets.map(({ id }) => id)) ?? [];
  const frames = useFrames();
  const isNarrow = useNarrow();
  if (!hasFrame) return <Starting />;
  const ladders = (
    <Live area="ladder">{(frame) => <Ladders frame={frame} frames={frames} onDecision={openDecision} />}</Live>
  );
  const chart = <ChartArea markets={markets} />;
  const system = <Live area="system">{(frame) => <System frame={frame} />}</Live>;
  const hedge = <HedgeArea />;
  const money = <Live area="money">{(frame) => <Money frame={frame} />}</Live>;
  const why = <Live area="why">{(frame) => <Why frame={frame} compact />}</Live>;
  const positions = <Live area="positions">{(frame) => <Positions frame={frame} />}</Live>;
  const balances = <Live area="balances">{(frame) => <Balances frame={frame} />}</Live>;
  const funding = <Live area="funding">{(frame) => <FundingWhere frame={frame} />}</Live>;
  const health = <Live area="health">{(frame) => <Health frame={frame} />}</Live>;
  const count = markets.length > 1 ? "is-several" : "is-one";
  return isNarrow ? (
    <div className={`stack ${count}`}>
      {hedge}
      {ladders}
      {money}
      {chart}
      {system}
      {why}
      {positions}
      <FillsArea />
      {balances}
      {funding}
      <NewsArea />
      {health}
    </div>
  ) : (
    <div className={`grid ${count}`}>
      {ladders}
      <div className="column is-middle">
        {chart}
        {system}
        <FillsArea />
        <NewsArea />
      </div>
      <div className="column is-end">
        {hedge}
        {money}
        {why}
        {positions}
        {balances}
        {funding}
        {health}
      </div>
    </div>
  );
}

const FundingWhere = ({ frame }: { readonly frame: Frame }) =>
  frame.markets.some(({ kind }) => kind === "perp") ? <Funding frame={frame} /> : null;

/** A chart is the dearest thing to draw, and its shortest span is longer; all that is drawn into it comes at the same moments. */
const chartMs = 1_000;

function ChartArea({ markets }: { readonly markets: readonly string[] }) {
  const words = useWords();
  const [wanted, want] = useState<string>();
  const market = markets.find((id) => id === wanted) ?? markets[0];
  const history = useKnown(({ history }) => history, chartMs);
  const fills = useKnown(({ fills }) => fills, chartMs);
  if (market === undefined) return null;
  return (
    <div className="area is-chart">
      {markets.length < 2 ? null : (
        <fieldset className="tabs" aria-label={words.market}>
          {markets.map((id) => (
            <button key={id} type="button" aria-pressed={id === market} onClick={() => want(id)}>
              {id}
            </button>
          ))}
        </fieldset>
      )}
      <Live area="canvas" everyMs={chartMs} always>
        {(frame) => <Chart frame={frame} market={market} history={history} fills={fills} />}
      </Live>
    </div>
  );
}

function FillsArea() {
  const place = useRef<HTMLDivElement>(null);
  const fills = useKnown(({ fills }) => fills, usePaneMs(place));
  return (
    <div ref={place} className="area is-fills">
      <Fills fills={fills} onDecision={openDecision} />
    </div>
  );
}

function NewsArea() {
  const place = useRef<HTMLDivElement>(null);
  const news = useKnown(({ news }) => news.filter(({ level }) => level !== "debug").slice(-60), usePaneMs(place));
  return (
    <div ref={place} className="area is-news">
      <NewsList news={news} most={60} onDecision={openDecision} />
    </div>
  );
}

/** Before the first frame. */
function Starting() {
  const words = useWords();
  const { bot = "" } = useSession();
  const link = useKnown(({ link }) => link, stateMs);
  const standing = useStanding();
  // a stream that is open and says nothing: the door can tell why
  const { refusal } = useAnswer<unknown>(
    link.state === "up" ? `bots/${encodeURIComponent(bot)}/brief` : undefined,
    3_000,
  );
  if (standing === "missing" || standing === "refused" || standing === "unheard") return null; // the banner says it
  return refusal === undefined ? (
    <Waiting />
  ) : (
    <>
      <Refusal refusal={refusal} />
      <p className="quiet">
        {words["bot.starting"]} {bot}
      </p>
    </>
  );
}
