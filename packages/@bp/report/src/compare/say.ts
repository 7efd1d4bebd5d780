// What a comparison comes to, in a sentence.
import { fixed, lengthText, percentText, plainNumber } from "../page/numbers.ts";
import type { Both } from "../page/words.ts";
import type { Noise } from "./noise.ts";

/** The verdict, with the numbers it rests on. @param quote - asset of sums */
export function noiseSentence(noise: Noise, quote: string): Both {
  const { verdict, difference, low, high, level, p, steps, stepMs, paired } = noise;
  if (verdict === "too-short")
    return {
      en: "too short to tell: fewer than 20 steps of equity in one of them",
      zh: "太短，無法判斷：其中之一少於 20 個權益取樣",
    };
  if (verdict === "equal")
    return { en: `equal: not one of ${steps} steps differs`, zh: `完全相同：${steps} 個步長無一不同` };
  const [scale, unit] = noise.unit === "fraction" ? [100, "%"] : [1, quote];
  const amount = (value: number | null) => `${(value ?? 0) > 0 ? "+" : ""}${shortNumber(value, scale)} ${unit}`;
  const [share, step] = [percentText(level, 1), lengthText(stepMs)];
  const numbers = `${amount(difference)} / ${step} [${amount(low)}, ${amount(high)}]`;
  const more = verdict === "more-than-noise";
  return {
    en: `the difference of earnings is ${more ? "more than noise" : "not more than noise"}: ${numbers}, the range of ${share} of ${fixed(2_000, 0)} draws, p ${fixed(p, 4)}, ${steps} steps, ${paired ? "step against step" : "of different times, so the markets' changes are in it too"}`,
    zh: `收益差異${more ? "大於雜訊" : "不大於雜訊"}：${numbers}，2,000 次重抽的 ${share} 區間，p ${fixed(p, 4)}，${steps} 步，${paired ? "逐步配對" : "期間不同，包含行情變化"}`,
  };
}

/** Of one step, so mostly small: three digits that count below 1, two after the point above. */
function shortNumber(value: number | null, scale: number): string {
  if (value === null) return plainNumber(null);
  const scaled = value * scale;
  return Math.abs(scaled) >= 1 ? fixed(scaled, 2) : plainNumber(Number(scaled.toPrecision(3)));
}
