// What shall happen after so many ms as the clients count them, whatever the speed of the exchange; by name, so that it can be put off.
import type { House } from "../house.ts";

export interface Alarms {
  /** Sets or replaces the alarm of that name. */
  set(name: string, inMs: number, ring: () => void): void;
  cancel(name: string): void;
}

/** None set. */
export function createAlarms({ agenda, exchange, rate }: Pick<House, "agenda" | "exchange" | "rate">): Alarms {
  const waiting = new Map<string, () => void>();
  const cancel = (name: string) => {
    waiting.get(name)?.();
    waiting.delete(name);
  };
  return {
    set: (name, inMs, ring) => {
      cancel(name);
      const off = agenda.at(exchange.now() + Math.ceil(inMs * rate), () => {
        waiting.delete(name);
        ring();
      });
      waiting.set(name, off);
    },
    cancel,
  };
}
