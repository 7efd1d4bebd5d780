// A TCP proxy between a shipper and its server: it can be cut, and it can hang.
import { connect, createServer, type Socket } from "node:net";

/** A proxy on a port of 127.0.0.1. */
export interface Proxy {
  readonly port: number;
  /** Connections so far. */
  readonly connections: number;
  /** Breaks all connections. */
  cut(): void;
  /** Lets nobody in any more; `true` again lets in. */
  accept(yes: boolean): void;
  /** Accepts and passes nothing on, in either direction. */
  hang(yes: boolean): void;
  /** Cuts as soon as so many more bytes have gone to the server; then, as often as there are others, after so many of those that follow. */
  cutAfter(...bytes: readonly number[]): void;
  close(): Promise<void>;
}

export function startProxy(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let accepting = true;
  let hanging = false;
  let left = Number.POSITIVE_INFINITY;
  let later: readonly number[] = [];
  let connections = 0;
  const cutAfter = (...[next = Number.POSITIVE_INFINITY, ...others]: readonly number[]) => {
    left = next;
    later = others;
  };
  const cut = () => {
    cutAfter(...later);
    for (const each of sockets) each.destroy();
  };
  const pass = (from: Socket, to: Socket, counted: boolean) =>
    from.on("data", (bytes) => {
      if (hanging) return;
      if (counted) left -= bytes.length;
      if (left <= 0)
        cut(); // in the middle of what was sent
      else to.write(bytes);
    });
  const server = createServer((client) => {
    connections += 1;
    if (!accepting) {
      client.destroy();
      return;
    }
    const upstream = connect(target, "127.0.0.1");
    for (const each of [client, upstream]) {
      sockets.add(each);
      each.on("error", () => undefined);
      each.on("close", () => {
        sockets.delete(each);
        client.destroy();
        upstream.destroy();
      });
    }
    pass(client, upstream, true);
    pass(upstream, client, false);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve({
        port: typeof address === "object" && address !== null ? address.port : 0,
        get connections() {
          return connections;
        },
        cut,
        accept: (yes) => {
          accepting = yes;
        },
        hang: (yes) => {
          hanging = yes;
        },
        cutAfter,
        close: () =>
          new Promise((done) => {
            cut();
            server.close(() => done());
          }),
      });
    });
  });
}
