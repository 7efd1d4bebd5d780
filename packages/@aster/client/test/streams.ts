// Every kind of stream and every event of an account with samples of the reference, and what its schema cannot do without.
import { jsonOf } from "@bp/adapter";
import type * as z from "zod";
import * as schemas from "../src/streams/schemas.ts";
import { fixtureText } from "./venue.ts";

/** A schema and a frame for it. */
export interface StreamCase {
  readonly name: string;
  readonly schema: z.ZodType;
  /** What stands in the frame's `data`. */
  readonly sample: unknown;
  /** Paths of fields that are needed; `*` is any row. */
  readonly needs: string[];
  /** Keys whose values are ids of trades, orders and announcements. */
  readonly ids: readonly string[];
}

/** The data of a frame of the reference, with or without an envelope. */
function dataOf(file: string): unknown {
  const value = jsonOf(fixtureText(`${file}.json`));
  return typeof value === "object" && value !== null && "data" in value ? value.data : value;
}

const words = (text: string) => text.split(" ").filter((word) => word !== "");
const rowsOf = (schema: z.ZodType, needs: string, ids: string, ...files: readonly string[]): StreamCase[] =>
  files.map((file) => ({ name: file, schema, sample: dataOf(file), needs: words(needs), ids: words(ids) }));
const inRows = (needs: string) =>
  words(needs)
    .map((each) => `*.${each}`)
    .join(" ");

const price = "E s p";
const short = "s c o h l v q";
const candle = "s k k.t k.T k.i k.o k.c k.h k.l k.v k.x";

/** Market streams. */
export const cases: readonly StreamCase[] = [
  ...rowsOf(
    schemas.aggTradeUpdate,
    "s a p q T m",
    "a f l",
    "futures-ws-aggTrade",
    "futures-ws-combined",
    "spot-ws-aggTrade",
  ),
  ...rowsOf(schemas.tradeUpdate, "s t p q T m", "t", "spot-ws-trade"),
  ...rowsOf(schemas.tradeproUpdate, "s t p q T", "t", "futures-ws-tradepro", "spot-ws-tradepro"),
  ...rowsOf(schemas.markPriceUpdate, price, "", "futures-ws-markPriceUpdate"),
  ...rowsOf(schemas.markPriceUpdates, inRows(price), "", "futures-ws-markPriceUpdate-arr"),
  ...rowsOf(schemas.klineUpdate, candle, "f L", "futures-ws-kline", "spot-ws-kline"),
  ...rowsOf(schemas.miniTickerUpdate, short, "", "futures-ws-24hrMiniTicker", "spot-ws-24hrMiniTicker"),
  ...rowsOf(schemas.miniTickerUpdates, inRows(short), "", "futures-ws-24hrMiniTicker-arr"),
  ...rowsOf(schemas.tickerUpdate, short, "F L", "futures-ws-24hrTicker", "spot-ws-24hrTicker"),
  ...rowsOf(schemas.tickerUpdates, inRows(short), "F L", "futures-ws-24hrTicker-arr"),
  ...rowsOf(schemas.bookTickerUpdate, "u s b B a A", "", "futures-ws-bookTicker", "spot-ws-bookTicker"),
  ...rowsOf(schemas.forceOrderUpdate, "o o.s o.S o.q o.p o.T", "", "futures-ws-forceOrder"),
  ...rowsOf(
    schemas.depthUpdate,
    "s U u b a",
    "",
    "futures-ws-depthUpdate",
    "futures-ws-depthUpdate.live",
    "futures-ws-depth-partial",
    "spot-ws-depthUpdate",
  ),
  ...rowsOf(schemas.depthUpdate, "s U u bids asks", "", "spot-ws-depth-partial"),
  ...rowsOf(schemas.announcementUpdate, "e en.i en.t zh.i zh.t", "i", "futures-ws-announcement-public"),
];

const { futuresUserEvent: futures, spotUserEvent: spot } = schemas;
const order = "E o o.s o.c o.S o.o o.q o.x o.X o.i o.z o.T";
const shared = (schema: z.ZodType): StreamCase[] => [
  ...rowsOf(schema, "", "", "futures-ws-user-listenKeyExpired"),
  ...rowsOf(schema, "en.i en.t zh.i zh.t", "i", "futures-ws-user-announcement-direct"),
];

/** Events of accounts. */
export const eventCases: readonly StreamCase[] = [
  ...rowsOf(
    futures,
    order,
    "i t",
    "futures-ws-user-ORDER_TRADE_UPDATE",
    "futures-ws-user-ORDER_TRADE_UPDATE-trade",
    "futures-ws-user-ORDER_TRADE_UPDATE-gtx-expired.synthetic",
  ),
  ...rowsOf(
    futures,
    "E a a.B.*.a a.B.*.wb a.P.*.s a.P.*.pa",
    "",
    "futures-ws-user-ACCOUNT_UPDATE",
    "futures-ws-user-ACCOUNT_UPDATE.live",
  ),
  ...rowsOf(futures, "E p p.*.s p.*.pa", "", "futures-ws-user-MARGIN_CALL"),
  ...rowsOf(futures, "E ac.s ac.l", "", "futures-ws-user-ACCOUNT_CONFIG_UPDATE-leverage"),
  ...rowsOf(futures, "E", "", "futures-ws-user-ACCOUNT_CONFIG_UPDATE-mode"),
  ...shared(futures),
  ...rowsOf(spot, "E s c S o q x X i z T", "i t", "spot-ws-user-executionReport"),
  ...rowsOf(
    spot,
    "E B B.*.a B.*.f B.*.l",
    "",
    "spot-ws-user-outboundAccountPosition",
    "spot-ws-user-outboundAccountPosition.live",
  ),
  ...shared(spot),
];
