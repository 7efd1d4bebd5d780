// S1's `backpack_trading_config.json`: a ladder of buys with a take profit, in the words of three generations of it.
import { Big, type InstrumentId } from "@bp/core";
import type { Draft, NamedAddress } from "../draft.ts";
import { doubtFraction } from "../percent.ts";
import type { Reader } from "../reader.ts";

const at = "strategies.0.params";
const above0 = (value: Big) => value.gt(0);
const sections = ["actions", "advanced", "trading", ""] as const;

/** Percentages, and below what a fraction may be meant: people take 7, 50 and 0.2 to 5. */
const doubtful = [
  ["maxDropPercentage", "maxDropPct", "0.5"],
  ["incrementPercentage", "incrementPct", "1"],
  ["takeProfitPercentage", "takeProfitPct", "0.05"],
] as const;

/** Reads it. Missing keys are those of the sample. @throws BpError `config/invalid` */
export function readLadder(read: Reader): Draft {
  const coin = read
    .text("trading.tradingCoin", "a coin such as BTC", (text) => /^[A-Za-z0-9]{1,20}$/.test(text), {
      otherwise: "BTC",
      to: `${at}.instrument`,
    })
    .toUpperCase();
  const instrument: InstrumentId = `backpack:${coin}_USDC`;
  const params: Record<string, unknown> = {
    instrument,
    totalAmount: read.decimal("trading.totalAmount", "an amount of USDC above 0", above0, {
      otherwise: "1000",
      to: `${at}.totalAmount`,
    }),
    orderCount: read.whole("trading.orderCount", 1, 100, { otherwise: 9, to: `${at}.orderCount` }),
    maxDropPct: read.decimal(
      "trading.maxDropPercentage",
      "a percentage between 0 and 100",
      (value) => value.gt(0) && value.lt(100),
      {
        otherwise: "7",
        to: `${at}.maxDropPct`,
      },
    ),
    incrementPct: read.decimal("trading.incrementPercentage", "a percentage, 0 or more", (value) => value.gte(0), {
      otherwise: "50",
      to: `${at}.incrementPct`,
    }),
    takeProfitPct: read.decimal("trading.takeProfitPercentage", "a percentage above 0", above0, {
      otherwise: "0.2",
      to: `${at}.takeProfitPct`,
    }),
    tpMode: "net",
    minOrderAmount: read.decimal("advanced.minOrderAmount", "an amount of USDC above 0", above0, {
      otherwise: "10",
      to: `${at}.minOrderAmount`,
    }),
    ...stepsOf(read, coin),
    restartAfterTakeProfit: renamed(
      read,
      "restartAfterTakeProfit",
      "autoRestartAfterTakeProfit",
      true,
      `${at}.restartAfterTakeProfit`,
    ),
    reanchorOnNoFill: read.yes("actions.autoRestartNoFill", { otherwise: true, to: `${at}.reanchorOnNoFill` }),
    noFillRestartMs: ms(
      read.decimal("advanced.noFillRestartMinutes", "minutes above 0", above0, {
        otherwise: "3",
        to: `${at}.noFillRestartMs`,
      }),
      60_000,
    ),
  };
  for (const [key, to, below] of doubtful)
    doubtFraction(read, `trading.${key}`, String(params[to]), below, `${at}.${to}`);
  read.note(
    "trading.takeProfitPercentage",
    "changed",
    "counted after the fees of both sides (tpMode net); the original counts them not at all: tpMode gross in our own format",
    `${at}.takeProfitPct`,
  );
  if (any(read, "quickRestartAfterTakeProfit") !== undefined) {
    const key = any(read, "quickRestartAfterTakeProfit") ?? "";
    if (read.yes(key, { to: `${at}.restartDelayMs`, changed: "the new ladder follows at once" }))
      params["restartDelayMs"] = 0;
  }

  const clears = renamed(read, "cancelAllOrders", "autoCancelOrders", true, "prepare.clearOrders");
  const sells = read.yes("actions.sellNonUsdcAssets", { otherwise: true, to: "prepare.sellOff" });
  const minValue = read.decimal(
    "advanced.sellNonUsdcMinValue",
    "an amount of USDC, 0 or more",
    (value) => value.gte(0),
    {
      otherwise: "10",
      ...(sells ? { to: "prepare.sellOff.minValue" } : {}),
    },
  );
  const { notLive, addresses } = dialects(read);
  const seconds = screenSeconds(read);
  read.drop(["advanced.checkOrdersIntervalMinutes"], "orders are followed as they change, not by a timer");

  return {
    system: "ladder",
    accounts: {
      backpack: {
        key: read.secret(["api.publicKey"], "accounts.backpack.key"),
        secret: read.secret(["api.privateKey"], "accounts.backpack.secret"),
      },
    },
    keyNames: { backpack: { key: read.nameOf("api.publicKey"), secret: read.nameOf("api.privateKey") } },
    strategies: [{ name: "ladder", use: "ladder", params }],
    prepare: {
      ...(clears ? { clearOrders: [instrument] } : {}),
      ...(sells ? { sellOff: { venue: "backpack", minValue, consent: [] } } : {}),
    },
    addresses,
    ...(notLive === undefined ? {} : { notLive }),
    logs: { folder: "logs", file: "trading_{date}.log", errorFile: "error_{date}.log", level: "info", keep: 30 },
    screenSeconds: seconds,
  };
}

