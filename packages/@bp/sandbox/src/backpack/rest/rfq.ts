// Requests for quotes: asking, quoting, taking, and what became of it.
import { type Answer, ok } from "../../answer.ts";
import type { Member } from "../accounts.ts";
import type { Quote, Rfq, RfqRefusal } from "../desks/rfq.ts";
import type { Fields } from "../fields.ts";
import type { BackpackHouse } from "../house.ts";
import { fault, notFound, refuse } from "../refuse.ts";
import { type Route, signed } from "../route.ts";
import { liveQuote, liveRfq, pastQuote, pastRfq, quoteFillRow, rfqFillRow } from "../wire/rfq.ts";
import { readAuto, readSide } from "./draft.ts";
import { readPrice, readSize } from "./grid.ts";
import { pageOf, readPaging, readRfqMarket } from "./read.ts";

const u32 = 0xffff_ffff;
const statuses = [
  "New",
  "PartiallyFilled",
  "Filled",
  "Cancelled",
  "Expired",
  "TriggerPending",
  "TriggerFailed",
] as const;
const side = (fields: Fields) => fields.word("side", "Side", ["Bid", "Ask"] as const);

const refusals: Readonly<Record<RfqRefusal, Answer>> = {
  "not-found": notFound,
  "too-late": fault(400, "INVALID_ORDER", "The time for quotes is over"),
  "no-funds": fault(400, "INSUFFICIENT_FUNDS", "Insufficient funds"),
  own: fault(400, "INVALID_ORDER", "Cannot quote one's own request"),
  "duplicate-client-id": fault(400, "INVALID_ORDER", "Request with client ID already exists"),
};

const answerRfq = (house: BackpackHouse, result: Rfq | RfqRefusal): Answer =>
  typeof result === "string" ? refusals[result] : ok(liveRfq(result, house.times));

/** Which request: by the venue's id or one's own. */
const readWhich = (fields: Fields) => ({
  rfqId: fields.text("rfqId"),
  clientId: fields.whole("clientId", u32, "uint32"),
});

export const rfqRoutes: readonly Route[] = [
  signed("POST", "/api/v1/rfq", "rfqSubmit", "RequestForQuotePayload", readWish, (house, member, wish) =>
    answerRfq(house, house.rfq.submit(member, wish())),
  ),
  signed(
    "POST",
    "/api/v1/rfq/quote",
    "quoteSubmit",
    "QuotePayload",
    (fields) => {
      return {
        auto: readAuto(fields),
        id: fields.need("rfqId", fields.text("rfqId")),
        bid: fields.need("bidPrice", fields.decimal("bidPrice")),
        ask: fields.need("askPrice", fields.decimal("askPrice")),
        clientId: fields.whole("clientId", u32, "uint32"),
      };
    },
    (house, member, { id, ...prices }) => {
      const { market } = house.rfq.all().find((rfq) => String(rfq.id) === id) ?? {};
      if (market === undefined) return notFound;
      if (readPrice(market.spot, prices.bid) > readPrice(market.spot, prices.ask))
        return refuse("INVALID_PRICE", "The bid is above the ask");
      const result = house.rfq.quote(member, id, prices);
      return typeof result === "string" ? refusals[result] : ok(liveQuote(result, house.times));
    },
  ),
  signed(
    "POST",
    "/api/v1/rfq/accept",
    "quoteAccept",
    "QuoteAcceptPayload",
    (fields) => ({ quoteId: fields.need("quoteId", fields.text("quoteId")), ...readWhich(fields) }),
    (house, member, { quoteId, ...which }) => answerRfq(house, house.rfq.accept(member, quoteId, which)),
  ),
  signed(
    "POST",
    "/api/v1/rfq/refresh",
    "rfqRefresh",
    "RequestForQuoteRefreshPayload",
    (fields) => fields.need("rfqId", fields.text("rfqId")),
    (house, member, rfqId) => answerRfq(house, house.rfq.refresh(member, rfqId)),
  ),
  signed(
    "POST",
    "/api/v1/rfq/cancel",
    "rfqCancel",
    "RequestForQuoteCancelPayload",
    readWhich,
    (house, member, which) => {
      if ((which.rfqId === undefined) === (which.clientId === undefined))
        return refuse("INVALID_CLIENT_REQUEST", "Must specify either `clientId` or `rfqId`");
      return answerRfq(house, house.rfq.cancel(member, which));
    },
  ),
  signed(
    "GET",
    "/api/v1/rfqs",
    "rfqQuery",
    "",
    (fields, house) => ({
      symbol: readRfqMarket(fields, house)?.symbol,
      rfqId: fields.text("rfqId"),
      deferred: fields.flag("deferredSettlement"),
    }),
    (house, member, { symbol, rfqId, deferred }) =>
      ok(
        house.rfq
          .open()
          .filter(
            (rfq) =>
              deferred !== true &&
              (symbol === undefined || rfq.market.symbol === symbol) &&
              (rfqId === undefined || String(rfq.id) === rfqId),
          )
          .map((rfq) => openRow(house, member, rfq)),
      ),
  ),
  signed(
    "GET",
    "/wapi/v1/history/rfq",
    "rfqHistoryQueryAll",
    "",
    (fields, house) => ({
      rfqId: fields.text("rfqId"),
      symbol: readRfqMarket(fields, house)?.symbol,
      status: fields.word("status", "OrderStatus", statuses),
      side: side(fields),
      deferred: fields.flag("deferredSettlement"),
      paging: readPaging(fields),
    }),
    (house, member, ask) =>
      pageOf(
        house.rfq
          .all()
          .filter(
            (rfq) =>
              rfq.account === member.name &&
              ask.deferred !== true &&
              (ask.rfqId ?? String(rfq.id)) === String(rfq.id) &&
              (ask.symbol ?? rfq.market.symbol) === rfq.market.symbol &&
              (ask.status ?? rfq.status) === rfq.status &&
              (ask.side ?? rfq.side) === rfq.side,
          ),
        ask.paging,
        (rfq) => pastRfq(rfq, house.times),
      ),
  ),
  signed(
    "GET",
    "/wapi/v1/history/quote",
    "quoteHistoryQueryAll",
    "",
    (fields, house) => ({
      quoteId: fields.text("quoteId"),
      symbol: readRfqMarket(fields, house)?.symbol,
      status: fields.word("status", "OrderStatus", statuses),
      deferred: fields.flag("deferredSettlement"),
      paging: readPaging(fields),
    }),
    (house, member, ask) =>
      pageOf(
        quotesOf(house, member).filter(
          (quote) =>
            ask.deferred !== true &&
            (ask.quoteId ?? String(quote.id)) === String(quote.id) &&
            (ask.symbol ?? quote.rfq.market.symbol) === quote.rfq.market.symbol &&
            (ask.status ?? quote.status) === quote.status,
        ),
        ask.paging,
        (quote) => pastQuote(quote, house.times),
      ),
  ),
  signed(
    "GET",
    "/wapi/v1/history/rfq/fill",
    "rfqFillHistoryQueryAll",
    "",
    (fields, house) => ({
      ...readFills(fields, house),
      type: fields.word("fillType", "RfqFillType", ["User", "CollateralConversion"] as const),
      deferred: fields.flag("deferredSettlement"),
    }),
    (house, member, ask) =>
      pageOf(
        house.rfq
          .fills()
          .filter(
            ({ rfq, quote }) =>
              rfq.account === member.name &&
              ask.type !== "CollateralConversion" &&
              ask.deferred !== true &&
              (ask.quoteId ?? String(quote.id)) === String(quote.id) &&
              (ask.symbol ?? rfq.market.symbol) === rfq.market.symbol &&
              (ask.side ?? rfq.side) === rfq.side,
          ),
        ask.paging,
        (fill) => rfqFillRow(fill, house.times),
      ),
  ),
  signed("GET", "/wapi/v1/history/quote/fill", "quoteFillHistoryQueryAll", "", readFills, (house, member, ask) =>
    pageOf(
      house.rfq
        .fills()
        .filter(
          ({ rfq, quote }) =>
            quote.account === member.name &&
            (ask.quoteId ?? String(quote.id)) === String(quote.id) &&
            (ask.symbol ?? rfq.market.symbol) === rfq.market.symbol &&
            (ask.side === undefined || ask.side !== rfq.side),
        ),
      ask.paging,
      (fill) => quoteFillRow(fill, house.times),
    ),
  ),
];

