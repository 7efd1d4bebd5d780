// Futures: position mode, multi-assets mode, self-trade prevention, leverage, margin type, isolated margin, fees.
import { symbolOf } from "@bp/core";
import { Big } from "big.js";
import { stpModes } from "../accounts.ts";
import { missing, refuse, success } from "../refuse.ts";
import { both, newer, type Route, signed } from "../route.ts";
import { exactly } from "../wire/numbers.ts";
import { mostNotional, readPosition } from "./draft.ts";
import { needMarket, pageOf, readLimit, readMarket, readSpan } from "./read.ts";
import { refusedChange } from "./refusals.ts";

const mostLeverage = 125;

export const settingRoutes: readonly Route[] = [
  signed("POST", both("positionSide/dual"), 1, (house, member, fields) => {
    const hedge = fields.flag("dualSidePosition") ?? missing("dualSidePosition");
    const mode = hedge ? "hedge" : "one-way";
    if (house.exchange.positionMode(member.name) === mode) return refuse(-4059, "No need to change position side.");
    const result = house.exchange.setPositionMode(member.name, mode);
    if (!result.ok)
      throw refusedChange(result.refusal, {
        "open-orders": [-4067, "Position side cannot be changed if there exists open orders."],
        "open-positions": [-4068, "Position side cannot be changed if there exists position."],
      });
    house.notify({ kind: "modes", account: member.name });
    return success;
  }),
  signed("GET", both("positionSide/dual"), 30, (house, member) => ({
    dualSidePosition: house.exchange.positionMode(member.name) === "hedge",
  })),
  signed("POST", both("multiAssetsMargin"), 1, (house, member, fields) => {
    const on = fields.flag("multiAssetsMargin") ?? missing("multiAssetsMargin");
    if (house.exchange.multiAssets(member.name) === on) return refuse(-4171, "No need to change Joint Margin setting.");
    const result = house.exchange.setMultiAssets(member.name, on);
    if (!result.ok)
      throw refusedChange(result.refusal, {
        isolated: [-4168, "Unable to adjust to Multi-Assets mode with symbols of isolated-margin"],
      });
    house.notify({ kind: "modes", account: member.name });
    return success;
  }),
  signed("GET", both("multiAssetsMargin"), 30, (house, member) => ({
    multiAssetsMargin: house.exchange.multiAssets(member.name),
  })),
  signed("POST", newer("stpMode"), 1, (_house, member, fields) => {
    member.stpMode =
      fields.word("stpMode", stpModes, -1130, "Data sent for parameter 'stpMode' is not valid.") ?? missing("stpMode");
    return success;
  }),
  signed("GET", newer("stpMode"), 30, (_house, member) => ({ stpMode: member.stpMode })),
  signed("POST", both("leverage"), 1, (house, member, fields) => {
    const market = needMarket(house, fields);
    const leverage = fields.whole("leverage") ?? missing("leverage");
    const most = house.bracketsOf(market)[0]?.leverage ?? mostLeverage;
    if (leverage < 1 || leverage > most) return refuse(-4028, `Leverage ${leverage} is not valid`);
    const result = house.exchange.setLeverage(member.name, leverage, market.id);
    if (!result.ok) throw refusedChange(result.refusal);
    house.notify({ kind: "leverage", account: member.name, market, leverage });
    return {
      leverage,
      maxNotionalValue: String(mostNotional(house, market, leverage) ?? 0),
      symbol: symbolOf(market.id),
    };
  }),
  signed("POST", both("marginType"), 1, (house, member, fields) => {
    const market = needMarket(house, fields);
    const word =
      fields.word(
        "marginType",
        ["ISOLATED", "CROSSED"] as const,
        -1130,
        "Data sent for parameter 'marginType' is not valid.",
      ) ?? missing("marginType");
    const type = word === "ISOLATED" ? "isolated" : "cross";
    if (house.exchange.marginType(member.name, market.id) === type)
      return refuse(-4046, "No need to change margin type.");
    const result = house.exchange.setMarginType(member.name, market.id, type);
    if (!result.ok) throw refusedChange(result.refusal);
    house.notify({ kind: "margin-type", account: member.name, market });
    return success;
  }),
  signed("POST", both("positionMargin"), 1, (house, member, fields) => {
    const market = needMarket(house, fields);
    const { positionSide } = readPosition(house, member, fields);
    const amount = fields.decimal("amount") ?? missing("amount");
    const type = fields.whole("type") ?? missing("type");
    if (type !== 1 && type !== 2) return refuse(-1130, "Data sent for parameter 'type' is not valid.");
    if (new Big(amount).lte(0)) return refuse(-4055, "Amount must be positive.");
    const signedAmount = new Big(amount).times(type === 1 ? 1 : -1).toFixed();
    const result = house.because("MARGIN_TRANSFER", () =>
      house.exchange.addIsolated(member.name, market.id, signedAmount, positionSide),
    );
    if (!result.ok)
      throw refusedChange(result.refusal, {
        isolated: [-4049, "Add margin only support for isolated position."],
        "no-margin": type === 1 ? [-4050, "Cross balance insufficient."] : [-4051, "Isolated balance insufficient."],
      });
    house.marginMoves.push({
      account: member.name,
      market,
      amount: exactly(amount),
      type,
      positionSide: positionSide?.toUpperCase() ?? "BOTH",
      at: house.exchange.now(),
    });
    return { amount: new Big(amount).toNumber(), code: 200, msg: "Successfully modify position margin.", type };
  }),
  signed("GET", both("positionMargin/history"), 1, (house, member, fields) => {
    const market = needMarket(house, fields);
    const type = fields.whole("type");
    const { from, to } = readSpan(fields);
    const rows = house.marginMoves
      .filter(
        (move) => move.account === member.name && move.market.id === market.id && (type ?? move.type) === move.type,
      )
      .map((move) => ({
        amount: move.amount,
        asset: market.quote,
        symbol: symbolOf(market.id),
        time: house.times.toldMs(move.at),
        type: move.type,
        positionSide: move.positionSide,
      }))
      .filter(({ time }) => time >= from && time <= to);
    return pageOf(rows, readLimit(fields, 500, 500), from > 0);
  }),
  signed("GET", both("leverageBracket"), 1, (house, _member, fields) => {
    const row = (market: Parameters<typeof house.bracketsOf>[0]) => ({
      symbol: symbolOf(market.id),
      brackets: house.bracketsOf(market).map(({ leverage, cap, floor, rate, cum }, at) => ({
        bracket: at + 1,
        initialLeverage: leverage,
        notionalCap: cap,
        notionalFloor: floor,
        maintMarginRatio: rate,
        cum,
      })),
    });
    const market = readMarket(house, fields);
    return market === undefined ? house.markets().map(row) : row(market);
  }),
  signed("GET", ["v1/remainingOpenableNotionalValue"], 20, (house, member, fields) => {
    const market = needMarket(house, fields);
    const leverage = fields.whole("leverage") ?? missing("leverage");
    const most = mostNotional(house, market, leverage) ?? 0;
    const mark = house.markOf(market);
    const held = house.exchange
      .positions(member.name)
      .filter(({ instrument }) => instrument === market.id)
      .reduce((sum, { size }) => sum.plus(new Big(size).abs().times(market.lotSize).times(mark)), new Big(0));
    const left = new Big(most).minus(held);
    return { remainingOpenableNotionalValue: left.gt(0) ? left.round(8).toNumber() : 0 };
  }),
];

/** What both services have. */
export const feeRoutes: readonly Route[] = [
  signed("GET", both("commissionRate"), 20, (house, member, fields) => {
    const market = needMarket(house, fields);
    const { maker, taker } = house.exchange.terms(member.name, market.id);
    const text = (rate: string) => new Big(rate).toFixed(6);
    return { symbol: symbolOf(market.id), makerCommissionRate: text(maker), takerCommissionRate: text(taker) };
  }),
];
