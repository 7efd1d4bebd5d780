// Ping, time, noop, exchangeInfo.
import { success } from "../refuse.ts";
import { both, newer, open, type Route, signed } from "../route.ts";
import { exchangeInfo } from "../wire/market.ts";

export const generalRoutes: readonly Route[] = [
  open(both("ping"), 1, () => ({})),
  open(both("time"), 1, (house) => ({ serverTime: Math.floor(house.times.now()) })),
  open(both("exchangeInfo"), 1, (house) => exchangeInfo(house)),
  signed("POST", newer("noop"), 1, () => success), // it uses up a nonce, which is all it is for
];
