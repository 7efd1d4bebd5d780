// Strategies: orders in slices of time.
import type { Instrument } from "@bp/core";
import { type Answer, ok } from "../../answer.ts";
import type { Member } from "../accounts.ts";
import type { Schedule, Strategy } from "../desks/strategies.ts";
import type { Fields } from "../fields.ts";
import type { BackpackHouse } from "../house.ts";
import { fault, notFound, refuse } from "../refuse.ts";
import { type Route, signed } from "../route.ts";
import { liveStrategy, pastStrategy } from "../wire/strategy.ts";
import { autoNote, preventions, readAuto, readPrevention, readSide, readSlippage, readTif, tifs } from "./draft.ts";
import { readPrice, readSize } from "./grid.ts";
import { isType, needMarket, pageOf, readMarket, readMarketType, readPaging } from "./read.ts";
import { bounded } from "./slippage.ts";

const u32 = 0xffff_ffff;
const types = ["Scheduled"] as const;
const longest = 30 * 86_400_000;
const shortestInterval = 1000;

export const strategyRoutes: readonly Route[] = [
  signed("POST", "/api/v1/strategy", "strategyCreate", "StrategyCreatePayload", readSchedule, (house, member, make) => {
    const made = house.strategies.create(member, make());
    return typeof made === "string"
      ? fault(400, "INVALID_ORDER", "Strategy with client ID already exists")
      : ok(liveStrategy(made, house.times));
  }),
  signed("GET", "/api/v1/strategy", "strategyQuery", "", readWhich, (house, member, which) =>
    answerOf(house, running(house, member, which())),
  ),
  signed("DELETE", "/api/v1/strategy", "strategyCancel", "StrategyCancelPayload", readWhich, (house, member, which) => {
    const strategy = running(house, member, which());
    if (strategy !== undefined) house.strategies.cancel(strategy);
    return answerOf(house, strategy);
  }),
  signed(
    "GET",
    "/api/v1/strategies",
    "strategyQueryAll",
    "",
    (fields, house) => ({
      type: readMarketType(fields),
      kind: fields.word("strategyType", "StrategyType", types),
      market: readMarket(fields, house),
    }),
    (house, member, { type, market }) =>
      ok(
        house.strategies
          .of(member.name)
          .filter(
            (each) =>
              each.status === "Running" &&
              isType(each.market, type) &&
              (market?.id ?? each.market.id) === each.market.id,
          )
          .map((each) => liveStrategy(each, house.times)),
      ),
  ),
  signed(
    "DELETE",
    "/api/v1/strategies",
    "strategyCancelAll",
    "StrategyCancelAllPayload",
    (fields, house) => ({
      market: needMarket(fields, house),
      kind: fields.word("strategyType", "StrategyType", types),
    }),
    (house, member, { market }) => {
      const found = house.strategies
        .of(member.name)
        .filter((each) => each.status === "Running" && each.market.id === market.id);
      for (const strategy of found) house.strategies.cancel(strategy);
      return ok(found.map((each) => liveStrategy(each, house.times)));
    },
  ),
  signed(
    "GET",
    "/wapi/v1/history/strategies",
    "strategyHistoryQueryAll",
    "",
    (fields, house) => ({
      id: fields.text("strategyId"),
      market: readMarket(fields, house),
      type: readMarketType(fields),
      paging: readPaging(fields),
    }),
    (house, member, { id, market, type, paging }) =>
      pageOf(
        house.strategies
          .of(member.name)
          .filter(
            (each) =>
              (id ?? each.id) === each.id &&
              (market?.id ?? each.market.id) === each.market.id &&
              isType(each.market, type),
          ),
        paging,
        (each) => pastStrategy(each, house.times),
      ),
  ),
];

const answerOf = (house: BackpackHouse, strategy: Strategy | undefined): Answer =>
  strategy === undefined ? notFound : ok(liveStrategy(strategy, house.times));

interface Which {
  readonly market: Instrument;
  readonly id: string | undefined;
  readonly clientId: number | undefined;
}

function readWhich(fields: Fields, house: BackpackHouse): () => Which {
  const which = {
    market: needMarket(fields, house),
    id: fields.text("strategyId"),
    clientId: fields.whole("clientStrategyId", u32, "uint32"),
  };
  return () =>
    (which.id === undefined) === (which.clientId === undefined)
      ? refuse("INVALID_CLIENT_REQUEST", "Must specify either `strategyId` or `clientStrategyId`")
      : which;
}

const running = (house: BackpackHouse, member: Member, { market, id, clientId }: Which): Strategy | undefined =>
  house.strategies
    .of(member.name)
    .findLast(
      (each) =>
        each.status === "Running" &&
        each.market.id === market.id &&
        (id === undefined ? each.clientStrategyId === clientId : each.id === id),
    );

function readSchedule(fields: Fields, house: BackpackHouse): () => Schedule {
  fields.need("strategyType", fields.word("strategyType", "StrategyType", types), "StrategyType");
  const market = needMarket(fields, house);
  const side = readSide(fields) === "Bid" ? "buy" : "sell";
  const quantity = fields.decimal("quantity");
  const price = fields.decimal("price");
  const duration = fields.whole("duration", Number.MAX_SAFE_INTEGER);
  const interval = fields.whole("interval", Number.MAX_SAFE_INTEGER);
  const randomized = fields.flag("randomizedIntervalQuantity") ?? false;
  const postOnly = fields.flag("postOnly") ?? false;
  const reduceOnly = fields.flag("reduceOnly") ?? false;
  const prevention = preventions[readPrevention(fields)];
  const tif = tifs[readTif(fields)];
  const clientStrategyId = fields.whole("clientStrategyId", u32, "uint32");
  fields.whole("brokerId", 0xffff, "uint16");
  const slippage = readSlippage(fields);
  const note = { ...(slippage === undefined ? {} : { slippage }), ...autoNote(readAuto(fields)) };
  return () => {
    if (quantity === undefined || duration === undefined || interval === undefined)
      return refuse("INVALID_CLIENT_REQUEST", "Must specify `quantity`, `duration` and `interval`");
    if (interval < shortestInterval || interval > duration || duration > longest)
      return refuse("INVALID_RANGE", "Invalid duration or interval");
    if (postOnly && price === undefined)
      return refuse("INVALID_CLIENT_REQUEST", "Post only strategies must specify a `price`");
    const size = readSize(market, quantity);
    const limit = price === undefined ? undefined : readPrice(market, price);
    const common = {
      instrument: market.id,
      side,
      tif,
      postOnly,
      reduceOnly,
      selfTradePrevention: prevention,
    } as const;
    return {
      market,
      side,
      size,
      duration,
      interval,
      randomized,
      clientStrategyId,
      reduceOnly,
      prevention,
      tif,
      slippage,
      slice: (part) => {
        if (limit !== undefined) return { note, request: { ...common, type: "limit", price: limit, size: part } };
        const request = { ...common, type: "market", size: part } as const;
        return slippage === undefined ? { note, request } : bounded(house, market, request, note, slippage);
      },
    };
  };
}
