// What is told of requests for quotes: to everybody, to who asks, to who quotes.
import type { Hub } from "../../hub.ts";
import { longNumber, plain } from "../../text.ts";
import type { Rfq } from "../desks/rfq.ts";
import type { BackpackHouse } from "../house.ts";

/** Starts telling; the desk lives as long as the house. */
export function startRfqStreams(house: BackpackHouse, hub: Hub): void {
  const { exchange, times } = house;
  const tell = (account: string, rfq: Rfq, data: Record<string, unknown>) => {
    for (const stream of ["account.rfqUpdate", `account.rfqUpdate.${rfq.market.symbol}`])
      if (hub.wanted(stream, account)) hub.publish(stream, data, account);
  };
  house.rfq.listen((news) => {
    const { rfq } = news;
    const now = exchange.now();
    const common = {
      e: news.event,
      E: times.emitted(now),
      R: longNumber(rfq.id),
      s: rfq.market.symbol,
      T: times.toldMicros(now),
    };
    const amount = rfq.quantity === undefined ? { Q: rfq.quoteQuantity } : { q: rfq.quantity };
    const window = { w: times.toldMs(rfq.submissionAt), W: times.toldMs(rfq.expiryAt) };
    const named = rfq.clientId === undefined ? {} : { C: String(rfq.clientId) };
    if (news.event === "rfqActive") {
      for (const account of exchange.accounts) tell(account, rfq, { ...common, ...amount, ...window, X: rfq.status });
      return;
    }
    if (news.event === "rfqAccepted" || news.event === "rfqRefreshed" || news.event === "rfqCancelled") {
      tell(rfq.account, rfq, { ...common, ...named, S: rfq.side, ...amount, ...window, X: rfq.status });
      return;
    }
    const { quote } = news;
    const u = longNumber(quote.id);
    const toQuoter = quote.clientId === undefined ? { u } : { u, C: String(quote.clientId) };
    if (news.event === "quoteAccepted" || news.event === "quoteCancelled") {
      if (quote.account !== undefined) tell(quote.account, rfq, { ...common, ...toQuoter, X: quote.status });
      return;
    }
    tell(rfq.account, rfq, {
      ...common,
      u,
      ...named,
      S: rfq.side,
      ...amount,
      p: plain(news.event === "rfqFilled" ? news.fill.price : news.price), // with the fee in it
      X: rfq.status,
    });
    if (news.event === "rfqFilled" && quote.account !== undefined)
      tell(quote.account, rfq, { ...common, ...toQuoter, p: plain(news.fill.quotePrice), X: quote.status });
  });
}
