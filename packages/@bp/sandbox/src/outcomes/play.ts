// Plays a line: sends the command, has the venue answer as the line says, and writes down what came of it.
import { isBpError, type PlaceOrder, ticks } from "@bp/core";
import { type OutcomeBench, until, wait } from "./bench.ts";
import type { Row } from "./row.ts";
import type { Seen, Truth } from "./seen.ts";

/** After the last fact, or the last question, nothing more may come for so long, ms. */
const quietMs = 300;
/** Looks of which a line about looks spoils the first. */
const spoilt = 2;

/** What must be tried for a line: what the venue had really done. */
export function truthsOf({ command, believed, says }: Row): readonly Truth[] {
  switch (command) {
    case "place":
      if (believed === "accepted") return ["stands"];
      if (believed === "arrived before") return ["stands"]; // that it is said of another order cannot be
      return believed === "place unknown" ? ["stands", "never arrived"] : ["never arrived"];
    case "cancel":
      if (believed === "cancelled") return ["cancelled"];
      return typeof says === "object" && says.json !== undefined && believed === "cancel unknown"
        ? ["rests"]
        : ["rests", "cancelled", "filled"];
    case "look":
      return ["stands"];
    case "history":
      return ["filled"];
    case "lists":
    case "book":
    case "streams":
    case "leverage":
      return ["none"];
  }
}

/** Whether a line needs a venue of its own: it silences the host, or changes what all others read. */
export function needsOwn({ command, pauseMs }: Row): boolean {
  return pauseMs !== undefined || !(command === "place" || command === "cancel" || command === "look");
}

/** Plays it. */
export function play(bench: OutcomeBench, row: Row, truth: Truth): Promise<Seen> {
  switch (row.command) {
    case "place":
      return playPlace(bench, row, truth);
    case "cancel":
      return playCancel(bench, row, truth);
    case "look":
      return playLook(bench, row);
    case "history":
      return playHistory(bench, row);
    case "lists":
      return playLists(bench, row);
    case "book":
      return playBook(bench, row);
    case "streams":
      return playListenKey(bench, row);
    case "leverage":
      return playLeverage(bench, row);
  }
}

const nothing: Seen = {
  truth: "none",
  told: [],
  reason: undefined,
  placed: 0,
  cancels: 0,
  looks: 0,
  afterMs: 0,
  patienceMs: 0,
  rests: 0,
  invented: [],
  recovered: [],
  troubles: 0,
  thrown: undefined,
};

/** The types of what was told of an order, from a fact on. */
function toldOf({ facts }: OutcomeBench, { clientId }: PlaceOrder, from: number): string[] {
  return facts.slice(from).flatMap((fact) => ("clientId" in fact && fact.clientId === clientId ? [fact.type] : []));
}

/** Waits for the word after the doubt, and for the silence after it. */
async function settled(bench: OutcomeBench, order: PlaceOrder, from: number, filled: boolean): Promise<void> {
  const end = (type: string) => (filled ? type === "order.filled" : type !== "order.doubted");
  await until(() => toldOf(bench, order, from).some(end), `word of order ${order.clientId}`, bench.patienceMs + 60_000);
  let count = -1;
  while (toldOf(bench, order, from).length !== count) {
    count = toldOf(bench, order, from).length;
    await wait(quietMs);
  }
}

/** What was seen. What rests of it is taken away then. */
function seenOf(bench: OutcomeBench, order: PlaceOrder, from: number, sentAt: number, truth: Truth): Seen {
  const rests = bench.rests(order.price);
  bench.clear(order.price);
  const counts = bench.front.counts(order.clientId);
  const mine = bench.facts.slice(from).filter((fact) => "clientId" in fact && fact.clientId === order.clientId);
  const rejected = mine.find((fact) => fact.type === "order.rejected");
  return {
    ...nothing,
    truth,
    told: mine.map(({ type }) => type),
    reason: rejected?.reason,
    placed: counts.place,
    cancels: counts.cancel,
    looks: counts.look,
    afterMs: (mine.at(-1)?.at ?? sentAt) - sentAt,
    patienceMs: bench.patienceMs,
    rests,
  };
}

