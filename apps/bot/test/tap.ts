// Between a bot and its exchange: passes every REST request on and writes down what was asked and what was answered.
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  request as send,
} from "node:http";
import type { AddressInfo } from "node:net";

/** One request as it went over the wire, in the order in which they came. */
export interface Passed {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; `undefined` without a body. */
  readonly body: unknown;
  /** ms of this process' clock. */
  readonly sentAt: number;
  /** `undefined`: not answered yet, or never. */
  status: number | undefined;
  answer: unknown;
  answeredAt: number | undefined;
}

export interface Tap {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly passed: readonly Passed[];
  close(): Promise<void>;
}

/** Listens on a free port in front of `target`. */
export async function tapInto(target: string): Promise<Tap> {
  const passed: Passed[] = [];
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(target);
  const pass = async (asked: IncomingMessage, answer: ServerResponse) => {
    const text = await whole(asked);
    const { method = "GET", url = "/", headers } = asked;
    const entry: Passed = {
      method,
      path: url,
      headers,
      body: parsed(text),
      sentAt: Date.now(),
      status: undefined,
      answer: undefined,
      answeredAt: undefined,
    };
    passed.push(entry);
    const found = await new Promise<IncomingMessage>((resolve, reject) => {
      const onward = send({ hostname, port, method, path: url, headers, agent }, resolve);
      onward.on("error", reject);
      answer.once("close", () => {
        if (!answer.writableFinished) onward.destroy(); // who asked has gone away
      });
      onward.end(text);
    });
    const back = await whole(found);
    entry.status = found.statusCode;
    entry.answer = parsed(back);
    entry.answeredAt = Date.now();
    answer.writeHead(found.statusCode ?? 502, found.headers);
    answer.end(back);
  };
  const server = createServer((asked, answer) => {
    pass(asked, answer).catch(() => asked.socket.destroy()); // the exchange broke off: so do we
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a TCP server has such an address
    passed,
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function whole(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message as AsyncIterable<Buffer>) parts.push(part); // without an encoding it gives buffers
  return Buffer.concat(parts).toString("utf8");
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
