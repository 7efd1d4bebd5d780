// The plan as a person reads it before real money moves.
import type { Script } from "../face/script.ts";
import type { Plan, PlannedMarket } from "./shape.ts";

const words = {
  en: {
    plan: "Plan",
    resumes: "resumes run",
    markets: "Markets",
    account: "Account",
    foreign: "Not ours",
    orders: "First orders",
    none: "none yet: the market or the funds do not allow any",
    needs: "Capital and margin",
    worst: "Worst case",
    limits: "Limits",
    money: "Fees and break-even",
    funding: "Funding",
    rates: "Requests",
    conflicts: "Stands in the way",
    warnings: "Warnings",
    free: "free",
    unknown: "unknown",
  },
  hans: {
    plan: "计划",
    resumes: "继续运行",
    markets: "市场",
    account: "账户",
    foreign: "非本程序",
    orders: "首批订单",
    none: "暂无：市场或资金不允许",
    needs: "资金与保证金",
    worst: "最坏情况",
    limits: "限制",
    money: "手续费与盈亏平衡",
    funding: "资金费率",
    rates: "请求额度",
    conflicts: "障碍",
    warnings: "警告",
    free: "可用",
    unknown: "未知",
  },
  hant: {
    plan: "計劃",
    resumes: "繼續執行",
    markets: "市場",
    account: "帳戶",
    foreign: "非本程式",
    orders: "首批訂單",
    none: "暫無：市場或資金不允許",
    needs: "資金與保證金",
    worst: "最壞情況",
    limits: "限制",
    money: "手續費與損益平衡",
    funding: "資金費率",
    rates: "請求額度",
    conflicts: "障礙",
    warnings: "警告",
    free: "可用",
    unknown: "未知",
  },
} as const;

/** A liquidation price farther away than this, in percent, is none that a person has to think of. */
const farPct = 500;

/** The plan, a line an element. */
export function planText(plan: Plan, script: Script): readonly string[] {
  const say = words[script];
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
  return [
    `${say.plan} (${plan.place})${plan.resumes === undefined ? "" : ` · ${say.resumes} ${plan.resumes}`}`,
    ...section(say.markets, plan.markets.flatMap(marketLines)),
    ...section(
      say.account,
      plan.holdings.map(
        ({ venue, asset, total, free }) => `${venue.padEnd(14)} ${total} ${asset} (${say.free} ${free})`,
      ),
    ),
    ...section(
      say.foreign,
      plan.foreign.flatMap(({ venue, orders, positions }) => [
        ...(orders === 0 ? [] : [`${venue}: ${orders} resting orders, left alone`]),
        ...positions.map((each) => `${venue}: ${each}`),
      ]),
    ),
    ...section(
      say.orders,
      plan.orders.length === 0
        ? [say.none]
        : plan.orders.map(
            ({ instrument, side, size, price, notional, how }) =>
              `${instrument}  ${side.padEnd(4)} ${size} @ ${price}  = ${notional}  ${how}`,
          ),
    ),
    ...section(
      say.needs,
      plan.needs.map(
        ({ venue, asset, what, needed, free }) =>
          `${venue.padEnd(14)} ${needed} ${asset} ${what}; ${say.free} ${free ?? say.unknown}`,
      ),
    ),
    ...section(
      say.worst,
      plan.worst.map(
        ({ instrument, position, notional, loss, movePct, liquidation }) =>
          `${instrument}  ${position} (${notional}); ${movePct} % against it is -${loss}${liquidation === undefined || Number(liquidation.distancePct) > farPct ? "" : `; liquidation near ${liquidation.price}, ${liquidation.distancePct} % away`}`,
      ),
    ),
    ...section(say.limits, limitLines(plan)),
    ...section(
      say.money,
      plan.estimates.map(
        ({ strategy, breakEven, edgePct, feesPct, costPer10k, assumes }) =>
          `${strategy}: break-even ${breakEven.makerMaker} % maker/maker, ${breakEven.makerTaker} % maker/taker, ${breakEven.takerTaker} % taker/taker; ` +
          `plans ${edgePct ?? "0"} %, pays ${feesPct} % a round trip; cost per 10,000 of volume ${costPer10k} (${assumes})`,
      ),
    ),
    ...section(
      say.funding,
      plan.markets
        .filter(({ fundingAt }) => fundingAt.length > 0)
        .map(
          ({ instrument, fundingAt, fundingRatePct }) =>
            `${instrument}  ${fundingAt.map((at) => at.slice(5, 16).replace("T", " ")).join(", ")} UTC; rate now ${fundingRatePct ?? say.unknown} %`,
        ),
    ),
    ...section(
      say.rates,
      plan.rates.map(
        ({ venue, ordersPerMinute, mostPerMinute, allowedPerMinute }) =>
          `${venue.padEnd(14)} about ${ordersPerMinute} a minute on a market that stands still, ${mostPerMinute} at most when it moves; the venue allows ${allowedPerMinute}, and cancels and protective orders keep a purse of their own`,
      ),
    ),
    ...section(say.conflicts, plan.conflicts),
    ...section(say.warnings, plan.warnings),
  ];
}

function marketLines(market: PlannedMarket): readonly string[] {
  const { instrument, state, tickSize, lotSize, minSize, minNotional, makerPct, takerPct, bid, ask } = market;
  const notional = minNotional === "0" ? "" : `, at least ${minNotional} quote`;
  return [
    `${instrument}  ${state}; tick ${tickSize}, lot ${lotSize}, minimum ${minSize}${notional}; maker ${makerPct} %, taker ${takerPct} %; bid ${bid ?? "none"}, ask ${ask ?? "none"}`,
  ];
}

/** Limits as a person reads them: those of single markets beside their names, pairs with an `and`. */
function limitLines({ limits, protections }: Plan): readonly string[] {
  const shown = Object.entries(limits).filter(([, value]) => value !== undefined);
  const text = (value: unknown): string => {
    if (Array.isArray(value))
      return value.map((each) => (Array.isArray(each) ? each.join(" and ") : text(each))).join("; ");
    if (typeof value === "object" && value !== null)
      return Object.entries(value)
        .map(([key, each]) => `${key} ${text(each)}`)
        .join(", ");
    return String(value);
  };
  return [
    ...shown.map(([key, value]) => `${key}: ${text(value)}`),
    ...protections.map(({ strategy, key, value }) => `${strategy}.${key}: ${value}`),
  ];
}
