// The venue's codes and statuses as the ten reasons that strategies and rules understand.
import type { Ending, RefusalMeaning, WhichOrder } from "@bp/adapter";
import type { OrderExpired, RejectReason } from "@bp/core";

const codes: Readonly<Partial<Record<RejectReason, readonly number[]>>> = {
  "would-take": [-5022],
  "off-grid": [-1111, -4014, -4023],
  "below-minimum": [-4003, -4004, -4164, -5076],
  "no-funds": [-2018, -2019, -2027, -4050, -4051, -5018],
  "reduce-only": [-2022, -2024, -4118],
  "price-band": [-4002, -4013, -4016, -4024, -4131, -4183, -4184, -5060],
  "rate-limited": [-1003, -1015],
  closed: [-1016, -2016, -4140, -4141],
};
const byCode = new Map<string, RejectReason>(
  Object.entries(codes).flatMap(([reason, list]) =>
    list.map((code) => [String(code), reason as RejectReason] as const),
  ), // keys of the table above
);
const byWords: readonly (readonly [RegExp, RejectReason])[] = [
  [/immediately match|post.?only|taker/i, "would-take"],
  [/insufficient|not enough|balance/i, "no-funds"],
  [/reduce.?only/i, "reduce-only"],
];

/**
 * What a refusal means. The code decides; the words refine the one general code, -2010, which the spot market uses for want of money
 * too. A client id that is in use says that the order stands already: it had arrived before.
 */
export function refusalOf(code: string, message: string): RefusalMeaning {
  if (code === "-4116" || /duplicate|client ?order ?id.{0,30}(?:exist|in use|used)/i.test(message)) return "stands";
  const text = `${code}: ${message}`;
  const known = byCode.get(code);
  if (known !== undefined) return { reason: known, text };
  if (code === "-2010") for (const [words, reason] of byWords) if (words.test(message)) return { reason, text };
  return { reason: "other", text };
}

/** Types of orders that wait for a trigger: their end may be a beginning. */
export function isConditional(type: string | null | undefined): boolean {
  return type !== null && type !== undefined && /^(?:STOP|TAKE_PROFIT|TRAILING_STOP)/.test(type);
}

/**
 * How a status ends an order. `undefined`: it stands (NEW, PARTIALLY_FILLED), is filled, or is not understood.
 *
 * @param filled - lots of it that have traded
 */
export function endingOf(status: string, tif: WhichOrder["tif"], filled: number): Ending | undefined {
  if (status === "CANCELED") return { type: "order.cancelled" };
  const expired = status.startsWith("EXPIRED");
  if (!expired && !status.startsWith("REJECTED")) return undefined;
  return { type: "order.expired", reason: expired ? reasonOfExpiry(status, tif, filled) : "other", text: status };
}

/** The venue gives no reason. Which kind of order it was tells as much as can be told. */
function reasonOfExpiry(status: string, tif: WhichOrder["tif"], filled: number): OrderExpired["reason"] {
  if (status === "EXPIRED_IN_MATCH") return "self-trade";
  if (tif === "gtx" && filled === 0) return "would-take";
  if (tif === "ioc" || tif === "fok") return "filled-what-it-could";
  // An order that may rest is ended by self-trade prevention or by maintenance; both want the slot to rest for a while.
  return tif === "gtc" ? "self-trade" : "other";
}

/** Whether the order goes on: it rests, or is about to be matched. */
export function isOpen(status: string): boolean {
  return status === "NEW" || status === "PARTIALLY_FILLED";
}
