// One decision as a person reads it: what was seen, what was wished, what the rules said, what was done.
import { type Instrument, type Intent, plain, symbolOf } from "@bp/core";
import type { Decision, Explained, MarketPicture } from "@bp/engine";
import type { Hearing } from "@bp/risk";
import type { Decided } from "./decision.ts";
import { commandText, factText } from "./facts.ts";
import { cut, type Numbers, numbersOf } from "./numbers.ts";
import { aligned } from "./table.ts";
import { type DecisionWords, decisionWords } from "./words.ts";

/** The text, a line an element. @param instruments - those of the run */
export function decisionText(
  { explained, strayed }: Decided,
  run: string,
  instruments: readonly Instrument[],
  lang: "en" | "zh",
): readonly string[] {
  const say = decisionWords[lang];
  const numbers = numbersOf(instruments);
  const { event, judged, view, strategies, hearings, plan, commands, notes } = explained;
  const section = (title: string, lines: readonly string[]) => [
    "",
    title,
    ...(lines.length === 0 ? [say.none] : lines).map((line) => `  ${line}`),
  ];
  const head = aligned([
    [say.run, run],
    [say.event, `${event.seq}  ${event.type}  ${factText(event, numbers)}`],
    [say.dated, `${iso(event.at)} (${event.at - event.venueAt} ms)`],
    [say.judged, `${judged.done ? say.yes : say.no}: ${judged.why}`],
    [say.equal, strayed === undefined ? `${say.yes}: ${say.same}` : `${say.no}: ${say.strayed} ${strayed}`],
  ]);
  return [
    ...head,
    ...section(say.world, worldLines(explained, numbers, say)),
    ...section(
      say.orders,
      aligned(
        view.orders.map(({ clientId, slot, instrument, side, price, size, filled, state }) => [
          String(clientId),
          slot,
          side,
          `${numbers(instrument).size(size - filled)} ${say.at} ${numbers(instrument).price(price)}`,
          state,
        ]),
      ),
    ),
    ...section(
      say.strategies,
      strategies.flatMap(({ name, voice, memory, wish }) => [
        voice === "own" ? name : `${name} (${voice})`,
        ...(memory === undefined ? [] : [`  ${say.remembers} ${cut(JSON.stringify(memory))}`]),
        ...aligned(wish.map((each) => intentCells(each, numbers, say))).map((line) => `  ${line}`),
        ...(wish.length === 0 ? [`  ${say.none}`] : []),
      ]),
    ),
    ...section(
      say.rules,
      hearings.flatMap((each) => hearingLines(each, numbers, say)),
    ),
    ...section(say.plan, aligned(plan.map((each) => decisionCells(each, numbers, say)))),
    ...section(
      say.commands,
      commands.map((each) => commandText(each, numbers)),
    ),
    ...section(
      say.notes,
      notes.map(({ rule, why }) => plain(`${rule}: ${why}`)),
    ),
  ];
}

function worldLines({ view, strategies }: Explained, numbers: Numbers, say: DecisionWords): readonly string[] {
  const rows = view.markets.map((each) => marketCells(each, numbers, say));
  const own = strategies.length > 1 ? strategies : [];
  const money = view.balances.map(({ venue, asset, total, free }) => [venue, asset, total, `${say.free} ${free}`]);
  return [
    ...(view.halted === undefined ? [] : [`${say.halted}: ${plain(view.halted)}`]),
    ...(view.quiet === undefined ? [] : [`${say.quiet}: ${view.quiet}`]),
    ...aligned(rows),
    ...aligned(
      own.flatMap(({ name, positions }) =>
        Object.entries(positions).map(([id, size]) => [
          `${say.position} ${name}`,
          symbolOf(id as `${string}:${string}`),
          numbers(id).size(size),
        ]),
      ),
    ),
    ...aligned(money.map((cells) => [say.balance, ...cells])),
    ...view.links
      .filter(({ link, account }) => link === "down" || !account)
      .map(({ venue }) => `${venue}: ${say.unknown}`),
    `${say.profit} ${view.profit}`,
  ];
}

function marketCells(market: MarketPicture, numbers: Numbers, say: DecisionWords): readonly string[] {
  const { instrument, bid, ask, mark, last, position, external, bookAgeMs, seen, doubt } = market;
  const { price, size } = numbers(instrument);
  const level = (word: string, each: typeof bid) =>
    each === undefined ? `${word} -` : `${word} ${price(each[0])} × ${size(each[1])}`;
  return [
    instrument,
    level(say.bid, bid),
    level(say.ask, ask),
    bookAgeMs > 86_400_000 ? "" : `${bookAgeMs} ms ${say.old}`,
    mark === undefined ? "" : `${say.mark} ${price(mark)}`,
    last === undefined ? "" : `${say.last} ${price(last)}`,
    `${say.position} ${position === undefined ? say.unknown : size(position)}`,
    external === undefined || external === 0 ? "" : `${say.external} ${size(external)}`,
    seen ? (doubt ?? "") : say.unseen,
  ];
}

function intentCells(intent: Intent, numbers: Numbers, say: DecisionWords): readonly string[] {
  const { price, size } = numbers(intent.instrument);
  if (intent.kind === "hold")
    return [
      say.hold,
      intent.instrument,
      `${size(intent.position)} ${say.noWorse} ${price(intent.worst)}`,
      plain(intent.why),
    ];
  const { slot, side, postOnly, reduceOnly } = intent;
  const terms = [...(postOnly ? [say.postOnly] : []), ...(reduceOnly === true ? [say.reduceOnly] : [])];
  return [slot, `${side} ${size(intent.size)} ${say.at} ${price(intent.price)}`, intent.instrument, terms.join(", ")];
}

function hearingLines({ slot, wish, said, outcome }: Hearing, numbers: Numbers, say: DecisionWords): readonly string[] {
  const verdict = outcome === "unknown" ? say.notKnown : say[outcome];
  const passed = said.filter(({ answer }) => answer === "pass").map(({ rule }) => rule);
  const others = said.flatMap(({ rule, answer, why, size: left }) =>
    answer === "pass"
      ? []
      : [
          `  ${answer} ${rule}${left === undefined ? "" : ` → ${numbers(wish.instrument).size(left)}`}: ${plain(why ?? "")}`,
        ],
  );
  const byAll = passed.length === 0 ? "" : ` (${say.passed} ${passed.join(", ")})`;
  return [`${slot}: ${verdict}${byAll}`, ...others];
}

function decisionCells(decision: Decision, numbers: Numbers, say: DecisionWords): readonly string[] {
  const { action, slot, clientId, side, price, size, instrument, why } = decision;
  const order =
    side === undefined || price === undefined || size === undefined
      ? ""
      : `${side} ${numbers(instrument).size(size)} ${say.at} ${numbers(instrument).price(price)}`;
  return [say[action], slot, clientId === undefined ? "" : String(clientId), order, plain(why)];
}

const iso = (at: number) => new Date(at).toISOString();