/** Steps that are coarser than the market's, and the smallest quantity: of the coin, else of `DEFAULT`. 0 decimals are decimals. */
function stepsOf(read: Reader, coin: string): Readonly<Record<string, string>> {
  const own = (group: string) => [`${group}.${coin}`, `${group}.DEFAULT`].find((path) => read.has(path));
  const steps: Record<string, string> = {};
  const quantity = own("quantityPrecisions");
  if (quantity !== undefined) steps["quantityStep"] = step(read.whole(quantity, 0, 18, { to: `${at}.quantityStep` }));
  const price = own("pricePrecisions");
  const decimals = price === undefined ? undefined : step(read.whole(price, 0, 18, { to: `${at}.priceStep` }));
  const tick = read.has("advanced.priceTickSize")
    ? read.decimal("advanced.priceTickSize", "a price step above 0", above0, { to: `${at}.priceStep` })
    : undefined;
  const [coarser] = [decimals, tick].filter((each) => each !== undefined).toSorted((a, b) => new Big(b).cmp(a));
  if (coarser !== undefined) steps["priceStep"] = coarser;
  const least = own("minQuantities");
  if (least !== undefined)
    steps["minQuantity"] = read.decimal(least, "a quantity above 0", above0, { to: `${at}.minQuantity` });
  read.skip(["quantityPrecisions", "pricePrecisions", "minQuantities"]);
  return steps;
}

const step = (decimals: number) => new Big(10).pow(-decimals).toFixed();
const ms = (text: string, unit: number) => Math.max(1, Number(new Big(text).times(unit).round(0).toFixed()));

/** Where a key stands, whichever group it was put into. */
const any = (read: Reader, key: string): string | undefined =>
  sections.map((section) => (section === "" ? key : `${section}.${key}`)).find((path) => read.has(path));

/** A switch under its name of today or of earlier. */
function renamed(read: Reader, today: string, earlier: string, otherwise: boolean, to: string): boolean {
  const old = any(read, earlier);
  if (old === undefined || read.has(`actions.${today}`)) {
    if (old !== undefined) read.drop([old], `actions.${today} says it already`);
    return read.yes(`actions.${today}`, { otherwise, to });
  }
  const value = read.yes(old, { to });
  read.note(old, "mapped", `an earlier name of actions.${today}`, to);
  return value;
}

/** How often the dashboard is shown, in seconds. */
function screenSeconds(read: Reader): number {
  const today = "advanced.monitorIntervalSeconds";
  const earlier = [any(read, "priceCheckInterval"), any(read, "orderCheckInterval")].filter(
    (each) => each !== undefined,
  );
  const old = read.has(today) ? undefined : earlier[0];
  read.drop(
    earlier.filter((each) => each !== old),
    "prices and orders are followed as they change",
  );
  const text = read.decimal(old ?? today, "a time above 0", above0, {
    otherwise: "15",
    to: "screenSeconds",
  });
  if (old === undefined) return Math.min(60, Number(text));
  read.note(old, "mapped", `an earlier name of ${today}, in ms: how often the screen is shown`, "screenSeconds");
  return Math.min(60, Number(text) / 1_000);
}

/** The keys of ancestors and descendants. */
function dialects(read: Reader): {
  readonly addresses: readonly NamedAddress[];
  readonly notLive?: NonNullable<Draft["notLive"]>;
} {
  const drop = (keys: readonly string[], why: string, outcome: "ignored" | "refused" = "ignored") =>
    read.drop(
      keys.map((key) => any(read, key)).filter((path) => path !== undefined),
      why,
      outcome,
    );
  drop(["initialPrice"], "a ladder hangs from the market's price of the moment", "refused");
  drop(["maxRetries"], "a request is asked after, and repeated only when that is safe");
  drop(
    ["martingaleEnabled", "martingaleMultiplier", "Multiplier", "multiplier", "maxConsecutiveLosses"],
    "stakes are not raised after losses; incrementPercentage shapes the ladder",
    "refused",
  );
  drop(
    ["skipFirstOrderIfPositioned", "minPositionValueThreshold"],
    "the ladder keeps its own inventory apart and goes on with it",
  );
  drop(["maxPriceDifference"], "prices are exact, and an order moves only when its rung does");
  drop(["realTimePositionCheck", "positionDifferenceThreshold"], "positions are always compared with the venue's");
  drop(["cancelOrdersOnExit"], "orders of the bot are always cancelled at the end, and those alone");
  const addresses: NamedAddress[] = [];
  if (read.has("websocket.url")) {
    const url = read.text("websocket.url", "an address", () => true, { to: "accounts.backpack.wsUrl" });
    addresses.push({ name: read.nameOf("websocket.url"), venue: "backpack", kind: "ws", url });
  }
  read.drop(["websocket.options"], "how a lost stream is taken up again is not to be configured");
  const execute = any(read, "executeTrade");
  if (execute === undefined || read.yes(execute, {})) return { addresses };
  const name = read.nameOf(execute);
  read.note(execute, "mapped", "nothing real is traded with this file");
  return {
    addresses,
    notLive: {
      what: `${name} is false: nothing real is to be traded`,
      hint: "set it to true, or trade with --sandbox or --paper",
    },
  };
}
