// Why an order was not taken, in ten words for all venues.

/** Why a venue did not take an order. The venue's own code and words stay in the text beside it. */
export type RejectReason =
  | "would-take"
  | "off-grid"
  | "below-minimum"
  | "no-funds"
  | "reduce-only"
  | "self-trade"
  | "price-band"
  | "rate-limited"
  | "closed"
  | "other";
