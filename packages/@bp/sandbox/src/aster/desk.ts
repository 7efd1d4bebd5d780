// Every order of every account as the venue remembers it: open ones and ended ones, and what was said when it was placed
// that the exchange does not keep.
import type { InstrumentId, Millis } from "@bp/core";
import type { ClientKey, SimFact, SimOrder } from "@bp/sim";

/** The words of an order that mean nothing to the exchange. */
export interface Note {
  /** The type it was placed as. */
  readonly type: string;
  readonly tif: string;
  readonly workingType: string;
  readonly priceProtect: boolean;
  readonly closePosition: boolean;
  /** Of trailing ones, as they were sent; `activatePrice` is the market's price where none was. */
  readonly trailing?: { readonly activatePrice: string; readonly priceRate: string };
}

export interface Entry {
  readonly order: SimOrder;
  readonly note: Note;
  readonly updatedAt: Millis;
  /** Its trigger has fired. */
  readonly fired: boolean;
  /** Ended by the venue itself, to liquidate. */
  readonly system: boolean;
}

export interface Desk {
  hear(fact: SimFact): void;
  /** Runs what places one order of this account; the order gets the note. */
  noting<T>(account: string, note: Note, place: () => T): T;
  /** By the venue's number, else the newest one of that client id. */
  find(
    account: string,
    instrument: InstrumentId,
    which: { readonly id?: string | undefined; readonly clientId?: string | undefined },
  ): Entry | undefined;
  entry(account: string, id: string): Entry | undefined;
  /** Oldest first. */
  list(account: string, instrument?: InstrumentId): readonly Entry[];
}

const kept = 12_000;

/** @param isSystem - whether the venue itself sent that order */
export function createDesk(isSystem: (orderId: string) => boolean): Desk {
  interface Drawer {
    readonly byId: Map<string, Entry>;
    readonly byClient: Map<string, string>;
  }
  const drawers = new Map<string, Drawer>();
  let pending: { readonly account: string; readonly note: Note } | undefined;
  const drawerOf = (account: string): Drawer => {
    let drawer = drawers.get(account);
    if (drawer === undefined) {
      drawer = { byId: new Map(), byClient: new Map() };
      drawers.set(account, drawer);
    }
    return drawer;
  };
  const nameOf = (instrument: InstrumentId, clientId: ClientKey) => `${instrument} ${clientId}`;
  const keep = (account: string, order: SimOrder, updatedAt: Millis) => {
    const { byId, byClient } = drawerOf(account);
    const known = byId.get(order.id);
    let note = known?.note;
    if (note === undefined && pending?.account === account) {
      note = pending.note;
      pending = undefined;
    }
    byId.set(order.id, {
      order,
      note: note ?? noteOf(order),
      updatedAt,
      fired: order.triggeredAt !== undefined,
      system: isSystem(order.id),
    });
    if (known !== undefined) return;
    if (order.clientId !== undefined) byClient.set(nameOf(order.instrument, order.clientId), order.id);
    if (byId.size > kept) forget(byId);
  };
  return {
    hear: (fact) => {
      if ("order" in fact) keep(fact.account, fact.order, fact.at);
    },
    noting: (account, note, place) => {
      pending = { account, note };
      try {
        return place();
      } finally {
        pending = undefined;
      }
    },
    find: (account, instrument, { id, clientId }) => {
      const { byId, byClient } = drawerOf(account);
      const key = id ?? (clientId === undefined ? undefined : byClient.get(nameOf(instrument, clientId)));
      const found = key === undefined ? undefined : byId.get(key);
      return found?.order.instrument === instrument ? found : undefined;
    },
    entry: (account, id) => drawerOf(account).byId.get(id),
    list: (account, instrument) =>
      [...drawerOf(account).byId.values()].filter(({ order }) => (instrument ?? order.instrument) === order.instrument),
  };
}

/** Drops the oldest orders that have ended. */
function forget(byId: Map<string, Entry>): void {
  for (const [id, { order }] of byId) {
    if (byId.size <= kept - 2000) return;
    if (!isOpen(order)) byId.delete(id);
  }
}

/** Whether it rests or waits. */
export const isOpen = ({ status }: SimOrder): boolean =>
  status === "new" || status === "partially-filled" || status === "waiting";

/** What an order that nobody described would have been called. */
function noteOf(order: SimOrder): Note {
  const { trigger, trailing, type, tif, postOnly, side, closePosition } = order;
  const market = type === "market";
  const stops = trigger !== undefined && (side === "buy") === (trigger.when === "above");
  const waiting = trigger === undefined ? undefined : `${stops ? "STOP" : "TAKE_PROFIT"}${market ? "_MARKET" : ""}`;
  return {
    type: trailing !== undefined ? "TRAILING_STOP_MARKET" : (waiting ?? (market ? "MARKET" : "LIMIT")),
    tif: postOnly ? "GTX" : market ? "GTC" : tif.toUpperCase(),
    workingType: (trigger ?? trailing)?.by === "mark" ? "MARK_PRICE" : "CONTRACT_PRICE",
    priceProtect: false,
    closePosition: closePosition === true,
  };
}
