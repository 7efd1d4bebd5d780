// An order as it is sent: its fields read before the signature is checked, made into a request for the exchange after it.
import { decimal, type Instrument } from "@bp/core";
import type { AttachedOrder, OrderRequest } from "@bp/sim";
import { plain } from "../../text.ts";
import type { Member } from "../accounts.ts";
import type { Fields } from "../fields.ts";
import type { BackpackHouse } from "../house.ts";
import type { Auto, OrderNote, Wished } from "../notes.ts";
import { refuse } from "../refuse.ts";
import { readPrice, readSize } from "./grid.ts";
import { needMarket } from "./read.ts";
import { bounded, type Tolerance } from "./slippage.ts";
import { references, triggerOf, triggerSize } from "./trigger.ts";

const u32 = 0xffff_ffff;
export const preventions = {
  RejectTaker: "reject-taker",
  RejectMaker: "reject-maker",
  RejectBoth: "reject-both",
} as const;

/** An order as it was read. */
export interface Draft {
  readonly market: Instrument;
  /** Engine checks come after the signature, so what is wrong with the order waits until then. */
  readonly ready: (member: Member) => Wished;
}

/** The four flags of spot margin. */
export function readAuto(fields: Fields): Auto {
  return {
    lend: fields.flag("autoLend") ?? false,
    redeem: fields.flag("autoLendRedeem") ?? false,
    borrow: fields.flag("autoBorrow") ?? false,
    repay: fields.flag("autoBorrowRepay") ?? false,
  };
}

/** A note of the flags; none when none is set. */
export const autoNote = (auto: Auto): Pick<OrderNote, "auto"> => (Object.values(auto).includes(true) ? { auto } : {});

export function readSlippage(fields: Fields): Tolerance | undefined {
  const tolerance = fields.decimal("slippageTolerance");
  const type = fields.word("slippageToleranceType", "SlippageToleranceType", ["TickSize", "Percent"] as const);
  return tolerance === undefined ? undefined : { tolerance, type };
}

export const readSide = (fields: Fields): "Bid" | "Ask" =>
  fields.need("side", fields.word("side", "Side", ["Bid", "Ask"] as const), "Side");

export const readPrevention = (fields: Fields): keyof typeof preventions =>
  fields.word("selfTradePrevention", "SelfTradePrevention", ["RejectTaker", "RejectMaker", "RejectBoth"] as const) ??
  "RejectTaker";

export const readTif = (fields: Fields): "GTC" | "IOC" | "FOK" =>
  fields.word("timeInForce", "TimeInForce", ["GTC", "IOC", "FOK"] as const) ?? "GTC";

export const tifs = { GTC: "gtc", IOC: "ioc", FOK: "fok" } as const;

interface Legs {
  readonly by: (typeof references)[number] | undefined;
  readonly trigger: string | undefined;
  readonly limit: string | undefined;
}

function readLegs(fields: Fields, kind: "takeProfit" | "stopLoss"): Legs {
  return {
    trigger: fields.decimal(`${kind}TriggerPrice`),
    by: fields.word(`${kind}TriggerBy`, "TriggerBy", references),
    limit: fields.decimal(`${kind}LimitPrice`),
  };
}

