// The house answers every request for quotes after a moment, so that somebody alone sees it work.
import { priceText, ticks } from "@bp/core";
import type { House } from "../../house.ts";
import { noAuto } from "../notes.ts";
import { markOf } from "../positions.ts";
import type { RfqDesk } from "./rfq.ts";

const momentMs = 500; // exchange time
const halfSpread = 0.0005; // of the mark

/** Quotes around the mark of the spot market, five basis points to each side, on its ticks. */
export function startQuoter(house: House, desk: RfqDesk): void {
  const { exchange, agenda } = house;
  desk.listen((news) => {
    if (news.event !== "rfqActive" && news.event !== "rfqRefreshed") return;
    const { rfq } = news;
    agenda.at(exchange.now() + momentMs, () => {
      const { spot } = rfq.market;
      const mark = markOf(exchange, spot).div(spot.tickSize).toNumber();
      if (rfq.status !== "New" || mark <= 0) return;
      const bid = priceText(spot, ticks(Math.max(1, Math.floor(mark * (1 - halfSpread)))));
      const ask = priceText(spot, ticks(Math.ceil(mark * (1 + halfSpread))));
      desk.quote(undefined, String(rfq.id), { bid, ask, clientId: undefined, auto: noAuto });
    });
  });
}
