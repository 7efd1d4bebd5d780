// Facts that become part of the world: what each says about orders, the account, links and the people who ask.
import { type Event, type EventOf, millis, venueOf } from "@bp/core";
import { external } from "./account.ts";
import { wantWhatIsUnclear } from "./asks.ts";
import { type House, isFirst } from "./house.ts";
import { concede, reconcile, seeTwin } from "./reconcile.ts";

/** The driver's beat, once a second. */
export const beat = "beat";

/** Makes the fold. It returns whether the wishes are to be judged anew, or only figures of the market have moved. */
export function createFold(house: House): (event: Event) => boolean {
  const { world, asks, rests, patience, unexplainedLots, note, halt } = house;

  const foldInstrument = (event: EventOf<"instrument.changed">) => {
    const { id, tickSize, lotSize } = event.instrument;
    const before = world.instruments.get(id);
    world.foldMarket(event);
    if (before === undefined || (before.tickSize === tickSize && before.lotSize === lotSize)) return;
    halt(
      `${id} counts in other steps now (${tickSize} × ${lotSize}, before ${before.tickSize} × ${before.lotSize}): start anew`,
    );
  };

  const foldFill = (event: EventOf<"order.filled">) => {
    if (!world.instruments.has(event.instrument)) return; // a market we do not trade
    const found = event.clientId === undefined ? undefined : world.orders.find(event.clientId);
    const order = found?.instrument === event.instrument && found.side === event.side ? found : undefined;
    if (!world.account.fill(event, order?.strategy ?? external, world.instrument(event.instrument))) return;
    if (order === undefined) {
      seeTwin(event, house);
      return foldStrange(event);
    }
    const { orders } = world;
    const { clientId, strategy } = order;
    world.fills.push({ strategy, fill: { ...event, clientId, slot: order.slot.slice(strategy.length + 1) } });
    if (order.endedAt !== undefined && event.venueAt > order.endedAt)
      asks.want(venueOf(order.instrument), "an order that had ended trades");
    orders.told(order, "order.filled", event.at, event.venueAt);
    orders.filledTo(order, event.total, event.at, event.venueAt);
    orders.counted(order, event.size);
    order.acceptedAt ??= event.venueAt;
    rests.worked(order.slot);
  };

  /** A trade that nobody here ordered. Against our own position it may be a liquidation. */
  const foldStrange = ({ instrument, side, size }: EventOf<"order.filled">) => {
    if (isFirst(house, venueOf(instrument))) return; // trades from before our time
    note("external", `a trade that nobody here ordered: ${side} ${size} lots of ${instrument}`);
    concede(instrument, house);
    const beyond = world.account.external(instrument);
    if (beyond === undefined) return;
    const ours = Math.sign(world.account.size(instrument));
    const taken = Math.max(0, -beyond * ours) - Math.max(0, -(beyond - (side === "buy" ? size : -size)) * ours);
    if (taken > unexplainedLots)
      halt(`a trade that nobody here ordered took ${taken} lots out of our position in ${instrument}`);
  };

  const foldOrder = (
    event: EventOf<"order.accepted" | "order.cancelled" | "order.expired" | "order.rejected" | "order.doubted">,
  ) => {
    const order = world.orders.find(event.clientId);
    if (order === undefined) return;
    const venue = venueOf(order.instrument);
    const overAt = order.endedAt ?? order.overAt;
    if (overAt !== undefined) {
      // Told twice is normal. That it was accepted later than it ended is not: look.
      if (event.type === "order.accepted" && event.venueAt > overAt) asks.want(venue, "an order that had ended stands");
      return;
    }
    if (event.type === "order.rejected" && order.acceptedAt !== undefined)
      return asks.want(venue, "an order that had been accepted is said to be refused"); // what stood was not refused
    const asked = order.state === "cancelling" || order.state === "unknown";
    if ("filled" in event && event.filled !== undefined)
      world.orders.filledTo(order, event.filled, event.at, event.venueAt);
    world.orders.told(order, event.type, event.at, event.venueAt);
    switch (event.type) {
      case "order.accepted":
        order.acceptedAt ??= event.venueAt;
        return;
      case "order.cancelled":
        if (asked) return rests.worked(order.slot);
        return rests.refused(order, order.tif === "ioc" ? "filled-what-it-could" : "taken-away", event.at);
      case "order.expired":
        rests.refused(order, event.reason, event.at);
        if (event.reason !== "filled-what-it-could")
          note("venue", `${order.slot} expired (${event.reason}): ${event.text}`);
        return;
      case "order.rejected":
        rests.refused(order, event.reason, event.at);
        return note("venue", `${order.slot} refused (${event.reason}): ${event.text}`);
      case "order.doubted":
        if (order.state !== "unknown") return;
        asks.want(venue, `order ${event.clientId} is in doubt`);
        return note("unknown", `${order.slot}, ${event.request} of order ${event.clientId}: ${event.text}`);
    }
  };

  const foldAsk = ({ ask, by, strategies }: EventOf<"operator.asked">) => {
    if (ask === "halt") return halt(`${by} asked for it`);
    note("operator", `${ask}${strategies === undefined ? "" : ` of ${strategies.join(", ")}`} by ${by}`);
    if (ask === "resume") {
      world.halted = undefined;
      if (world.quiet === "pause") world.quiet = undefined;
    } else if (ask !== "pause" || world.quiet === undefined) {
      world.quiet = ask; // to stop and to flatten is for good; a pause does not take it back
      world.flattening = strategies === undefined ? undefined : new Set(strategies);
    }
  };

  return (event) => {
    switch (event.type) {
      case "book.reset":
      case "book.changed":
      case "book.lost":
      case "trade.printed":
      case "mark.changed":
        return world.foldMarket(event);
      case "instrument.changed":
        foldInstrument(event);
        break;
      case "link.lost":
      case "link.restored":
        world.foldLink(event);
        if (event.resumed === true) world.still.set(event.venue, millis(event.at + Math.ceil(patience.graceMs / 2)));
        note("link", `${event.venue} ${event.stream} ${event.type}: ${event.why}`);
        break;
      case "balance.changed":
        world.account.balance(event);
        break;
      case "funding.paid":
        if (world.instruments.has(event.instrument)) world.account.funding(event, world.instrument(event.instrument));
        break;
      case "order.filled":
        foldFill(event);
        break;
      case "order.accepted":
      case "order.cancelled":
      case "order.expired":
      case "order.rejected":
      case "order.doubted":
        foldOrder(event);
        break;
      case "account.snapshot":
        reconcile(event, house, foldFill);
        break;
      case "timer.fired":
        if (event.name === beat) {
          wantWhatIsUnclear(world, asks, patience.graceMs, patience.patienceMs);
          asks.routine(event.at);
        }
        break;
      case "operator.asked":
        foldAsk(event);
        break;
    }
    return true;
  };
}
