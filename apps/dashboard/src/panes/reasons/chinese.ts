// The bot's sentences in both Chinese: fetched where they are spoken, and nowhere else.
import { type Tell, teller } from "./told.ts";
import { traditional } from "./traditional.ts";
import { zhCN } from "./zhCN.ts";

const zhTW = Object.fromEntries(Object.entries(zhCN).map(([said, told]) => [said, traditional(told)]));

/** By language. */
export const chinese: Readonly<Record<"zh-CN" | "zh-TW", Tell>> = { "zh-CN": teller(zhCN), "zh-TW": teller(zhTW) };
