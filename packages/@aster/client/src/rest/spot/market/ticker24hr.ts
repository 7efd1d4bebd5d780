// GET /api/v3/ticker/24hr: the last 24 hours.
import { oneOrMore } from "../../../wire/shapes.ts";
import { type DayTicker, dayTicker } from "../../../wire/ticker.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbolOrAll, ofSymbolOrAll, oneOr } from "../../params.ts";

/** `GET /api/v3/ticker/24hr`, public: of one market (1) or of all (40); always a list. */
export const ticker24hr: AsterEndpoint<OfSymbolOrAll, DayTicker[]> = {
  service: "spot",
  security: "none",
  method: "GET",
  path: "/api/v3/ticker/24hr",
  v1: "/api/v1/ticker/24hr",
  v3: "/api/v3/ticker/24hr",
  params: ofSymbolOrAll,
  answer: oneOrMore(dayTicker),
  lane: "read",
  weight: oneOr(40),
};
