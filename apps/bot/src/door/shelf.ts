// What can be streamed: the newest frame and list of bots, the last lines and trades, each written as text once for all clients.
import type { StreamMessage } from "dashboard/contract";

/** Lines, and trades, that a client can still get. */
const kept = 300;
/** A frame that is sent later than so after it came is sent with its age, ms: one that nobody watched is made each second. */
const lateMs = 1_500;

/** How far a client is. */
export interface Seen {
  readonly frame: number;
  readonly bots: number;
  readonly items: number;
}

/** What is there to be sent. */
export interface Shelf {
  /** How far somebody is who has had nothing. */
  nothing(): Seen;
  put(message: StreamMessage): void;
  /** What came after that, as text of server-sent events: frames and bots the newest alone; `undefined`: nothing. */
  after(seen: Seen): { readonly seen: Seen; readonly text: Buffer } | undefined;
}

interface Newest {
  readonly count: number;
  readonly text: Buffer;
}

/** An empty one. @param clock - ms of a clock that is never set */
export function createShelf(clock = (): number => performance.now()): Shelf {
  let frame: Newest = { count: 0, text: Buffer.alloc(0) };
  let bots: Newest = { count: 0, text: Buffer.alloc(0) };
  let items: { readonly count: number; readonly text: Buffer; readonly size: number }[] = [];
  let count = 0;
  let room = 0;
  let framedAt = 0;
  return {
    nothing: () => ({ frame: 0, bots: 0, items: 0 }),
    put: (message) => {
      const text = textOf(message);
      if (message.event === "frame") {
        frame = { count: frame.count + 1, text };
        framedAt = clock();
      } else if (message.event === "bots") {
        if (!text.equals(bots.text)) bots = { count: bots.count + 1, text };
      } else {
        const size = Array.isArray(message.data) ? message.data.length : 1;
        count += 1;
        items.push({ count, text, size });
        for (room += size; room > kept && items.length > 1; ) {
          room -= items[0]?.size ?? 0;
          items = items.slice(1);
        }
      }
    },
    after: (seen) => {
      const parts: Buffer[] = [];
      if (frame.count > seen.frame) {
        parts.push(frame.text);
        const ageMs = clock() - framedAt;
        if (ageMs >= lateMs) parts.push(textOf({ event: "age", data: Math.round(ageMs) }));
      }
      for (const each of items) if (each.count > seen.items) parts.push(each.text);
      if (bots.count > seen.bots) parts.push(bots.text);
      if (parts.length === 0) return undefined;
      const now = { frame: frame.count, bots: bots.count, items: count };
      return { seen: now, text: parts.length === 1 ? (parts[0] ?? frame.text) : Buffer.concat(parts) };
    },
  };
}

const textOf = ({ event, data }: StreamMessage): Buffer =>
  Buffer.from(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
