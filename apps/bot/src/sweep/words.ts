// Names and numbers of a sweep as a person reads them.
import type { Space } from "@bp/backtest";
import { Big } from "@bp/core";

/** What swept values are called: the end of the path where that is enough to tell them apart. */
export function valueNames({ dimensions }: Space): readonly string[] {
  return dimensions.map(({ path }) => {
    const end = path.split(".").at(-1) ?? path;
    return dimensions.filter((each) => each.path.endsWith(`.${end}`)).length > 1 ? path : end;
  });
}

/** Money to four places. @param text - a decimal */
export const moneyText = (text: string): string => new Big(text).round(4).toFixed();

/** A figure to six digits; a dash where it is not defined. */
export const numberText = (value: number | undefined): string =>
  value === undefined ? "–" : String(Number(value.toPrecision(6)));
