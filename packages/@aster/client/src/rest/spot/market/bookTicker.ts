// GET /api/v3/ticker/bookTicker: best bids and asks.
import { oneOrMore } from "../../../wire/shapes.ts";
import { type BookTicker, touchTicker } from "../../../wire/ticker.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbolOrAll, ofSymbolOrAll, oneOr } from "../../params.ts";

/** `GET /api/v3/ticker/bookTicker`, public: of one market (1) or of all (2); always a list. */
export const bookTicker: AsterEndpoint<OfSymbolOrAll, BookTicker[]> = {
  service: "spot",
  security: "none",
  method: "GET",
  path: "/api/v3/ticker/bookTicker",
  v1: "/api/v1/ticker/bookTicker",
  v3: "/api/v3/ticker/bookTicker",
  params: ofSymbolOrAll,
  answer: oneOrMore(touchTicker),
  lane: "read",
  weight: oneOr(2),
};
