import { type Command, clientId } from "@bp/core";
import { describe, expect, it } from "vitest";
import { driveStage } from "./driver.ts";
import type { Stage } from "./stage/stage.ts";

const ask: Command = { type: "account.ask", venue: "x", why: "a test" };
const cancel: Command = { type: "order.cancel", clientId: clientId(7), instrument: "x:SOL" };

describe("driveStage", () => {
  it("asks whether it may leave of what waited while the stage was opened anew", async () => {
    const sent: unknown[] = [];
    const stage = {
      drive: (_: unknown, __: unknown, signal: AbortSignal) =>
        new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined))),
      send: (...each: unknown[]) => sent.push(each),
    } as unknown as Stage; // all that a driver asks for
    const end = new AbortController();
    const driver = driveStage(stage, [], () => undefined, end.signal, undefined);
    const [first, second] = [() => true, () => false];
    driver.send(ask, first);
    driver.reopen();
    driver.send(ask, second);
    expect(sent).toEqual([[ask, first]]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toEqual([
      [ask, first],
      [ask, second],
    ]);
    end.abort();
    await driver.driving;
  });

  it("never lets a cancel wait", async () => {
    const sent: unknown[] = [];
    let closed = () => {};
    const stage = {
      drive: () =>
        new Promise((resolve) => {
          closed = () => resolve(undefined); // however long it takes to close
        }),
      send: (command: Command) => sent.push(command),
    } as unknown as Stage; // all that a driver asks for
    const end = new AbortController();
    const driver = driveStage(stage, [], () => undefined, end.signal, undefined);
    driver.reopen();
    driver.send(ask);
    driver.send(cancel);
    expect(sent).toEqual([cancel]);
    closed();
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toEqual([cancel, ask]);
    end.abort();
    closed();
    await driver.driving;
  });
});
