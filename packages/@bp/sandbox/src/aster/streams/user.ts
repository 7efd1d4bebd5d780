// User streams: orders, money and settings of an account, under its listen key.
import type { SimFact } from "@bp/sim";
import type { Hub } from "../../hub.ts";
import { positionFigures, riskOf } from "../figures.ts";
import type { AsterHouse } from "../house.ts";
import { createWalletTelling } from "./account.ts";
import { datesOf } from "./depth.ts";
import { marginCall } from "./marginCall.ts";
import { type Execution, executionReport, orderTradeUpdate } from "./orderEvents.ts";

const beatMs = 1000;

const executions: Partial<Record<SimFact["type"], Execution>> = {
  "order-accepted": "NEW",
  "order-waiting": "NEW",
  "order-cancelled": "CANCELED",
  "order-expired": "EXPIRED",
  "order-trigger-failed": "EXPIRED",
  "order-modified": "AMENDMENT",
  "order-amended": "AMENDMENT",
  "order-filled": "TRADE",
};

/** Starts telling; returns the way to stop. */
export function startUserStreams(house: AsterHouse, hub: Hub): () => void {
  const { exchange } = house;
  /** The account's key if it is good and somebody hears it. */
  const keyOf = (account: string) => {
    const key = house.keys.current(account);
    return key !== undefined && house.keys.account(key) === account && hub.wanted(key) ? key : undefined;
  };
  const tell = (account: string, make: () => unknown) => {
    const key = keyOf(account);
    if (key !== undefined) hub.publish(key, make());
  };
  const wallets = createWalletTelling(house, tell);
  const futures = house.service === "futures";

  const stopHearing = exchange.listen((fact) => {
    wallets.hear(fact);
    const execution = executions[fact.type];
    if (execution === undefined || !("order" in fact)) return;
    const entry = house.desk.entry(fact.account, fact.order.id);
    if (entry === undefined) return;
    const fill = fact.type === "order-filled" ? fact.fill : undefined;
    const of = { entry, execution, fill, at: fact.at };
    tell(fact.account, () => (futures ? orderTradeUpdate(house, of) : executionReport(house, of)));
  });

  const stopNotices = house.onNotice((notice) => {
    const { account } = notice;
    const dates = datesOf(house, exchange.now());
    if (notice.kind === "margin-type") wallets.marginType(account, notice.market);
    else if (notice.kind === "leverage")
      tell(account, () => ({
        e: "ACCOUNT_CONFIG_UPDATE",
        ...dates,
        ac: { s: notice.market.id.slice(notice.market.id.indexOf(":") + 1), l: notice.leverage },
      }));
    else
      tell(account, () => ({
        e: "ACCOUNT_CONFIG_UPDATE",
        ...dates,
        ai: { j: exchange.multiAssets(account), f: false, d: exchange.positionMode(account) === "hedge" },
      }));
  });

  const called = new Set<string>();
  const beat = setInterval(
    () => {
      for (const account of house.keys.expired()) {
        const key = house.keys.current(account);
        if (key !== undefined)
          hub.publish(key, { e: "listenKeyExpired", E: Math.floor(house.times.now()), listenKey: key });
      }
      if (!futures) return;
      for (const { name } of house.members) {
        if (keyOf(name) === undefined) continue;
        const risk = riskOf(house, name);
        if (risk < 0.7) called.delete(name);
        if (risk < 0.8 || called.has(name)) continue;
        called.add(name);
        tell(name, () => marginCall(house, name, positionFigures(house, name)));
      }
    },
    Math.min(beatMs, house.settings.listenKeyMs),
  );
  return () => {
    clearInterval(beat);
    stopHearing();
    stopNotices();
    wallets.stop();
  };
}
