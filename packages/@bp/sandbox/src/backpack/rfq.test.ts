// Requests for quotes: two accounts and the house, on the wire and on the stream.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ear, listenTo, settled } from "../ear.fixture.ts";
import { openScene, refusalOf, type Scene } from "./scene.fixture.ts";
import { createClient, sample } from "./trial.fixture.ts";

let scene: Scene;
let requester: Ear;
let quoter: Ear;
beforeEach(async () => {
  scene = await openScene();
  const [alice, bob] = scene.sandbox.accounts;
  if (alice === undefined || bob === undefined) throw new Error("two accounts are needed");
  const ears = [];
  for (const account of [alice, bob]) {
    const ear = await listenTo(scene.sandbox.ws);
    ear.say(
      createClient(scene.sandbox, account).subscribeFrame(["account.rfqUpdate", "account.rfqUpdate.SOL_USDC_RFQ"]),
    );
    await settled(ear);
    ears.push(ear);
  }
  [requester, quoter] = ears as [Ear, Ear]; // one for each account
});
afterEach(() => scene.close());

const request = { symbol: "SOL_USDC_RFQ", side: "Bid", quantity: "10", clientId: 123 } as const;
const prices = { bidPrice: "98.9", askPrice: "99", clientId: 55 } as const;
const told = (ear: Ear, event: string) =>
  ear.next((frame) => frame.stream === "account.rfqUpdate" && frame.data?.e === event);
const shape = (name: string) => Object.keys(sample(name).data).toSorted();
const total = (account: string, asset: string) =>
  scene.sandbox.exchange.balances(account).find((balance) => balance.asset === asset)?.total;

