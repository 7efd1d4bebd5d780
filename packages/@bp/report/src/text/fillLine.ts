// One line for one fill.
import { Big, type Millis, sizeToBig } from "@bp/core";
import type { CountedFill } from "../market.ts";
import { type Look, painted } from "./look.ts";
import { gain, money, price, size, timeOfDay } from "./numbers.ts";
import { pad } from "./width.ts";
import { wordsOf } from "./words.ts";

/**
 * A fill as one line: when (venue time, UTC), which side, how much at what price, who rested, fee, profit taken, position
 * after it. Lines below one another align for usual sizes.
 *
 * @param at - default: the venue's time
 */
export function fillLine(counted: CountedFill, look: Look, at: Millis = counted.fill.venueAt): string {
  const { fill, instrument, realized, fee, position } = counted;
  const words = wordsOf(look);
  const side = painted(
    pad(fill.side === "buy" ? words.buy : words.sell, 4, "right"),
    fill.side === "buy" ? "good" : "bad",
    look,
  );
  const amount = pad(size(instrument, sizeToBig(instrument, fill.size)), 9, "left");
  const who = painted(fill.liquidity === "maker" ? words.maker : words.taker, "key", look);
  const key = (word: string) => painted(word, "key", look);
  const taken = gain(realized);
  const signed = `${position.gt(0) ? "+" : ""}${size(instrument, position)}`;
  return [
    painted(timeOfDay(at), "quiet", look),
    `${side} ${amount} ${instrument.base} @ ${pad(price(instrument, fill.price), 10, "right")}`,
    who,
    `${key(words.fee)} ${money(fee)} ${instrument.quote}`,
    ...(realized.eq(new Big(0)) ? [] : [`${key(words.profit)} ${painted(taken.text, taken.tone, look)}`]),
    `${key(words.position)} ${signed}`,
  ].join("  ");
}
