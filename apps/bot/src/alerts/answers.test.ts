import { describe, expect, it } from "vitest";
import { createAnswers } from "./answers.ts";

/** Chats whose service takes as long as a test wants. */
function slowChats() {
  const begun: string[] = [];
  const release: (() => void)[] = [];
  const reply = (_: string, text: string, until: AbortSignal) =>
    new Promise<void>((resolve) => {
      begun.push(text);
      release.push(resolve);
      if (until.aborted) resolve();
      else until.addEventListener("abort", () => resolve());
    });
  return { answers: createAnswers({ reply }), begun, next: () => release.shift()?.() };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("createAnswers", () => {
  it("tells one after the other, in their order", async () => {
    const { answers, begun, next } = slowChats();
    for (const text of ["paused", "resumed"]) answers.say("12", text);
    expect(begun).toEqual(["paused"]);
    next();
    await turn();
    expect(begun).toEqual(["paused", "resumed"]);
    next();
    await answers.close(60_000);
  });

  it("tells at once what comes in place of what waits", async () => {
    const { answers, begun, next } = slowChats();
    for (const text of ["status", "paused", "resumed"]) answers.say("12", text);
    answers.sayNow("12", "killed");
    expect(begun).toEqual(["status", "killed"]);
    next();
    next();
    await answers.close(60_000);
    expect(begun).toEqual(["status", "killed"]);
  });

  it("lets only so many wait", async () => {
    const { answers, begun } = slowChats();
    for (let at = 0; at < 100; at++) answers.say("12", `${at}`);
    await answers.close(0);
    expect(begun).toHaveLength(21);
  });

  it("gives up at its end what takes longer", async () => {
    const { answers, begun } = slowChats();
    for (const text of ["paused", "resumed", "net 1.50"]) answers.say("12", text);
    await answers.close(10);
    expect(begun[0]).toBe("paused");
  });
});