describe("requests for quotes", () => {
  it("are told to everybody, their candidates to who asked, with ids above 2^53 as numbers", async () => {
    const rfq = await scene.alice.rest.rfq.submit(request);
    expect(BigInt(rfq.rfqId) > 2n ** 53n).toBe(true);
    const accepted = await told(requester, "rfqAccepted");
    expect(Object.keys(accepted.data).toSorted()).toEqual(shape("ws-rfq-accepted"));
    const active = await told(quoter, "rfqActive");
    expect(Object.keys(active.data).toSorted()).toEqual(shape("ws-rfq-active"));
    expect(quoter.texts.some((text) => text.includes(`"R":${rfq.rfqId},`))).toBe(true);
    const quote = await scene.bob.rest.rfq.quote({ rfqId: rfq.rfqId, ...prices });
    expect(Object.keys((await told(quoter, "quoteAccepted")).data).toSorted()).toEqual(shape("ws-quote-accepted"));
    const candidate = await told(requester, "rfqCandidate");
    expect(candidate.data).toMatchObject({ S: "Bid", q: "10", p: "99.099", C: "123", X: "New" }); // 99 and 10 basis points
    expect(requester.texts.some((text) => text.includes(`"u":${quote.quoteId},`))).toBe(true);
  });

  it("reach the project's own client with every digit of their ids", async () => {
    const stop = new AbortController();
    const heard: string[] = [];
    const reading = (async () => {
      for await (const update of scene.alice.streams.rfqUpdates("SOL_USDC_RFQ").read({ signal: stop.signal }))
        heard.push(update.R);
    })();
    let { rfqId } = await scene.alice.rest.rfq.submit({ ...request, clientId: 1 });
    for (let clientId = 2; !heard.includes(rfqId) && clientId < 200; clientId++)
      ({ rfqId } = await scene.alice.rest.rfq.submit({ ...request, clientId })); // until the subscription stands
    expect(heard.length).toBeGreaterThan(0);
    stop.abort();
    await reading.catch(() => undefined);
    const known = (await scene.alice.rest.history.rfqs({ limit: 1000 })).map((rfq) => rfq.rfqId);
    expect(heard.every((id) => known.includes(id))).toBe(true);
  });

  it("exchange exactly what was agreed: who asked pays the fee in the price, who quoted pays his own", async () => {
    const { rfqId } = await scene.alice.rest.rfq.submit(request);
    const { quoteId } = await scene.bob.rest.rfq.quote({ rfqId, ...prices });
    expect(await scene.alice.rest.rfq.accept({ quoteId, rfqId })).toMatchObject({ status: "Filled", rfqId });
    expect([total("alice", "SOL"), total("alice", "USDC")]).toEqual(["510", "99009.01"]); // 10 × 99.099
    expect([total("bob", "SOL"), total("bob", "USDC")]).toEqual(["490", "100989.208"]); // 990 − 0.08%
    expect((await told(requester, "rfqFilled")).data).toMatchObject({ p: "99.099", S: "Bid", X: "Filled" });
    const filled = await told(quoter, "rfqFilled");
    expect(Object.keys(filled.data).toSorted()).toEqual(shape("ws-rfq-filled-quoter"));
    expect(filled.data.p).toBe("99");
    expect(await scene.alice.rest.history.rfqFills({})).toMatchObject([{ quantity: "10", fillPrice: "99.099" }]);
    expect(await scene.bob.rest.history.quoteFills({})).toMatchObject([{ side: "Ask", fillPrice: "99", fee: "0.792" }]);
    expect(await scene.alice.rest.rfq.open({})).toEqual([]);
  });

  it("are answered by the house after a moment", async () => {
    const { rfqId } = await scene.alice.rest.rfq.submit({ ...request, side: "Ask" });
    expect(await scene.alice.rest.rfq.open({ rfqId })).toMatchObject([{ quotes: [] }]);
    scene.pass(500);
    const [open] = await scene.alice.rest.rfq.open({ rfqId });
    const [quote] = open?.quotes ?? [];
    expect(quote).toMatchObject({ bidPrice: "98.92", askPrice: "99.02" }); // 98.97 ± 5 basis points
    await scene.alice.rest.rfq.accept({ quoteId: quote?.quoteId ?? "" });
    expect([total("alice", "SOL"), total("alice", "USDC")]).toEqual(["490", "100988.2108"]); // 10 × 98.92 × 0.999
  });

  it("that are immediate take the first quote that is good enough", async () => {
    const asked = { ...request, executionMode: "Immediate", price: "99.05" } as const;
    const { rfqId } = await scene.alice.rest.rfq.submit(asked);
    await scene.bob.rest.rfq.quote({ rfqId, ...prices });
    expect(total("alice", "SOL")).toBe("500"); // 99.099
    await scene.bob.rest.rfq.quote({ rfqId, bidPrice: "98", askPrice: "98.9" });
    expect(total("alice", "SOL")).toBe("510");
    expect((await told(quoter, "quoteCancelled")).data).toMatchObject({ C: "55", X: "Cancelled" });
    expect(await scene.bob.rest.history.quotes({ status: "Filled" })).toHaveLength(1);
  });

  it("fetch what they lack and lend what they bring, where they say so", async () => {
    await scene.alice.rest.borrowLend.execute({ symbol: "USDC", side: "Lend", quantity: "100000" });
    const flags = { autoLendRedeem: true, autoLend: true } as const;
    const { rfqId } = await scene.alice.rest.rfq.submit({ ...request, ...flags });
    const { quoteId } = await scene.bob.rest.rfq.quote({ rfqId, ...prices, autoLend: true });
    await scene.alice.rest.rfq.accept({ quoteId });
    expect([total("alice", "USDC"), total("alice", "SOL"), total("bob", "USDC")]).toEqual(["0", "500", "100000"]);
    const loans = await scene.alice.rest.borrowLend.positions({});
    expect(loans.map(({ symbol, netQuantity }) => [symbol, netQuantity])).toEqual([
      ["USDC", "99009.01"],
      ["SOL", "10"],
    ]);
    expect((await scene.alice.rest.history.borrowLend({ sources: "Rfq" }))[0]).toMatchObject({ quantity: "990.99" });
  });

  it("by quote get whole lots for it", async () => {
    const { rfqId } = await scene.alice.rest.rfq.submit({ symbol: "SOL_USDC_RFQ", side: "Bid", quoteQuantity: "150" });
    const { quoteId } = await scene.bob.rest.rfq.quote({ rfqId, ...prices });
    await scene.alice.rest.rfq.accept({ quoteId });
    expect(await scene.alice.rest.history.rfqFills({})).toMatchObject([{ quantity: "1.51", quoteQuantity: "150" }]);
  });

  it("end by cancel or in time, and their quotes with them; a refresh gives them time", async () => {
    const { rfqId } = await scene.alice.rest.rfq.submit(request);
    await scene.bob.rest.rfq.quote({ rfqId, ...prices });
    expect(await scene.alice.rest.rfq.cancel({ clientId: 123 })).toMatchObject({ status: "Cancelled" });
    expect(Object.keys((await told(quoter, "quoteCancelled")).data).toSorted()).toEqual(shape("ws-quote-cancelled"));
    expect((await told(requester, "rfqCancelled")).data.X).toBe("Cancelled");
    const other = await scene.alice.rest.rfq.submit(request);
    scene.pass(40_000);
    expect(await refusalOf(scene.bob.rest.rfq.quote({ rfqId: other.rfqId, ...prices }))).toBe("INVALID_ORDER");
    const refreshed = await scene.alice.rest.rfq.refresh({ rfqId: other.rfqId });
    expect(refreshed.expiryTime).toBeGreaterThan(other.expiryTime);
    await told(requester, "rfqRefreshed");
    await scene.bob.rest.rfq.quote({ rfqId: other.rfqId, ...prices });
    scene.pass(60_000);
    expect(await scene.alice.rest.history.rfqs({ rfqId: other.rfqId })).toMatchObject([{ status: "Expired" }]);
  });

  it("are refused in the venue's codes", async () => {
    const { alice, bob } = scene;
    expect(await refusalOf(alice.rest.rfq.submit({ ...request, symbol: "SOL_USDC" }))).toBe("INVALID_MARKET");
    const { rfqId } = await alice.rest.rfq.submit(request);
    expect(await refusalOf(alice.rest.rfq.submit(request))).toBe("INVALID_ORDER");
    expect(await refusalOf(alice.rest.rfq.quote({ rfqId, ...prices }))).toBe("INVALID_ORDER");
    expect(await refusalOf(bob.rest.rfq.quote({ rfqId, bidPrice: "100", askPrice: "99" }))).toBe("INVALID_PRICE");
    expect(await refusalOf(alice.rest.rfq.accept({ quoteId: "1" }))).toBe("RESOURCE_NOT_FOUND");
    expect(await refusalOf(bob.rest.rfq.refresh({ rfqId }))).toBe("RESOURCE_NOT_FOUND");
    const large = await alice.rest.rfq.submit({ ...request, quantity: "2000", clientId: 124 });
    const { quoteId } = await bob.rest.rfq.quote({ rfqId: large.rfqId, ...prices });
    expect(await refusalOf(alice.rest.rfq.accept({ quoteId }))).toBe("INSUFFICIENT_FUNDS");
    expect([total("bob", "SOL"), total("alice", "USDC")]).toEqual(["500", "100000"]);
  });
});
