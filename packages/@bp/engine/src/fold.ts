// Facts that become part of the world: what each says about orders, the account, links and the people who ask.
import { type Event, type EventOf, millis, type VenueId, venueOf } from "@bp/core";
import { external, type WrittenOff } from "./account.ts";
import { amountIn, priceIn } from "./amounts.ts";
import { wantWhatIsUnclear } from "./asks.ts";
import { type House, isFirst } from "./house.ts";
import { concede, reconcile, seeTwin } from "./reconcile.ts";

/** The driver's beat, once a second. */
export const beat = "beat";

/** The driver's word that the machine's clock and the run's own have come apart. */
export const leap = "leap";

/** Makes the fold. It returns whether the wishes are to be judged anew, or only figures of the market have moved. */
export function createFold(house: House): (event: Event) => boolean {
  const { world, asks, rests, patience, unexplainedLots, note, differ, halt } = house;

  const foldInstrument = (event: EventOf<"instrument.changed">) => {
    const { id, tickSize, lotSize } = event.instrument;
    const before = world.instruments.get(id);
    world.foldMarket(event);
    if (before === undefined || (before.tickSize === tickSize && before.lotSize === lotSize)) return;
    halt(
      `${id} counts in other steps now (${tickSize} × ${lotSize}, before ${before.tickSize} × ${before.lotSize}): start anew`,
    );
  };

  const foldFill = (event: EventOf<"order.filled">, listed: boolean) => {
    if (!world.instruments.has(event.instrument)) return; // a market we do not trade
    const found = event.clientId === undefined ? undefined : world.orders.find(event.clientId);
    const order = found?.instrument === event.instrument && found.side === event.side ? found : undefined;
    const goneBefore = world.account.gone(event.instrument);
    if (!world.account.fill(event, order?.strategy ?? external, world.instrument(event.instrument))) return;
    if (order === undefined) {
      seeTwin(event, house);
      return foldStrange(event, goneBefore);
    }
    const { orders } = world;
    const { clientId, strategy } = order;
    world.fills.push({ strategy, fill: { ...event, clientId, slot: order.slot.slice(strategy.length + 1) } });
    const venue = venueOf(order.instrument);
    if (order.endedAt !== undefined && event.venueAt > order.endedAt)
      asks.want(venue, "an order that had ended trades", event.at);
    if (listed)
      differ(venue, "fill", "late", `trade ${event.tradeId} of order ${clientId} came with the venue's list first`);
    orders.told(order, "order.filled", event.at, event.venueAt);
    orders.filledTo(order, event.total, event.at, event.venueAt);
    orders.counted(order, event.size);
    order.acceptedAt ??= event.venueAt;
    rests.worked(order.slot);
  };

  /** A trade that nobody here ordered. Against our own position it may be a liquidation. */
  const foldStrange = ({ instrument, side, size }: EventOf<"order.filled">, goneBefore: number) => {
    const venue = venueOf(instrument);
    if (isFirst(house, venue)) return; // trades from before our time
    differ(
      venue,
      "fill",
      "external",
      `a trade that nobody here ordered: ${side} ${amountIn(world, instrument, size)} in ${instrument}`,
    );
    concede(instrument, house);
    const gone = world.account.gone(instrument);
    if (gone > goneBefore && gone > unexplainedLots)
      halt(
        `a trade that nobody here ordered took ${amountIn(world, instrument, gone - goneBefore)} out of our position in ${instrument}`,
      );
  };

  /** A person has seen what is gone and goes on: from now on it is not counted any more. */
  const writeOff = () => {
    for (const lost of world.account.writeOff(world)) note("write-off", writtenOff(lost, world));
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
      if (event.type === "order.accepted" && event.venueAt > overAt)
        asks.want(venue, "an order that had ended stands", event.at);
      return;
    }
    if (event.type === "order.rejected" && order.acceptedAt !== undefined)
      return asks.want(venue, "an order that had been accepted is said to be refused", event.at); // what stood was not refused
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
        asks.want(venue, `order ${event.clientId} is in doubt`, event.at);
        return note("unknown", `${order.slot}, ${event.request} of order ${event.clientId}: ${event.text}`);
    }
  };

  /** What is not confirmed for so long is not known. */
  const tooOld = (venue: VenueId) => {
    if (!world.account.known(venue)) return;
    world.account.forget(venue);
    note("unknown", `${venue} has not told about the account for too long: nothing is known of it until it does`);
  };

  /** The machine slept or its clock was set, and our own clock did not show it: what we see may be hours old. */
  const stoodStill = ({ at }: EventOf<"timer.fired">) => {
    note("clock", "the machine slept or its clock was set: the venues are asked anew");
    world.doubtBooks();
    for (const venue of world.heard()) {
      world.account.forget(venue);
      asks.want(venue, "the machine slept or its clock was set", at);
    }
  };

  const verified = new Set<VenueId>();
  /** Once nothing of ours is left after a stop, every venue is asked once more: what nobody has told is found before the end. */
  const verifyEnd = ({ at }: EventOf<"timer.fired">) => {
    if ((world.quiet !== "stop" && world.quiet !== "flatten") || world.orders.live.size > 0) return;
    for (const venue of world.heard()) {
      if (verified.has(venue)) continue;
      verified.add(venue);
      asks.want(venue, "the end is verified", at);
    }
  };

  const foldAsk = ({ ask, by, strategies }: EventOf<"operator.asked">) => {
    if (ask === "halt") {
      if (world.quiet !== "stop") world.quiet = "pause"; // a rule's halt lets reductions go on, a person's stops everything
      return halt(`${by} asked for it`);
    }
    note("operator", `${ask}${strategies === undefined ? "" : ` of ${strategies.join(", ")}`} by ${by}`);
    if (ask === "resume") {
      world.halted = undefined;
      writeOff();
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
        if (
          event.type === "link.restored" &&
          event.stream === "market" &&
          !world.deaf(event.venue) &&
          asks.answered(event.venue)
        )
          asks.want(event.venue, "the market's stream was gone", event.at);
        note("link", `${event.venue} ${event.stream} ${event.type}: ${event.why}`);
        break;
      case "balance.changed":
        world.account.balance(event);
        break;
      case "funding.paid":
        if (world.instruments.has(event.instrument)) world.account.funding(event, world.instrument(event.instrument));
        break;
      case "order.filled":
        foldFill(event, false);
        break;
      case "order.accepted":
      case "order.cancelled":
      case "order.expired":
      case "order.rejected":
      case "order.doubted":
        foldOrder(event);
        break;
      case "account.snapshot":
        reconcile(event, house, (fill) => foldFill(fill, true));
        break;
      case "timer.fired":
        if (event.name === beat) {
          wantWhatIsUnclear(world, asks, patience.graceMs, patience.patienceMs);
          for (const venue of asks.routine(event.at)) tooOld(venue);
          verifyEnd(event);
        } else if (event.name === leap) stoodStill(event);
        break;
      case "operator.asked":
        foldAsk(event);
        break;
      case "params.changed":
        break; // no part of the world
    }
    return true;
  };
}

function writtenOff({ instrument, size, price }: WrittenOff, world: House["world"]): string {
  const at = price === undefined ? "at what they had cost" : `at ${priceIn(world, instrument, price)}`;
  return `${amountIn(world, instrument, size)} in ${instrument} that is gone is not counted any more, closed ${at}`;
}
