// What the venue keeps about an order that the exchange beneath does not: how its trigger was written, whose slice it is.
import type { OrderRequest, SimFact } from "@bp/sim";

/** The flags of spot margin. */
export interface Auto {
  /** Lend the proceeds. */
  readonly lend: boolean;
  /** Take back what is lent, if it is needed. */
  readonly redeem: boolean;
  /** Borrow, if it is needed. */
  readonly borrow: boolean;
  /** Repay what is borrowed with the proceeds. */
  readonly repay: boolean;
}

/** None of them. */
export const noAuto: Auto = { lend: false, redeem: false, borrow: false, repay: false };

export type ReferenceWord = "LastPrice" | "MarkPrice" | "IndexPrice";

/** Everything is optional: most orders have nothing of it. */
export interface OrderNote {
  readonly triggerBy?: ReferenceWord;
  /** As it was sent, `80%` for example. */
  readonly triggerQuantity?: string;
  readonly takeProfitBy?: ReferenceWord;
  readonly stopLossBy?: ReferenceWord;
  readonly slippage?: { readonly tolerance: string; readonly type: "TickSize" | "Percent" | undefined };
  /** A market order with a tolerance, which is a limit order that does not rest to the exchange. */
  readonly asMarket?: true;
  /** Of such an order: the quote that was asked for. */
  readonly quoteQuantity?: string;
  readonly strategyId?: string;
  readonly auto?: Auto;
}

/** What goes to the exchange, and what it has no word for. */
export interface Wished {
  readonly request: OrderRequest;
  readonly note: OrderNote;
}

export interface NoteBook {
  hear(fact: SimFact): void;
  /** Empty when there is none. */
  of(orderId: string): OrderNote;
  /** Places an order of this account with a note that is known before anybody hears of the order. */
  during<T>(account: string, note: OrderNote, place: () => T): T;
}

const none: OrderNote = {};
const most = 100_000;

/** No notes yet. It has to hear the facts before the streams do. */
export function createNoteBook(): NoteBook {
  const notes = new Map<string, OrderNote>();
  const forget = () => {
    const [oldest] = notes.keys();
    if (oldest !== undefined) notes.delete(oldest);
  };
  let pending: { readonly account: string; readonly note: OrderNote } | undefined;
  return {
    hear: (fact) => {
      if (pending === undefined || (fact.type !== "order-accepted" && fact.type !== "order-waiting")) return;
      if (fact.account !== pending.account) return;
      notes.set(fact.order.id, pending.note);
      pending = undefined;
      if (notes.size > most) forget();
    },
    of: (orderId) => notes.get(orderId) ?? none,
    during: (account, note, place) => {
      pending = Object.keys(note).length === 0 ? undefined : { account, note };
      try {
        return place();
      } finally {
        pending = undefined;
      }
    },
  };
}
