// The rules that bind wishes, in plain English.

/** What each rule holds against a wish. */
export const enRules = {
  "rule.when-halted": "trading is halted until a person resumes",
  "rule.stale-market": "the book is too old or not to be trusted",
  "rule.price-band": "the price is too far from the market",
  "rule.size-factors": "after a fall from the best, orders are smaller",
  "rule.daily-loss": "the day's loss has reached its limit",
  "rule.drawdown": "the fall from the best has reached its limit",
  "rule.max-loss": "the loss of the run has reached its limit",
  "rule.daily-limit": "the day's volume or orders have reached their limit",
  "rule.funding-window": "funding is due: nothing new shortly before",
  "rule.max-naked": "the other leg is not hedged yet",
  "rule.max-position": "the position would be larger than allowed",
  "rule.max-notional": "the value held would be larger than allowed",
  "rule.max-leverage": "the leverage would be higher than allowed",
  "rule.margin": "the margin does not suffice",
  "rule.funds": "the free balance does not suffice",
  "rule.liquidation": "the liquidation price would be too near",
  "rule.own-cross": "it would trade with an own order",
  "rule.order-rate": "too many orders in too short a time",
  "rule.max-open-orders": "as many orders rest as are allowed",
} as const;