function readFills(fields: Fields, house: BackpackHouse) {
  return {
    quoteId: fields.text("quoteId"),
    symbol: readRfqMarket(fields, house)?.symbol,
    side: side(fields),
    paging: readPaging(fields),
  };
}

const quotesOf = (house: BackpackHouse, member: Member): readonly Quote[] =>
  house.rfq
    .all()
    .flatMap((rfq) => rfq.quotes)
    .filter((quote) => quote.account === member.name)
    .toSorted((a, b) => a.createdAt - b.createdAt);

/** Who asks sees all quotes, others their own; and not the number that somebody else gave it. */
function openRow(house: BackpackHouse, member: Member, rfq: Rfq): Record<string, unknown> {
  const own = rfq.account === member.name;
  const quotes = rfq.quotes.filter((quote) => quote.status === "New" && (own || quote.account === member.name));
  const row = liveRfq(rfq, house.times);
  return {
    rfq: own ? row : { ...row, clientId: null },
    quotes: quotes.map((quote) => ({
      ...liveQuote(quote, house.times),
      ...(quote.account === member.name ? {} : { clientId: null }),
    })),
  };
}

function readWish(fields: Fields, house: BackpackHouse) {
  const market = fields.need("symbol", readRfqMarket(fields, house), "MarketSymbol");
  const wish = {
    market,
    side: readSide(fields),
    quantity: fields.decimal("quantity"),
    quoteQuantity: fields.decimal("quoteQuantity"),
    price: fields.decimal("price"),
    mode: fields.word("executionMode", "RfqExecutionMode", ["AwaitAccept", "Immediate"] as const) ?? "AwaitAccept",
    clientId: fields.whole("clientId", u32, "uint32"),
    auto: readAuto(fields),
  } as const;
  return () => {
    if ((wish.quantity === undefined) === (wish.quoteQuantity === undefined))
      return refuse("INVALID_CLIENT_REQUEST", "Must specify either `quantity` or `quoteQuantity`");
    if (wish.price !== undefined && wish.mode !== "Immediate")
      return refuse("INVALID_CLIENT_REQUEST", "Only immediate requests may specify a `price`");
    if (wish.quantity !== undefined) readSize(market.spot, wish.quantity);
    if (wish.price !== undefined) readPrice(market.spot, wish.price);
    return wish;
  };
}
