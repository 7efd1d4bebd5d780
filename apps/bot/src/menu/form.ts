// Item 5 of the menu: every parameter of the market maker, asked one by one, as the flags of `bot start`.
import { checkStopInput } from "@bp/strategies";
import type { Ask } from "./ask.ts";
import type { MenuWords } from "./words.ts";

/** Flags in camelCase, as the command line would give them. */
export type Flags = Readonly<Record<string, string | boolean>>;

const isNumber = (value: string) => /^-?\d+(\.\d+)?$/.test(value.trim());

/**
 * Asks for everything; `undefined` once the person goes back.
 *
 * Checks are those of the original: a cap above 0, a threshold above 0, a lean from 0 to 1, a stop loss below 0, a take profit above 0.
 */
export async function makerForm(ask: Ask, say: MenuWords, lang: "en" | "zh"): Promise<Flags | undefined> {
  const above0 = (value: string) => (isNumber(value) && Number(value) > 0 ? undefined : say.bad.above0);
  const whole = (value: string) => (/^[1-9]\d*$/.test(value.trim()) ? undefined : say.bad.whole);
  const optional = (check: (value: string) => string | undefined) => (value: string) =>
    value.trim() === "" ? undefined : check(value);
  const flags: Record<string, string | boolean> = {};
  const put = async (
    key: string,
    message: string,
    initial: string,
    check: (value: string) => string | undefined,
  ): Promise<boolean> => {
    const value = await ask.text(message, initial, check);
    if (value === undefined) return false;
    if (value.trim() !== "") flags[key] = value.trim();
    return true;
  };

  if (!(await put("symbol", say.symbol, "SOL_USDC", (value) => (value.trim() === "" ? say.symbol : undefined))))
    return undefined;
  const perp = String(flags["symbol"]).endsWith("_PERP");
  flags["marketType"] = perp ? "perp" : "spot";
  const common: readonly (readonly [string, string, string, (value: string) => string | undefined])[] = [
    ["spread", say.spread, "0.5", above0],
    ["quantity", say.quantity, "", optional(above0)],
    ["maxOrders", say.maxOrders, "3", whole],
    ["duration", say.duration, "3600", above0],
    ["interval", say.interval, perp ? "10" : "60", above0],
  ];
  const between = (value: string) =>
    isNumber(value) && Number(value) >= 0 && Number(value) <= 1 ? undefined : say.bad.between0and1;
  const own: typeof common = perp
    ? [
        ["targetPosition", say.targetPosition, "0", (value) => (isNumber(value) ? undefined : say.bad.above0)],
        ["maxPosition", say.maxPosition, "1", above0],
        ["positionThreshold", say.positionThreshold, "0.1", above0],
        ["inventorySkew", say.inventorySkew, "0", between],
        ["stopLoss", say.stopLoss, "", optional((value) => checkStopInput(value, lang))],
        ["takeProfit", say.takeProfit, "", optional(above0)],
      ]
    : [];
  for (const [key, message, initial, check] of [...common, ...own])
    if (!(await put(key, message, initial, check))) return undefined;
  if (perp) return flags;
  const rebalances = await ask.yes(say.rebalanceOn, true);
  if (rebalances === undefined) return undefined;
  flags[rebalances ? "enableRebalance" : "disableRebalance"] = true;
  if (!rebalances) return flags;
  const percent = (value: string) =>
    isNumber(value) && Number(value) >= 0 && Number(value) <= 100 ? undefined : say.bad.percent;
  if (!(await put("baseAssetTarget", say.baseAssetTarget, "30", percent))) return undefined;
  return (await put("rebalanceThreshold", say.rebalanceThreshold, "15", above0)) ? flags : undefined;
}
