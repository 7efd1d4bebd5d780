// Every endpoint of either service.
import { accountRoutes } from "./rest/account.ts";
import { agentRoutes, announcementRoutes, protectionRoutes } from "./rest/agents.ts";
import { bookRoutes } from "./rest/books.ts";
import { candleRoutes, markCandleRoutes } from "./rest/candles.ts";
import { chaseRoutes } from "./rest/chase.ts";
import { generalRoutes } from "./rest/general.ts";
import { futuresHistoryRoutes, historyRoutes, spotHistoryRoutes } from "./rest/history.ts";
import { listenKeyRoutes } from "./rest/listenKey.ts";
import { markRoutes } from "./rest/marks.ts";
import { futuresOrderRoutes, orderRoutes } from "./rest/orders.ts";
import { feeRoutes, settingRoutes } from "./rest/settings.ts";
import { spotAccountRoutes } from "./rest/spotAccount.ts";
import { strategyRoutes } from "./rest/strategy.ts";
import { tickerRoutes } from "./rest/tickers.ts";
import { transferRoutes } from "./rest/transfer.ts";
import type { Route } from "./route.ts";

const shared: readonly Route[] = [
  ...generalRoutes,
  ...candleRoutes,
  ...tickerRoutes,
  ...orderRoutes,
  ...historyRoutes,
  ...feeRoutes,
  ...transferRoutes,
  ...listenKeyRoutes,
];

export const futuresRoutes: readonly Route[] = [
  ...shared,
  ...bookRoutes(500),
  ...markCandleRoutes,
  ...markRoutes,
  ...futuresOrderRoutes,
  ...accountRoutes,
  ...settingRoutes,
  ...futuresHistoryRoutes,
  ...agentRoutes,
  ...protectionRoutes,
  ...announcementRoutes,
  ...strategyRoutes,
  ...chaseRoutes,
];

export const spotRoutes: readonly Route[] = [...shared, ...bookRoutes(100), ...spotAccountRoutes, ...spotHistoryRoutes];