async function playPlace(bench: OutcomeBench, { says, believed }: Row, truth: Truth): Promise<Seen> {
  const order = bench.order();
  const { clientId } = order;
  bench.front.script("place", clientId, { says, done: truth === "stands" });
  const unmute = believed === "accepted" ? () => undefined : bench.front.mute(clientId);
  const from = bench.facts.length;
  const sentAt = Date.now();
  bench.venue.send(order);
  await settled(bench, order, from, false);
  unmute();
  return seenOf(bench, order, from, sentAt, truth);
}

const fills = new WeakMap<OutcomeBench, Promise<unknown>>();

async function playCancel(bench: OutcomeBench, row: Row, truth: Truth): Promise<Seen> {
  if (truth !== "filled") return cancelOnce(bench, row, truth);
  const before = fills.get(bench) ?? Promise.resolve(); // the best bid is one at a time
  const turn = before.then(() => cancelOnce(bench, row, truth));
  fills.set(
    bench,
    turn.catch(() => undefined),
  );
  return turn;
}

async function cancelOnce(bench: OutcomeBench, { says }: Row, truth: Truth): Promise<Seen> {
  const order = bench.order(truth === "filled" ? { price: ticks(9_900) } : {});
  const { clientId, size } = order;
  const placedFrom = bench.facts.length;
  bench.venue.send(order);
  await until(() => toldOf(bench, order, placedFrom).includes("order.accepted"), `acceptance of ${clientId}`);
  await until(() => bench.rests(order.price) > 0, "the order at the venue");
  await wait(50); // the stream has told it too
  const unmute = bench.front.mute(clientId);
  const looksBefore = bench.front.counts(clientId).look;
  bench.front.script("cancel", clientId, {
    says,
    done: truth === "cancelled",
    before: () => (truth === "filled" ? bench.scene.hands.take("sell", 9_900, size) : undefined),
  });
  const from = bench.facts.length;
  const sentAt = Date.now();
  bench.venue.send({ type: "order.cancel", clientId, instrument: order.instrument });
  await settled(bench, order, from, truth === "filled");
  unmute();
  const seen = seenOf(bench, order, from, sentAt, truth);
  return { ...seen, looks: seen.looks - looksBefore };
}

async function playLook(bench: OutcomeBench, { says, believed }: Row): Promise<Seen> {
  const order = bench.order();
  const { clientId } = order;
  const unmute = bench.front.mute(clientId);
  bench.front.script("place", clientId, { says: { status: 503, text: "" }, done: true });
  if (believed !== "found") bench.front.script("look", clientId, { says, done: false, times: spoilt });
  const from = bench.facts.length;
  const sentAt = Date.now();
  bench.venue.send(order);
  await settled(bench, order, from, false);
  unmute();
  return seenOf(bench, order, from, sentAt, "stands");
}

async function playHistory(bench: OutcomeBench, { says }: Row): Promise<Seen> {
  const { history } = bench;
  if (history === undefined) throw new Error("this venue has no second half of a look");
  const order = bench.order({ price: ticks(9_910), tif: "gtc" });
  const { clientId } = order;
  const unmute = bench.front.mute(clientId);
  bench.front.script("place", clientId, { says: { status: 503, text: "" }, done: true });
  const asked = bench.front.asked("GET", history);
  const end = bench.front.paths("GET", history, { says, done: false, times: spoilt });
  const from = bench.facts.length;
  const sentAt = Date.now();
  bench.venue.send(order);
  await settled(bench, order, from, true);
  end();
  unmute();
  return { ...seenOf(bench, order, from, sentAt, "filled"), looks: bench.front.asked("GET", history) - asked };
}

/** How long bad answers last in lines about lists, books and streams, ms: a first try and its repeats. */
const badMs = 900;

/** Waits for the end of readings of the account that have begun already: one would be told in the middle of the bad answers. */
async function nobodyReads({ front, lists }: OutcomeBench): Promise<void> {
  const asked = () => lists.reduce((sum, path) => sum + front.asked("GET", path), 0);
  for (let before = -1, now = asked(); now !== before; now = asked()) {
    before = now;
    await wait(quietMs);
  }
}

