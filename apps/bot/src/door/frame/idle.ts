// Why a strategy wishes nothing, in plain words: what a person asked, what cannot be seen, or what it waits for by itself.
import { type Instrument, type InstrumentId, venueOf } from "@bp/core";
import type { Explained, StrategyPicture, WorldPicture } from "@bp/engine";
import { ownReason } from "./idleReasons.ts";

/** A strategy as the run has it. */
export interface Asker {
  /** In this run. */
  readonly name: string;
  /** `maker`, `dual-hedge` */
  readonly use: string;
  /** As its schema gave them. */
  readonly params: unknown;
  /** What it trades or watches. */
  readonly markets: readonly InstrumentId[];
  /** Why it has nothing more to do. */
  readonly done?: string | undefined;
  /** What it says to a person, its own words. */
  readonly remarks?: readonly { readonly say: string; readonly alert?: boolean }[] | undefined;
}

/** The one reason that comes first. @param own - the strategy in the decision */
export function idleOf(
  { view }: Explained,
  own: StrategyPicture,
  asker: Asker,
  { instrument, lang }: { readonly instrument: (id: InstrumentId) => Instrument; readonly lang: "en" | "zh" },
): string {
  const say = (en: string, zh: string) => (lang === "zh" ? zh : en);
  if (asker.done !== undefined) return say(`done: ${asker.done}`, `已完成：${asker.done}`);
  const held = heldBy(view, lang);
  if (held !== undefined) return held;
  if (own.voice === "clearing") return say("a position from before the start is closed first", "先平掉启动前的持仓");
  const unseen = asker.markets.map((id) => unseenText(id)).find((text) => text !== undefined);
  if (unseen !== undefined) return unseen;
  const reason = ownReason(asker, own.memory, { now: view.now, lang, instrument });
  if (reason !== undefined) return reason;
  const remark = asker.remarks?.find(({ alert }) => alert === true) ?? asker.remarks?.[0];
  return remark?.say ?? say("nothing is to be done at the moment", "目前无需操作");

  function unseenText(id: InstrumentId): string | undefined {
    const venue = venueOf(id);
    const market = view.markets.find((each) => each.instrument === id);
    const link = view.links.find((each) => each.venue === venue);
    if (link?.link === "down") return say(`the connection to ${venue} is down`, `与 ${venue} 的连接已断开`);
    if (link?.account === false) return say(`what ${venue} holds is not known yet`, `${venue} 的账户状态尚未知晓`);
    if (market === undefined) return undefined;
    if (market.bid === undefined || market.ask === undefined) {
      if (market.bid !== undefined || market.ask !== undefined)
        return say(`the book of ${id} has one side only`, `${id} 的盘口只有一侧`);
      return say(`the book of ${id} is not whole`, `${id} 的盘口不完整`);
    }
    if (!market.seen) return say(`the book of ${id} is not whole`, `${id} 的盘口不完整`);
    const staleMs = staleOf(asker.params);
    if (staleMs !== undefined && market.bookAgeMs > staleMs) {
      const [age, most] = [market.bookAgeMs, staleMs].map((ms) => (ms / 1_000).toFixed(1));
      return say(
        `the book of ${id} is ${age} s old, at most ${most} s`,
        `${id} 的盘口已 ${age} 秒未更新，上限 ${most} 秒`,
      );
    }
    if (own.positions[id] === undefined && market.position === undefined)
      return say(`what is held of ${id} is not known`, `${id} 的持仓未知`);
    return undefined;
  }
}

/** What keeps every strategy from wishing: a halt, or what a person has asked. */
export function heldBy({ halted, quiet }: Pick<WorldPicture, "halted" | "quiet">, lang: "en" | "zh") {
  const say = (en: string, zh: string) => (lang === "zh" ? zh : en);
  if (halted !== undefined) return say(`halted: ${halted}`, `已中止：${halted}`);
  if (quiet === undefined) return undefined;
  if (quiet === "pause") return say("a person has paused it", "已被人工暂停");
  if (quiet === "stop") return say("it is being stopped", "正在停止");
  return say("a person has asked to close everything", "已被要求全部平仓");
}

/** How old a book may be for a strategy, where it says so. */
function staleOf(params: unknown): number | undefined {
  const found = typeof params === "object" && params !== null && "staleMs" in params ? params.staleMs : undefined;
  return typeof found === "number" ? found : undefined;
}
