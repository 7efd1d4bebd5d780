// Stands at a venue's REST door: notes each request as it arrives, and what the venue says of its limits.
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A request, the moment its last byte was here. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  /** Query and body as they came. */
  readonly text: string;
  /** Of the monotonic clock that all processes of a machine share, µs. */
  readonly at: number;
}

export interface Tap {
  readonly port: number;
  readonly arrivals: readonly Arrival[];
  /** Answers 429 and 418. */
  readonly breaches: () => number;
  /** The most that the venue's headers have told, by header. */
  readonly told: ReadonlyMap<string, number>;
}

/** µs on the clock that all processes share. */
export const micros = (): number => Number(process.hrtime.bigint() / 1_000n);

/** Listens on a free port in front of another one of this machine. */
export async function tapInto(port: number): Promise<Tap> {
  const arrivals: Arrival[] = [];
  const told = new Map<string, number>();
  let breaches = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    const onward = connect({ port, host: "127.0.0.1", noDelay: true });
    readRequests(socket, onward, (arrival) => arrivals.push(arrival));
    onward.setEncoding("latin1");
    onward.on("data", (text: string) => {
      breaches += text.match(/HTTP\/1\.1 4(29|18)\b/g)?.length ?? 0;
      for (const [, name = "", value] of text.matchAll(/(x-mbx-[a-z0-9-]+): *(\d+)/gi))
        told.set(name.toLowerCase(), Math.max(told.get(name.toLowerCase()) ?? 0, Number(value)));
      socket.write(text, "latin1");
    });
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      one.on("close", () => other.destroy());
      one.on("error", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, arrivals, breaches: () => breaches, told }; // of TCP
}

/** HTTP/1.1 as far as our client speaks it. */
function readRequests(socket: Socket, onward: Socket, take: (arrival: Arrival) => void): void {
  let rest = "";
  socket.setEncoding("latin1");
  socket.on("data", (text: string) => {
    onward.write(text, "latin1");
    rest += text;
    for (;;) {
      const behind = rest.indexOf("\r\n\r\n") + 4;
      if (behind < 4) return;
      const head = rest.slice(0, behind);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (rest.length < behind + length) return;
      const at = micros();
      const [method = "", target = ""] = head.split(" ", 2);
      const [path = "", query = ""] = target.split("?");
      take({ method, path, text: `${query} ${rest.slice(behind, behind + length)}`, at });
      rest = rest.slice(behind + length);
    }
  });
}
