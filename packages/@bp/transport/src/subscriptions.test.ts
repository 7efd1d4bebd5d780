import { BpError, manualClock } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createSubscriptions, type Silence, type SubscriptionsOptions } from "./index.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

const made = (options: Partial<SubscriptionsOptions> = {}) => {
  const clock = manualClock(0);
  const sent: string[] = [];
  const silences: Silence[] = [];
  const subscriptions = createSubscriptions({
    subscribe: (topics) => `+${topics.join(",")}`,
    unsubscribe: (topics) => `-${topics.join(",")}`,
    clock,
    silentMs: 10_000,
    onSilent: (silence) => silences.push(silence),
    ...options,
  });
  const send = (text: string) => sent.push(text) > 0;
  const advance = async (ms: number) => {
    clock.advance(ms);
    await turn();
  };
  return { clock, sent, silences, subscriptions, send, advance };
};

describe("createSubscriptions", () => {
  it("asks for everything when a connection stands, and again after each loss", () => {
    const { subscriptions, sent, send } = made();
    subscriptions.add(["depth.SOL", "trade.SOL"]);
    expect(sent).toEqual([]);
    subscriptions.opened(send);
    subscriptions.lost();
    subscriptions.add(["depth.BTC"]);
    subscriptions.opened(send);
    expect(sent).toEqual(["+depth.SOL,trade.SOL", "+depth.SOL,trade.SOL,depth.BTC"]);
  });

  it("asks for what is added later once, and takes back what is removed", () => {
    const { subscriptions, sent, send } = made();
    subscriptions.opened(send);
    subscriptions.add(["a", "b", "a"]);
    subscriptions.add(["b"]);
    subscriptions.remove(["a", "unknown"]);
    subscriptions.remove(["a"]);
    expect(sent).toEqual(["+a,b", "-a"]);
    expect([...subscriptions.wanted]).toEqual(["b"]);
    subscriptions.lost();
    subscriptions.remove(["b"]);
    subscriptions.opened(send);
    expect(sent).toEqual(["+a,b", "-a"]);
  });

  it("makes each frame anew, so that a signature in it is fresh", () => {
    let signed = 0;
    const { subscriptions, sent, send } = made({ subscribe: () => `signed ${++signed}` });
    subscriptions.add(["account.orderUpdate"], "quiet");
    subscriptions.opened(send);
    subscriptions.opened(send);
    expect(sent).toEqual(["signed 1", "signed 2"]);
  });

  it("keeps frames small", () => {
    const { subscriptions, sent, send } = made({ perFrame: 2 });
    subscriptions.add(["a", "b", "c", "d", "e"]);
    subscriptions.opened(send);
    expect(sent).toEqual(["+a,b", "+c,d", "+e"]);
  });

  it("tells the topics that never deliver, once for each connection", async () => {
    const { subscriptions, silences, send, advance } = made();
    subscriptions.add(["depth.SOL", "depth.NOPE"]);
    subscriptions.opened(send);
    subscriptions.heard("depth.SOL");
    await advance(9_999);
    expect(silences).toEqual([]);
    await advance(1);
    expect(silences).toEqual([{ topics: ["depth.NOPE"], why: "nothing came for 10000 ms after asking" }]);
    await advance(60_000);
    expect(silences).toHaveLength(1);
    subscriptions.opened(send);
    await advance(10_000);
    expect(silences.at(-1)?.topics).toEqual(["depth.SOL", "depth.NOPE"]);
  });

  it("does not expect quiet topics to speak, nor removed ones, nor any after a loss", async () => {
    const { subscriptions, silences, send, advance } = made();
    subscriptions.add(["account.orderUpdate"], "quiet");
    subscriptions.add(["a"]);
    subscriptions.opened(send);
    subscriptions.remove(["a"]);
    await advance(20_000);
    subscriptions.add(["b"]);
    subscriptions.lost();
    await advance(20_000);
    expect(silences).toEqual([]);
  });

  it("names everything unheard, quiet or not, when the venue refuses without saying what", () => {
    const { subscriptions, silences, send } = made();
    subscriptions.add(["depth.SOL", "depth.NOPE"]);
    subscriptions.add(["account.orderUpdate"], "quiet");
    subscriptions.opened(send);
    subscriptions.heard("depth.SOL");
    subscriptions.refused("4006 Invalid stream");
    expect(silences).toEqual([{ topics: ["depth.NOPE", "account.orderUpdate"], why: "4006 Invalid stream" }]);
  });

  it("tells when a frame cannot be made, and tries again", async () => {
    let measured = false;
    const { subscriptions, sent, silences, send, advance } = made({
      subscribe: (topics) => {
        if (!measured) throw new BpError("transport/clock-skew", {});
        return `+${topics.join(",")}`;
      },
    });
    subscriptions.add(["a", "b"], "quiet");
    subscriptions.opened(send);
    expect(silences[0]?.topics).toEqual(["a", "b"]);
    expect(silences[0]?.why).toContain("our clock");
    measured = true;
    subscriptions.remove(["b"]);
    await advance(1_000);
    expect(sent).toEqual(["-b", "+a"]);
  });

  it("leaves nothing behind when it is closed", async () => {
    const { subscriptions, sent, silences, send, advance } = made();
    subscriptions.add(["a"]);
    subscriptions.opened(send);
    subscriptions.close();
    await advance(60_000);
    subscriptions.opened(send);
    expect([sent, silences]).toEqual([["+a"], []]);
  });

  it("numbers its frames, and never gives a number twice", () => {
    const { subscriptions, sent, send } = made({
      perFrame: 1,
      subscribe: (topics, id) => `+${topics.join(",")} ${id}`,
      unsubscribe: (topics, id) => `-${topics.join(",")} ${id}`,
    });
    subscriptions.add(["a", "b"]);
    subscriptions.opened(send);
    subscriptions.remove(["a"]);
    subscriptions.opened(send);
    expect(sent).toEqual(["+a 1", "+b 2", "-a 3", "+b 4"]);
  });

  it("suspects those of the refused frame alone when the venue says which it was", () => {
    const { subscriptions, silences, send } = made({ perFrame: 2 });
    subscriptions.add(["a", "b", "c"]);
    subscriptions.opened(send);
    subscriptions.refused("Invalid stream", 2);
    subscriptions.heard("a");
    subscriptions.refused("Invalid stream", 1);
    subscriptions.refused("Invalid stream", 9);
    expect(silences.map(({ topics }) => topics)).toEqual([["c"], ["b"]]);
  });

  it("takes an acknowledgement for the word of a quiet topic, and of no other", async () => {
    const { subscriptions, silences, send, advance } = made();
    subscriptions.add(["events"], "quiet");
    subscriptions.add(["depth"]);
    subscriptions.opened(send);
    subscriptions.acknowledged(1);
    subscriptions.refused("something else");
    await advance(10_000);
    expect(silences.map(({ topics }) => topics)).toEqual([["depth"], ["depth"]]);
  });

  it("sends no more frames in any second than it may, makes each when its turn is, and a new connection starts anew", async () => {
    let signed = 0;
    const { subscriptions, sent, send, advance } = made({
      perFrame: 1,
      messagesPerSecond: 2,
      subscribe: ([topic]) => `+${topic} ${++signed}`,
    });
    subscriptions.add(["a", "b", "c", "d", "e"]);
    subscriptions.opened(send);
    expect(sent).toEqual(["+a 1", "+b 2"]);
    subscriptions.remove(["a", "d"]); // the one stands already, the other has not been asked for
    await advance(999);
    expect(sent).toHaveLength(2);
    await advance(1);
    expect(sent.slice(2)).toEqual(["+c 3", "+e 4"]);
    await advance(1_000);
    expect(sent.slice(4)).toEqual(["-a,d"]);
    subscriptions.opened(send);
    expect(sent.slice(5)).toEqual(["+b 5", "+c 6"]);
    subscriptions.lost();
    await advance(5_000);
    expect(sent).toHaveLength(7);
    subscriptions.close();
  });

  it.each([0, Number.NaN, 0.5])("refuses %d messages a second", (messagesPerSecond) => {
    expect(() => made({ messagesPerSecond })).toThrow("messagesPerSecond");
  });
});