async function playLists(bench: OutcomeBench, { says, believed, answer }: Row): Promise<Seen> {
  const { front, facts, troubles, lists, venue } = bench;
  const path = lists[answer.length % lists.length] ?? /./; // now one of the calls, now another
  await nobodyReads(bench);
  const troublesBefore = troubles.length;
  const end = believed === "snapshot" ? () => undefined : front.paths("GET", path, { says, done: false });
  const asked = front.asked("GET", path);
  const from = facts.length;
  venue.send({ type: "account.ask", venue: venue.id, why: "the policy" });
  if (believed !== "snapshot") {
    await until(() => front.asked("GET", path) > asked, "a reading");
    await until(() => troubles.length > troublesBefore, "a trouble");
    await wait(badMs);
  }
  const invented = bench.facts
    .slice(from)
    .map(({ type }) => type)
    .filter(isOfAccount);
  end();
  await until(() => facts.slice(from).some(({ type }) => type === "account.snapshot"), "a snapshot");
  return {
    ...nothing,
    invented,
    recovered: facts.slice(from).map(({ type }) => type),
    troubles: troubles.length - troublesBefore,
  };
}

async function playBook(bench: OutcomeBench, { says }: Row): Promise<Seen> {
  const { front, facts, troubles, scene, book, bookFrames } = bench;
  const troublesBefore = troubles.length;
  let from = facts.length;
  let dropped = 0;
  const heal = front.drop((text) => bookFrames.test(text) && dropped++ % 2 === 0);
  const end = front.paths("GET", book, { says, done: false });
  const lost = () => facts.slice(from).some(({ type }) => type === "book.lost");
  for (let at = 0; !lost(); at++) {
    if (at > 500) throw new Error("the book is not lost");
    scene.hands.offer("buy", 9_500 + (at % 100), 10);
    await wait(120); // a frame of its own
  }
  heal();
  from = facts.length;
  await until(() => troubles.length > troublesBefore, "a trouble");
  await wait(badMs);
  const invented = facts
    .slice(from)
    .map(({ type }) => type)
    .filter((type) => type === "book.reset" || type === "book.changed");
  end();
  const back = () => facts.slice(from).some(({ type }) => type === "book.reset");
  for (let at = 0; !back(); at++) {
    if (at > 500) throw new Error("no book");
    scene.hands.offer("buy", 9_400 + (at % 100), 10); // the book of REST is behind the stream until something stirs
    await wait(120);
  }
  return {
    ...nothing,
    invented,
    recovered: facts.slice(from).map(({ type }) => type),
    troubles: troubles.length - troublesBefore,
  };
}

async function playListenKey(bench: OutcomeBench, { says }: Row): Promise<Seen> {
  const { front, facts, troubles, listenKey } = bench;
  if (listenKey === undefined) throw new Error("this venue has no listen key");
  const troublesBefore = troubles.length;
  const end = front.paths("POST", listenKey, { says, done: false });
  const from = facts.length;
  const told = (type: "link.lost" | "link.restored", since: number) =>
    facts.slice(since).some((fact) => fact.type === type && fact.stream === "account");
  front.cut();
  await until(() => told("link.lost", from), "the loss");
  const lostAt = facts.length;
  await until(() => troubles.length > troublesBefore, "a trouble");
  await wait(badMs);
  const invented = facts
    .slice(lostAt)
    .filter(
      (fact) =>
        fact.type.startsWith("order.") ||
        fact.type === "balance.changed" ||
        (fact.type === "link.restored" && fact.stream === "account"),
    )
    .map(({ type }) => type);
  end();
  await until(() => told("link.restored", lostAt), "the return");
  const backAt = facts.findIndex(
    (fact, at) => at >= lostAt && fact.type === "link.restored" && fact.stream === "account",
  );
  await until(() => facts.slice(backAt).some(({ type }) => type === "account.snapshot"), "a snapshot");
  return {
    ...nothing,
    invented, // lists that are read meanwhile are the venue's truth all the same
    recovered: facts.slice(backAt).map(({ type }) => type),
    troubles: troubles.length - troublesBefore,
  };
}

async function playLeverage(bench: OutcomeBench, { says, believed }: Row): Promise<Seen> {
  const [method, path] = bench.leveragePath ?? [];
  if (method === undefined || path === undefined) throw new Error("this venue has no leverage");
  const end = believed === "set" ? () => undefined : bench.front.paths(method, path, { says, done: true });
  try {
    await bench.leverage();
    return nothing;
  } catch (error) {
    if (!isBpError(error)) throw error;
    return { ...nothing, thrown: { code: error.code, retry: error.retry } };
  } finally {
    end();
  }
}

const isOfAccount = (type: string) =>
  type === "account.snapshot" || type.startsWith("order.") || type === "balance.changed";
