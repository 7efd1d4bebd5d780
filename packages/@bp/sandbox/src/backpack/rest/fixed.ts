// Lists that do not change: the venue's wallets, stock sessions, securities, predictions.
import { ok } from "../../answer.ts";
import { addressOf } from "../desks/chains.ts";
import { publicGet, type Route } from "../route.ts";
import { events, tags } from "../wire/predictions.ts";
import { paged, readPage } from "./read.ts";

const nothing = () => undefined;

export const fixedRoutes: readonly Route[] = [
  publicGet("/api/v1/wallets", nothing, () =>
    ok(["Solana", "Ethereum"].map((blockchain) => ({ blockchain, address: addressOf(blockchain, "venue") }))),
  ),
  publicGet("/api/v1/market-sessions", nothing, () =>
    ok([
      {
        name: "WEEKDAYS",
        description: "Monday to Friday, by day",
        startTime: "09:00:00",
        endTime: "17:00:00",
        timezone: "UTC",
        startWeekday: 1,
        endWeekday: 5,
      },
    ]),
  ),
  publicGet("/api/v1/securities", nothing, () =>
    ok([
      {
        asset: "SAND.X",
        name: "Sandbox Works",
        cusip: null,
        sessions: [{ name: "WEEKDAYS", minQuantity: "0.001", maxQuantity: null, stepSize: "0.001" }],
      },
    ]),
  ),
  publicGet("/api/v1/prediction/tags", nothing, () => ok(tags)),
  publicGet(
    "/api/v1/prediction",
    (fields) => ({
      symbol: fields.text("symbol"),
      tag: fields.text("tagSlug"),
      event: fields.text("eventSlug"),
      series: fields.text("seriesSlug"),
      resolved: fields.flag("resolved"),
      page: readPage(fields),
    }),
    (_house, ask) => {
      const found = events.filter(
        (each) =>
          (ask.symbol === undefined || each.predictionMarkets.some((market) => market.marketSymbol === ask.symbol)) &&
          (ask.tag === undefined || each.tags.some((tag) => tag.slug === ask.tag)) &&
          (ask.event ?? each.slug) === each.slug &&
          (ask.series === undefined || each.series.some((series) => series.slug === ask.series)) &&
          (ask.resolved ?? each.resolved) === each.resolved,
      );
      const { rows, headers } = paged(found, ask.page);
      return { ...ok(rows), headers };
    },
  ),
];
