// What each parameter of a strategy means, in a line.
import { useLanguage } from "./language.tsx";
import { enParams, type ParamWords } from "./params.en.ts";
import { zhCNParams } from "./params.zhCN.ts";
import { zhTWParams } from "./params.zhTW.ts";

const dictionaries: Readonly<Record<"en" | "zh-CN" | "zh-TW", ParamWords>> = {
  en: enParams,
  "zh-CN": zhCNParams,
  "zh-TW": zhTWParams,
};

/** Of a parameter by its path, `rebalance.thresholdPct`; `undefined` where there is none. */
export function useParamHelp(path: string): string | undefined {
  const { language } = useLanguage();
  const known: Readonly<Record<string, string>> = dictionaries[language];
  return known[path];
}