/** Reads an order. */
export function readDraft(fields: Fields, house: BackpackHouse): Draft {
  const market = needMarket(fields, house);
  const side = readSide(fields);
  const type = fields.need(
    "orderType",
    fields.word("orderType", "OrderTypeEnum", ["Limit", "Market"] as const),
    "OrderTypeEnum",
  );
  const price = fields.decimal("price");
  const quantity = fields.decimal("quantity");
  const quoteQuantity = fields.decimal("quoteQuantity");
  const tif = readTif(fields);
  const postOnly = fields.flag("postOnly") ?? false;
  const reduceOnly = fields.flag("reduceOnly") ?? false;
  const prevention = readPrevention(fields);
  const clientId = fields.whole("clientId", u32, "uint32");
  fields.whole("brokerId", 0xffff, "uint16");
  const auto = readAuto(fields);
  const triggerPrice = fields.decimal("triggerPrice");
  const triggerQuantity = fields.text("triggerQuantity");
  const triggerBy = fields.word("triggerBy", "TriggerBy", references);
  const takeProfit = readLegs(fields, "takeProfit");
  const stopLoss = readLegs(fields, "stopLoss");
  const slippage = readSlippage(fields);

  const common = {
    instrument: market.id,
    side: side === "Bid" ? "buy" : "sell",
    tif: tifs[tif],
    postOnly,
    reduceOnly,
    selfTradePrevention: preventions[prevention],
    ...(clientId === undefined ? {} : { clientId }),
  } as const;

  const waiting = (member: Member, at: string, text: string): Wished => {
    const note: OrderNote = {
      triggerQuantity: text,
      ...(triggerBy === undefined ? {} : { triggerBy }),
      ...(slippage === undefined ? {} : { slippage }),
      ...autoNote(auto),
    };
    if (quantity !== undefined || quoteQuantity !== undefined)
      return refuse("INVALID_CLIENT_REQUEST", "Conditional orders must specify a `triggerQuantity` alone");
    if (type === "Limit" && price === undefined)
      return refuse("INVALID_CLIENT_REQUEST", "Limit orders must specify a `price` and a `triggerQuantity`");
    const limit = type === "Limit" && price !== undefined ? { price: readPrice(market, price) } : {};
    const trigger = triggerOf(house, market, common.side, readPrice(market, at), triggerBy);
    const amount = triggerSize(house, member, market, common.side, text, price ?? at, type);
    const request = { ...common, ...limit, ...amount, type: type === "Limit" ? "limit" : "market", trigger } as const;
    return { note, request: { ...request, ...attached() } };
  };

  const attached = (): Pick<OrderRequest, "attached"> => {
    const legs = {
      ...legOf(house, market, common.side, takeProfit, "takeProfit"),
      ...legOf(house, market, common.side, stopLoss, "stopLoss"),
    };
    return Object.keys(legs).length === 0 ? {} : { attached: legs };
  };

  const ready = (member: Member): Wished => {
    if ((triggerPrice === undefined) !== (triggerQuantity === undefined))
      return refuse("INVALID_CLIENT_REQUEST", "Must specify both `triggerPrice` and `triggerQuantity` or neither");
    if (slippage !== undefined && type === "Limit")
      return refuse("INVALID_CLIENT_REQUEST", "Only market orders may specify a `slippageTolerance`");
    if (triggerPrice !== undefined && triggerQuantity !== undefined)
      return waiting(member, triggerPrice, triggerQuantity);
    const legs = attached();
    const note: OrderNote = {
      ...(takeProfit.by === undefined ? {} : { takeProfitBy: takeProfit.by }),
      ...(stopLoss.by === undefined ? {} : { stopLossBy: stopLoss.by }),
      ...(slippage === undefined ? {} : { slippage }),
      ...autoNote(auto),
    };
    if (type === "Market") {
      if ((quantity === undefined) === (quoteQuantity === undefined))
        return refuse("INVALID_CLIENT_REQUEST", "Market orders must specify a `quantity` or `quoteQuantity`");
      const amount =
        quantity === undefined
          ? { quoteSize: decimal(plain(quoteQuantity ?? "0")) }
          : { size: readSize(market, quantity) };
      const request: OrderRequest = { ...common, ...amount, ...legs, type: "market" };
      return slippage === undefined ? { request, note } : bounded(house, market, request, note, slippage);
    }
    if (price === undefined || quantity === undefined)
      return refuse("INVALID_CLIENT_REQUEST", "Limit orders must specify a `price` and a `quantity`");
    if (quoteQuantity !== undefined)
      return refuse("INVALID_CLIENT_REQUEST", "Limit orders must not specify a `quoteQuantity`");
    const exact = { price: readPrice(market, price), size: readSize(market, quantity) };
    return { note, request: { ...common, ...exact, ...legs, type: "limit" } };
  };
  return { market, ready };
}

function legOf(
  house: BackpackHouse,
  market: Instrument,
  side: "buy" | "sell",
  { trigger, by, limit }: Legs,
  kind: "takeProfit" | "stopLoss",
): Readonly<Record<string, AttachedOrder>> {
  if (trigger === undefined) {
    if (limit === undefined && by === undefined) return {};
    return refuse("INVALID_CLIENT_REQUEST", `Must specify a \`${kind}TriggerPrice\``);
  }
  const above = (side === "buy") === (kind === "takeProfit");
  const at = triggerOf(house, market, side, readPrice(market, trigger), by);
  return {
    [kind]: {
      trigger: { ...at, when: above ? "above" : "below" },
      ...(limit === undefined ? {} : { limit: readPrice(market, limit) }),
    },
  };
}
