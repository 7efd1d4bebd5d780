// What a person may type for a stop loss where a program asks for it.
import { isDecimal } from "@bp/core";

const says = {
  en: {
    number: "a number such as -25, or 0 for off",
    sign: (text: string) =>
      `a stop loss is a loss: write it below 0, -${text} closes when ${text} of quote are lost (0 is off)`,
  },
  zh: {
    number: "需為數字，例如 -25；0 表示關閉",
    sign: (text: string) => `止損是虧損金額，請輸入負值：-${text} 表示未實現虧損達 ${text} 時平倉（0 表示關閉）`,
  },
} as const;

/**
 * Checks a stop loss that was typed into a menu. A positive one is refused with an explanation, because who types 25 may
 * have meant a profit; flags and files take both signs (`makerParams.stopLoss`).
 *
 * @param value - as typed; blanks around it do not matter
 * @returns what is wrong with it, in plain words; `undefined` when it is good
 */
export function checkStopInput(value: string, language: "en" | "zh" = "en"): string | undefined {
  const text = value.trim();
  if (!isDecimal(text)) return says[language].number;
  if (text.startsWith("-") || Number(text) === 0) return undefined;
  return says[language].sign(text);
}
